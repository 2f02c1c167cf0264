"""What follows from an event follows once, however often a process dies in between."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import ClassVar
from uuid import uuid4

import pytest

from application.desk import Desk
from application.policy import Consequence, Policy
from application.ports import Past
from application.relay import Relay
from application.workspaces import DefineTopics
from domain.events import Recorded
from domain.threads import Thread
from domain.workspaces import Workspace
from infrastructure.event_log import PostgresLog, PostgresPast
from infrastructure.policies import LostTurn, PolicyRunner
from infrastructure.postgres import Pool, Role, checkout, connect, pool
from infrastructure.timers import carry_out_due
from projections.feed import Feed
from tests.facts import WITH_TICKET, Fact
from tests.story import record, recorded

POSTED = (*WITH_TICKET, Fact(Thread.Posted))


@dataclass
class Office:
    """One process that reacts: its log, its desk and its feed."""

    log: PostgresLog
    desk: Desk
    feed: Feed
    writes: Pool
    reads: Pool

    def runner(self, policy: Policy) -> PolicyRunner:
        return PolicyRunner(policy, self.feed, self.writes, PostgresPast(self.writes), self.desk)

    async def count(self, question: bytes) -> int:
        async with checkout(self.writes) as connection:
            row = await (await connection.execute(question)).fetchone()
        return int(row[0]) if row else 0


@asynccontextmanager
async def office(dsn: str) -> AsyncIterator[Office]:
    writes = pool(dsn, Role.PROJECTOR, name="policies", max_size=4)
    reads = pool(dsn, Role.DESK, name="desk", max_size=4)
    async with writes, reads:
        log = PostgresLog(dsn, reads)
        await log.start()
        feed = Feed(writes.connection, partial(connect, dsn, Role.PROJECTOR, name="feed"))
        yield Office(log, Desk(log), feed, writes, reads)
        await log.close()


class TopicsForEverybody(Policy):
    """Whenever a company is founded, it gets topics."""

    name: ClassVar[str] = "topics"

    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        event = happened.event
        if not isinstance(event, Workspace.Founded):
            return ()
        assert await past.get(Workspace, event.originator_id) is not None
        return (
            DefineTopics(
                workspace_id=event.workspace_id,
                command_id=f"policy:topics:{happened.position}:1",
                actor="policy:topics",
                at=event.timestamp,
                cause=happened.position,
                topics=("Delivery",),
            ),
        )


async def step_to_the_end(runner: PolicyRunner) -> None:
    await runner.resume()
    while await runner.step():
        await runner._feed.ring()


async def test_letters_and_timers_leave_with_the_bookmark(database: str) -> None:
    async with office(database) as acme:
        await record(acme.log, uuid4(), POSTED)
        await step_to_the_end(acme.runner(Relay()))
        assert await acme.count(b"SELECT count(*) FROM ledger.outbox") == 1
        assert await acme.count(b"SELECT count(*) FROM ledger.timer") == 1
        position = await acme.count(b"SELECT position FROM ledger.policy")
        assert position == await acme.count(b"SELECT last_id FROM ledger.log_head")


async def test_reacting_again_from_the_beginning_says_nothing_twice(database: str) -> None:
    async with office(database) as acme:
        await record(acme.log, uuid4(), POSTED)
        await step_to_the_end(acme.runner(Relay()))
        async with checkout(acme.writes) as connection:
            await connection.execute("UPDATE ledger.policy SET position = 0")
        await step_to_the_end(acme.runner(Relay()))
        assert await acme.count(b"SELECT count(*) FROM ledger.outbox") == 1
        assert await acme.count(b"SELECT count(*) FROM ledger.timer") == 1


async def test_a_command_that_follows_is_carried_out_once_and_names_its_cause(
    database: str,
) -> None:
    workspace_id = uuid4()
    async with office(database) as acme:
        await record(acme.log, workspace_id, WITH_TICKET)
        for _ in range(2):
            await step_to_the_end(acme.runner(TopicsForEverybody()))
            async with checkout(acme.writes) as connection:
                await connection.execute("UPDATE ledger.policy SET position = 0")
        topics = [
            event
            for event in await recorded(acme.writes, workspace_id)
            if isinstance(event, Workspace.TopicsDefined)
        ]
        assert [event.topics for event in topics] == [["Delivery"]]
        cause = await acme.count(
            b"SELECT cause FROM ledger.event_log WHERE topic LIKE 'Workspace.TopicsDefined%'"
        )
        assert cause == 1


async def test_a_policy_of_a_new_release_does_not_act_on_the_past(database: str) -> None:
    async with office(database) as acme:
        await record(acme.log, uuid4(), POSTED)
        await step_to_the_end(acme.runner(Relay()))
        newcomer = acme.runner(TopicsForEverybody())
        await newcomer.resume()
        assert newcomer.position == await acme.count(b"SELECT last_id FROM ledger.log_head")


async def test_of_two_processes_one_reacts_and_the_other_notices(database: str) -> None:
    async with office(database) as acme, office(database) as twin:
        await record(acme.log, uuid4(), POSTED)
        first, second = acme.runner(Relay()), twin.runner(Relay())
        await first.resume()
        await second.resume()
        assert await first.step()
        with pytest.raises(LostTurn):
            await second.step()
        assert await acme.count(b"SELECT count(*) FROM ledger.outbox") == 1


async def test_a_policy_that_fails_stays_where_it_is_and_shows_it(database: str) -> None:
    class Broken(TopicsForEverybody):
        name: ClassVar[str] = "broken"

        async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
            raise RuntimeError("a bug")

    async with office(database) as acme:
        await record(acme.log, uuid4(), WITH_TICKET)
        runner = acme.runner(Broken())
        running = asyncio.create_task(runner.run())
        async with asyncio.timeout(5):
            while runner.failure is None:
                await asyncio.sleep(0.01)
        running.cancel()
        assert runner.failure == "RuntimeError('a bug')"
        assert await acme.count(b"SELECT position FROM ledger.policy") == 0


async def test_a_timer_is_carried_out_once_by_any_number_of_clocks(database: str) -> None:
    workspace_id = uuid4()
    async with office(database) as acme:
        await record(acme.log, workspace_id, POSTED)
        await step_to_the_end(acme.runner(Relay()))
        owner = await connect(database, Role.OWNER, name="clock hand")
        async with owner:
            await owner.execute("UPDATE ledger.timer SET due_at = now() - interval '1 second'")
        done = await asyncio.gather(*(carry_out_due(acme.reads, acme.desk) for _ in range(4)))
        assert sum(done) == 1
        assert await carry_out_due(acme.reads, acme.desk) == 0
        missed = await acme.count(
            b"SELECT count(*) FROM ledger.event_log WHERE topic = 'Thread.Missed#1'"
        )
        assert missed == 1


async def test_a_timer_that_nobody_understands_holds_nobody_up(database: str) -> None:
    async with office(database) as acme:
        await record(acme.log, uuid4(), POSTED)
        await record(acme.log, uuid4(), POSTED)
        await step_to_the_end(acme.runner(Relay()))
        owner = await connect(database, Role.OWNER, name="clock hand")
        async with owner:
            await owner.execute("UPDATE ledger.timer SET due_at = now() - interval '1 second'")
            await owner.execute(
                "UPDATE ledger.timer SET command = 'Unheard', due_at = due_at - interval '1 hour'"
                " WHERE workspace_id = (SELECT min(workspace_id::text)::uuid FROM ledger.timer)"
            )
        assert await carry_out_due(acme.reads, acme.desk) == 1
        assert await acme.count(b"SELECT count(*) FROM ledger.timer WHERE failure IS NOT NULL") == 1
        assert await acme.count(b"SELECT count(*) FROM ledger.timer WHERE done_at IS NULL") == 1


async def test_a_timer_that_is_not_due_waits(database: str) -> None:
    async with office(database) as acme:
        await record(acme.log, uuid4(), POSTED)
        await step_to_the_end(acme.runner(Relay()))
        assert await carry_out_due(acme.reads, acme.desk) == 0
