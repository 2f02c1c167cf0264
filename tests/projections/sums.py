"""Checksums of the tables of a build."""

from projections.models import MODELS
from tests.projections.conftest import World


async def checksums(world: World, model: str, schema: str | None = None) -> dict[str, str | None]:
    """By table: a sum over all its rows, of the served build or of another."""
    place = schema or "read"
    found: dict[str, str | None] = {}
    for table in MODELS[model].tables:
        ((found[table.name],),) = await world.ask(
            f"SELECT md5(string_agg(t::text, ';' ORDER BY t::text)) FROM {place}.{table.name} t"
        )
    return found
