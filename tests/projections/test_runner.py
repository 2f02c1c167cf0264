"""The runner: every event exactly once, whoever dies, and one at work of however many."""

import asyncio
import signal
import sys
import time
from asyncio.subprocess import Process
from itertools import islice
from pathlib import Path
from random import Random
from uuid import uuid4

import psycopg
import pytest

from infrastructure.postgres import Role, connect
from projections.builds import Build
from projections.models import MODELS
from projections.projection import Connection, ReadModel
from projections.rebuilding import rebuild
from projections.runner import Runner
from tests.projections.conftest import World, prepare_all, world_on
from tests.projections.sums import checksums
from tests.projections.test_tickets import opened, received
from tests.projections.town import Town

ROOT = Path(__file__).parents[2]


async def start(dsn: str, *names: str) -> Process:
    module = "tests.projections.runner_process"
    return await asyncio.create_subprocess_exec(sys.executable, "-m", module, dsn, *names, cwd=ROOT)


async def kill(process: Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGKILL)
    await process.wait()


async def check(world: World, town: Town) -> None:
    """The read models say what the aggregates themselves say."""
    for company in town.companies:
        tickets = town.expected_tickets(company)
        rows = await world.models.tickets.many(company, list(tickets))
        assert {
            r.ticket_id: (r.number, r.status, r.holder_id, r.cycle, r.client_name) for r in rows
        } == tickets
        people = await world.models.roster.page(company)
        assert {p.person_id: p.load for p in people.rows} == town.expected_load(company)


@pytest.mark.proves("P9")
async def test_a_projector_killed_again_and_again_leaves_the_fold_of_the_log(
    alone: World, database: str
) -> None:
    town, chance = Town(seed=7), Random(7)
    life = town.live()
    names = ("tickets", "roster", "claims")
    process = await start(database, *names)
    try:
        for _ in range(4):
            until = time.monotonic() + 0.6 + chance.random() / 2
            while time.monotonic() < until:
                for save in islice(life, 20):
                    await alone.book.record(save.workspace_id, *save.facts)
            await kill(process)
            process = await start(database, *names)
        await alone.know(*names)
    finally:
        await kill(process)
    await check(alone, town)
    live = {name: await checksums(alone, name) for name in names}
    async with await connect(database, Role.OWNER, name="owner") as owner:
        for name in names:
            await rebuild(MODELS[name], owner, alone.feed, alone.connect)
    assert {name: await checksums(alone, name) for name in names} == live
    assert await alone.ask("SELECT * FROM ledger.parked") == []


@pytest.mark.proves("P9")
async def test_of_two_runners_one_works_and_the_other_takes_over_when_it_is_killed(
    alone: World, database: str
) -> None:
    acme, ticket = uuid4(), uuid4()
    process = await start(database, "messages")
    try:
        await alone.book.record(acme, opened(ticket, 1))
        await alone.know("messages")
        (second,) = alone.run(MODELS["messages"])
        for n in range(20):
            await alone.book.record(acme, *(received(ticket, n) for _ in range(10)))
        await alone.know("messages")
        assert not second.leads
        await kill(process)
        killed = time.monotonic()
        position = await alone.book.record(acme, received(ticket, 30))
        assert await second.reached(position, within=1.5)
        assert time.monotonic() - killed < 1.5
    finally:
        await kill(process)
    count = await alone.ask("SELECT count(*) FROM read.messages")
    assert count == [(201,)]


class Usurper(Runner):
    """A runner that takes the lead without a lease."""

    async def _turn(self, connection: Connection) -> Build:
        self.build = await self._served(connection)
        await self._resume(connection)
        return Build(self.model, self.build)


async def test_two_runners_that_both_believe_to_lead_do_nothing_twice(alone: World) -> None:
    acme, ticket = uuid4(), uuid4()
    usurpers = [Usurper(alone.feed, MODELS["queue"], alone.connect) for _ in range(3)]
    alone.tasks += [asyncio.create_task(runner.run()) for runner in usurpers]
    await alone.book.record(acme, opened(ticket, 1))
    for n in range(60):
        await alone.book.record(acme, *(received(ticket, n) for _ in range(5)))
    for runner in usurpers:
        assert await runner.reached(alone.book.position, within=20)
    rows = (await alone.models.queue.waiting(acme)).rows
    assert rows[0].unanswered == 300


async def test_a_connection_lost_in_mid_page_is_no_poison(alone: World, database: str) -> None:
    town = Town(seed=3)
    for save in islice(town.live(), 900):
        await alone.book.record(save.workspace_id, *save.facts)
    runners = alone.run(*MODELS.values())
    cut = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE datname = current_database() AND application_name = 'projector'
                AND (query LIKE 'INSERT INTO "rm_%%' OR state = 'idle in transaction')"""
    cuts = 0
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as admin:
        until = time.monotonic() + 2.0
        while time.monotonic() < until:
            cuts += (await admin.execute(cut)).rowcount
            await asyncio.sleep(0.005)
    for runner in runners:
        assert await runner.reached(alone.book.position, within=20)
    assert cuts > 0
    assert await alone.ask("SELECT * FROM ledger.parked") == []
    await check(alone, town)


async def test_a_database_without_the_read_model_is_waited_for(database: str) -> None:
    async with world_on(database) as world:
        (runner,) = world.run(MODELS["roster"])
        await asyncio.sleep(0.3)
        assert not runner.leads
        await prepare_all(database)
        position = await world.book.record(uuid4(), opened(uuid4(), 1))
        assert await runner.reached(position, within=5)


async def test_a_runner_of_another_version_leaves_the_tables_alone(alone: World) -> None:
    newer: type[ReadModel] = type("Newer", (MODELS["queue"],), {"version": 99})
    (runner,) = alone.run(newer)
    await alone.book.record(uuid4(), opened(uuid4(), 1))
    assert not await runner.reached(1, within=0.5)
    assert await alone.ask("SELECT count(*) FROM read.queue") == [(0,)]
