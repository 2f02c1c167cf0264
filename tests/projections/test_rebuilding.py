"""Builds: made by the owner, rebuilt beside the one that serves, switched unseen by readers."""

import asyncio
import time
from itertools import islice
from uuid import UUID, uuid4

import psycopg
import pytest

from infrastructure.postgres import Role, connect
from projections import rebuilding
from projections.models import MODELS
from projections.projection import Connection, ReadModel
from projections.rebuilding import MoreIsParked, NotCaughtUp, RebuildIsRunning, prepare, rebuild
from projections.runner import Runner
from tests.projections.conftest import BUILDS, World, prepare_all
from tests.projections.facts import Fact
from tests.projections.market import Market
from tests.projections.sums import checksums
from tests.projections.test_market import lived
from tests.projections.test_tickets import opened, received
from tests.projections.town import Town

SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rm\\_%' ORDER BY 1"


async def fill(world: World, town: Town, saves: int) -> None:
    for save in islice(town.live(), saves):
        await world.book.record(save.workspace_id, *save.facts)


async def test_four_processes_prepare_at_once(database: str) -> None:
    await asyncio.gather(*(prepare_all(database) for _ in range(4)))
    async with await connect(database, Role.OWNER, name="owner") as owner:
        cursor = await owner.execute("SELECT model, build FROM ledger.serving")
        served = dict(await cursor.fetchall())
    assert served == BUILDS


async def test_services_may_not_change_tables(alone: World) -> None:
    for pool in (alone.reads, alone.writes):
        async with pool.connection() as connection:
            for statement in (
                f"CREATE TABLE {BUILDS['tickets']}.more (id int)",
                f"DROP TABLE {BUILDS['tickets']}.tickets",
                f"TRUNCATE {BUILDS['tickets']}.tickets",
                "CREATE SCHEMA rm_tickets_v9",
                "UPDATE ledger.serving SET build = build",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    await connection.execute(statement.encode())
    async with alone.reads.connection() as connection:
        for statement in ("DELETE FROM read.tickets", "UPDATE ledger.bookmark SET position = 0"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                await connection.execute(statement.encode())


@pytest.mark.proves("P10")
async def test_a_rebuild_equals_the_live_model_and_writes_nothing_but_its_tables(
    alone: World, owner: Connection
) -> None:
    town = Town(seed=11)
    await fill(alone, town, 700)
    for company, facts in lived(Market(seed=5), 700):
        await alone.book.record(company.id, *facts)
    alone.run(*MODELS.values())
    await alone.know()
    others = """SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)
                  FROM pg_stat_user_tables
                 WHERE schemaname = 'ledger' AND relname NOT IN ('bookmark', 'serving', 'parked')"""
    await alone.ask("SELECT pg_stat_force_next_flush()")
    untouched = await alone.ask(others)
    for name, model in MODELS.items():
        live = await checksums(alone, name)
        rebuilt = await rebuild(model, owner, alone.feed, alone.connect)
        assert rebuilt.build == f"{BUILDS[name]}_b2"
        assert rebuilt.before == BUILDS[name]
        assert await checksums(alone, name) == live
    assert await alone.ask(others) == untouched, "a rebuild sends nothing"
    assert await alone.ask(SCHEMAS) == [(f"{BUILDS[name]}_b2",) for name in sorted(MODELS)]
    position = await alone.book.record(town.companies[0], opened(uuid4(), 1_000_000))
    await alone.freshness.reached(position, list(MODELS), within=5)


class Reader:
    """Asks without a pause; nothing it learns may be older than what it knew."""

    def __init__(self, world: World, company: UUID, ticket: UUID) -> None:
        self.world, self.company, self.ticket = world, company, ticket
        self.asked = 0
        self.slowest = 0.0

    async def run(self, until: asyncio.Event) -> None:
        known = 0
        while not until.is_set():
            begun = time.monotonic()
            (row,) = (await self.world.models.queue.waiting(self.company)).rows
            self.slowest = max(self.slowest, time.monotonic() - begun)
            assert row.unanswered >= known, f"{row.unanswered} after {known}"
            known = row.unanswered
            self.asked += 1
            await asyncio.sleep(0)


@pytest.mark.proves("P10")
async def test_readers_and_writers_notice_nothing_of_five_rebuilds(
    alone: World, owner: Connection
) -> None:
    acme, ticket = uuid4(), uuid4()
    await alone.book.record(acme, opened(ticket, 1))
    (live,) = alone.run(MODELS["queue"])
    await alone.know("queue")
    done = asyncio.Event()
    readers = [Reader(alone, acme, ticket) for _ in range(3)]

    async def write() -> int:
        written = 0
        while not done.is_set():
            written += 5
            await alone.book.record(acme, *(received(ticket, written) for _ in range(5)))
            await asyncio.sleep(0.01)
        return written

    writing = asyncio.create_task(write())
    reading = [asyncio.create_task(reader.run(done)) for reader in readers]
    for _ in range(5):
        await rebuild(MODELS["queue"], owner, alone.feed, alone.connect)
        assert not any(task.done() for task in reading), "a reader met an error or older data"
        await asyncio.sleep(0.1)
    done.set()
    written = await writing
    await asyncio.gather(*reading)
    assert await live.reached(alone.book.position, within=5)
    assert live.build == f"{BUILDS['queue']}_b6"
    (row,) = (await alone.models.queue.waiting(acme)).rows
    assert row.unanswered == written
    assert sum(reader.asked for reader in readers) > 50
    assert max(reader.slowest for reader in readers) < 1.0
    assert await alone.ask("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rm\\_queue%'") == [
        (f"{BUILDS['queue']}_b6",)
    ]


async def test_an_interrupted_rebuild_leaves_the_serving_build_and_is_cleared_away(
    alone: World, owner: Connection
) -> None:
    await fill(alone, Town(seed=2), 300)
    alone.run(MODELS["tickets"])
    await alone.know("tickets")
    live = await checksums(alone, "tickets")
    async with await connect(alone.dsn, Role.OWNER, name="interrupted") as second:
        attempt = asyncio.create_task(rebuild(MODELS["tickets"], second, alone.feed, alone.connect))
        while (f"{BUILDS['tickets']}_b2",) not in await alone.ask(SCHEMAS):
            await asyncio.sleep(0.001)
        attempt.cancel()
        await asyncio.gather(attempt, return_exceptions=True)
    assert await checksums(alone, "tickets") == live
    rebuilt = await rebuild(MODELS["tickets"], owner, alone.feed, alone.connect)
    assert await checksums(alone, "tickets") == live
    schemas = [name for (name,) in await alone.ask(SCHEMAS) if name.startswith("rm_tickets")]
    assert schemas == [rebuilt.build]


async def test_one_rebuild_of_a_read_model_at_a_time(alone: World, owner: Connection) -> None:
    async with await connect(alone.dsn, Role.OWNER, name="first") as first:
        await first.execute("SELECT pg_advisory_lock(hashtextextended('rebuild tickets', 0))")
        with pytest.raises(RebuildIsRunning):
            await rebuild(MODELS["tickets"], owner, alone.feed, alone.connect)


async def test_a_build_that_lags_or_has_more_parked_is_not_switched_to(
    alone: World, owner: Connection
) -> None:
    acme, ticket, orphan = uuid4(), uuid4(), uuid4()
    model = MODELS["queue"]
    alone.run(model)
    await alone.book.record(acme, opened(ticket, 1), received(ticket, 1))
    await alone.know("queue")
    async with owner.transaction():
        schema = await rebuilding._create(owner, model)
    idle = Runner(alone.feed, model, alone.connect, build=schema)
    with pytest.raises(NotCaughtUp):
        await rebuilding.switch(owner, idle)

    await alone.book.record(acme, Fact(orphan, "Ticket.Opened#1", b"{"))
    await alone.know("queue")
    await owner.execute("DELETE FROM ledger.parked WHERE build = %s", [BUILDS["queue"]])
    await owner.execute("UPDATE ledger.bookmark SET parked = 0 WHERE build = %s", [BUILDS["queue"]])
    running = asyncio.create_task(idle.run())
    assert await idle.reached(3, within=5)
    with pytest.raises(MoreIsParked):
        await rebuilding.switch(owner, idle)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert await alone.ask("SELECT build FROM ledger.serving WHERE model = 'queue'") == [
        (BUILDS["queue"],)
    ]


async def test_a_new_version_is_told_to_want_a_rebuild_and_gets_it(
    alone: World, owner: Connection
) -> None:
    acme, ticket = uuid4(), uuid4()
    alone.run(MODELS["queue"])
    await alone.book.record(acme, opened(ticket, 1), received(ticket, 1))
    await alone.know("queue")
    newer: type[ReadModel] = type("Newer", (MODELS["queue"],), {"version": 9})
    assert await prepare(owner, [newer]) == ["queue"]
    rebuilt = await rebuild(newer, owner, alone.feed, alone.connect)
    assert rebuilt.build == "rm_queue_v9"
    assert await prepare(owner, [newer]) == []
    (follower,) = alone.run(newer)
    position = await alone.book.record(acme, received(ticket, 2))
    assert await follower.reached(position, within=5)
    (row,) = (await alone.models.queue.waiting(acme)).rows
    assert row.unanswered == 2
