"""Lets a read model take the events that were parked, after what was wrong with them is mended."""

from infrastructure.postgres import Limits, Role, checkout, pool
from projections.builds import Build
from projections.models import MODELS
from projections.parking import redrive

PATIENT = Limits(statement="60s", idle_in_transaction="30s")
PARKED = """SELECT DISTINCT s.model, p.build, p.workspace_id, p.stream_id
 FROM ledger.parked p JOIN ledger.serving s USING (build) ORDER BY 1, 3, 4"""


async def redrive_all(dsn: str) -> dict[str, int]:
    """Take every parked stream of every serving read model; how many events, by model.

    Raises Unprojectable at the first stream that still cannot be taken; the others stay parked.
    """
    writes = pool(dsn, Role.PROJECTOR, name="ledgerdesk redrive", max_size=2, limits=PATIENT)
    taken: dict[str, int] = {}
    async with writes:
        async with checkout(writes) as connection:
            rows = await (await connection.execute(PARKED)).fetchall()
        for model, schema, workspace_id, stream_id in rows:
            build = Build(MODELS[model], schema)
            count = await redrive(writes.connection, build, workspace_id, stream_id)
            taken[model] = taken.get(model, 0) + count
    return taken
