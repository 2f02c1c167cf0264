"""Making builds, and putting a new one in the place of the old while that serves.

All of this needs the owner of the schemas: services have no right to change tables. A build that
has lost its bookmark is retired: no runner writes it any more, and it can be dropped.
"""

import asyncio
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from psycopg.errors import DeadlockDetected, LockNotAvailable
from psycopg.sql import SQL, Identifier

from projections import builds
from projections.feed import Connect, Feed
from projections.projection import Connection, ReadModel
from projections.runner import Runner

PATIENCE = 1.0  # seconds for which a switch holds up the serving build


class RebuildIsRunning(Exception):
    """Another process is rebuilding this read model."""


class NotCaughtUp(Exception):
    """The new build is behind the one that serves; nothing was switched."""


class MoreIsParked(Exception):
    """The new build could not take events that the serving one has; nothing was switched."""


class Rebuilt(NamedTuple):
    """What a rebuild made: the build that serves now, the one before it, the position."""

    build: str
    before: str
    position: int


async def prepare(connection: Connection, models: Iterable[type[ReadModel]]) -> list[str]:
    """Make and serve a first build of each model that has none.

    Returns the names of the models that are served in another version than this release has: they
    want a `rebuild`. Needs the owner's autocommit connection.
    """
    outdated: list[str] = []
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('prepare', 0))")
        for model in models:
            cursor = await connection.execute(
                "SELECT b.version FROM ledger.serving s JOIN ledger.bookmark b USING (build)"
                " WHERE s.model = %s",
                [model.name],
            )
            served = await cursor.fetchone()
            if served is None:
                schema = await _create(connection, model)
                await _serve(connection, model, schema)
            elif served[0] != model.version:
                outdated.append(model.name)
    return outdated


async def rebuild(
    model: type[ReadModel], owner: Connection, feed: Feed, connect: Connect
) -> Rebuilt:
    """Build the model from the first event beside the serving build, then switch and drop that.

    `owner` is the owner's autocommit connection, `connect` opens connections of the projector;
    `feed` must run. What an interrupted rebuild has left is dropped first.
    """
    lock = ["rebuild " + model.name]
    cursor = await owner.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", lock)
    if await cursor.fetchone() != (True,):
        raise RebuildIsRunning(model.name)
    try:
        await _drop_retired(owner, model)
        async with owner.transaction():
            schema = await _create(owner, model)
        runner = Runner(feed, model, connect, build=schema)
        task = asyncio.create_task(runner.run())
        try:
            before = await _switch_when_caught_up(owner, runner, feed.page)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await _drop_retired(owner, model)
        return Rebuilt(schema, before, runner.position)
    finally:
        await owner.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", lock)


async def switch(owner: Connection, runner: Runner) -> str:
    """Serve the build of a runner instead of the present one; returns the retired build.

    The bookmark of the old build is held while the new one makes up the rest, so that readers
    never see older data than before. Raises NotCaughtUp, MoreIsParked or LockNotAvailable and
    leaves everything as it was.
    """
    if runner.build is None:
        raise NotCaughtUp(f"{runner.model.name}: nothing was built yet")
    async with owner.transaction():
        await owner.execute("SET LOCAL lock_timeout = '300ms'")
        await owner.execute("SET LOCAL idle_in_transaction_session_timeout = '10s'")
        cursor = await owner.execute(
            """SELECT b.build, b.position, b.parked FROM ledger.serving s
                 JOIN ledger.bookmark b USING (build) WHERE s.model = %s FOR UPDATE""",
            [runner.model.name],
        )
        old = await cursor.fetchone()
        if old is None:
            raise NotCaughtUp(f"{runner.model.name}: nothing is served")
        await runner.reached(old[1], within=PATIENCE)
        cursor = await owner.execute(
            "SELECT position, parked FROM ledger.bookmark WHERE build = %s FOR UPDATE",
            [runner.build],
        )
        new = await cursor.fetchone()
        if new is None or new[0] < old[1]:
            raise NotCaughtUp(f"{runner.build} is behind {old[0]}")
        if new[1] > old[2]:
            raise MoreIsParked(f"{runner.build}: {new[1]} events, {old[0]}: {old[2]}")
        await _hide(owner, str(old[0]))
        await _serve(owner, runner.model, runner.build)
        await owner.execute("DELETE FROM ledger.bookmark WHERE build = %s", [old[0]])
    return str(old[0])


async def _switch_when_caught_up(owner: Connection, runner: Runner, near: int) -> str:
    while True:
        cursor = await owner.execute("SELECT last_id FROM ledger.log_head")
        head = await cursor.fetchone()
        lag = (int(head[0]) if head else 0) - runner.position
        if lag < near:
            with suppress(NotCaughtUp, LockNotAvailable, DeadlockDetected):
                return await switch(owner, runner)
            await asyncio.sleep(0.1)
        else:
            await runner.reached(runner.position + min(lag, near), within=1.0)


async def _create(owner: Connection, model: type[ReadModel]) -> str:
    schema = _next_name(model, await _schemas(owner, model))
    for statement in builds.create(schema, model):
        await owner.execute(statement)
    await owner.execute(
        "INSERT INTO ledger.bookmark (build, model, version) VALUES (%s, %s, %s)",
        [schema, model.name, model.version],
    )
    return schema


def _next_name(model: type[ReadModel], taken: Iterable[str]) -> str:
    """`rm_tickets_v1`, then `rm_tickets_v1_b2`, and so on."""
    first = f"rm_{model.name}_v{model.version}"
    of_version = [name for name in taken if re.fullmatch(rf"{first}(_b\d+)?", name)]
    if not of_version:
        return first
    last = max(int(name.removeprefix(first).removeprefix("_b") or 1) for name in of_version)
    return f"{first}_b{last + 1}"


async def _schemas(owner: Connection, model: type[ReadModel]) -> list[str]:
    cursor = await owner.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname ~ %s",
        [rf"^rm_{model.name}_v\d+(_b\d+)?$"],
    )
    return [str(name) for (name,) in await cursor.fetchall()]


async def _serve(owner: Connection, model: type[ReadModel], schema: str) -> None:
    """Let the views show a build; in the transaction of the caller."""
    for table in model.tables:
        view = Identifier("read", table.name)
        await owner.execute(
            SQL("CREATE VIEW {} WITH (security_invoker = true) AS SELECT * FROM {}").format(
                view, Identifier(schema, table.name)
            )
        )
        await owner.execute(SQL("GRANT SELECT ON {} TO ledgerdesk_desk").format(view))
        await owner.execute(SQL("GRANT SELECT ON {} TO ledgerdesk_projector").format(view))
    await owner.execute(
        """INSERT INTO ledger.serving (model, build) VALUES (%s, %s)
           ON CONFLICT (model) DO UPDATE SET build = excluded.build""",
        [model.name, schema],
    )


async def _hide(owner: Connection, schema: str) -> None:
    """Drop the views of a build; in the transaction of the caller."""
    cursor = await owner.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename", [schema]
    )
    for (table,) in await cursor.fetchall():
        await owner.execute(SQL("DROP VIEW IF EXISTS {}").format(Identifier("read", str(table))))


async def _drop_retired(owner: Connection, model: type[ReadModel]) -> None:
    """Drop what is neither served nor being built: the caller holds the lock of rebuilds."""
    cursor = await owner.execute("SELECT build FROM ledger.serving WHERE model = %s", [model.name])
    served = {str(build) for (build,) in await cursor.fetchall()}
    for schema in await _schemas(owner, model):
        if schema not in served:
            await _drop(owner, schema)


async def _drop(owner: Connection, schema: str) -> None:
    """Drop a build; readers that are still at its tables finish first."""
    while True:
        with suppress(LockNotAvailable, DeadlockDetected):
            async with owner.transaction():
                await owner.execute("SET LOCAL lock_timeout = '300ms'")
                await owner.execute("DELETE FROM ledger.bookmark WHERE build = %s", [schema])
                await owner.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(schema)))
            return
        await asyncio.sleep(0.1)
