"""Stories: given facts, when a command, then facts, a refusal or an answer; at the real desk.

Each story plays in a workspace of its own, in the shared database of the run. Every command is
also delivered a second time, to a desk that remembers nothing, and must be answered the same.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import pytest_asyncio
from psycopg.rows import TupleRow

from application.desk import Command, Desk, Done, Refused
from application.ports import Save
from domain.aggregate import Aggregate
from domain.events import decode, encode
from domain.tickets import Ticket
from infrastructure.event_log import PostgresLog
from infrastructure.postgres import Pool, Role, checkout, pool
from tests.facts import COMMAND, NOON, Fact, names_in, placed


class Story:
    """One command in the life of one company."""

    def __init__(self, log: PostgresLog, connections: Pool) -> None:
        self.workspace_id = uuid4()
        self._log = log
        self._pool = connections
        self._facts: list[Fact] = []
        self._command: Command | None = None
        self._known = 0
        self._done: Done | None = None

    def given(self, *facts: Fact) -> None:
        """What had happened before, in this order."""
        self._facts += facts

    def when(self, command: type[Command], **told: Any) -> None:
        """Who is told to do what."""
        self._command = order(command, self.workspace_id, **told)

    async def then(self, *facts: Fact) -> None:
        """Exactly these facts follow, in this order."""
        await self._carry_out()
        expected = events_of(self.workspace_id, [*self._facts, *facts])[len(self._facts) :]
        news = await recorded(self._pool, self.workspace_id, after=self._known)
        assert [_told(event) for event in news] == [_told(event) for event in expected]

    async def then_answered(self, **answer: Any) -> None:
        """The command is answered with at least this."""
        done = await self._carry_out()
        named = placed(answer, names_in(self.workspace_id))
        expected = {
            name: str(value) if isinstance(value, UUID) else value for name, value in named.items()
        }
        assert {name: done.answer[name] for name in expected} == expected

    async def then_refused(self, why: type[Refused]) -> None:
        """The command is refused, for this reason in its own words, and nothing follows."""
        self._known = await record(self._log, self.workspace_id, self._facts)
        for desk in (Desk(self._log), Desk(self._log)):
            with pytest.raises(Refused) as refused:
                await desk.execute(self._order)
            assert (refused.type, str(refused.value)) == (why, why.__doc__)
        assert await recorded(self._pool, self.workspace_id, after=self._known) == []

    @property
    def _order(self) -> Command:
        assert self._command is not None, "nobody was told anything"
        return self._command

    async def _carry_out(self) -> Done:
        if self._done is None:
            self._known = await record(self._log, self.workspace_id, self._facts)
            self._done = await Desk(self._log).execute(self._order)
            again = await Desk(self._log).execute(self._order)
            assert again == self._done._replace(replayed=True)
        return self._done


def order(
    command: type[Command], workspace_id: UUID, command_id: str = COMMAND, **told: Any
) -> Command:
    """A command to this workspace, given at noon by an admin."""
    named = {"actor": "admin", "at": NOON} | placed(told, names_in(workspace_id))
    return command(workspace_id=workspace_id, command_id=command_id, **named)


def events_of(workspace_id: UUID, facts: Sequence[Fact]) -> list[Aggregate.Event]:
    """The facts as events of this workspace, each stream from version 1."""
    versions: dict[UUID, int] = {}
    events: list[Aggregate.Event] = []
    for fact in facts:
        versions[fact.on] = versions.get(fact.on, 0) + 1
        events.append(fact.recorded(workspace_id, versions[fact.on]))
    return events


async def record(log: PostgresLog, workspace_id: UUID, facts: Sequence[Fact]) -> int:
    """Write facts into an empty workspace; returns the position of the last."""
    position = 0
    for n, events in enumerate(_by_ticket(events_of(workspace_id, facts))):
        numbers = [event.number for event in events if isinstance(event, Ticket.Opened)]
        save = Save(
            workspace_id=workspace_id,
            command_id=f"given:{n}",
            fingerprint=b"given",
            outcome="{}",
            actor="story",
            events=events,
            number=numbers[0] if numbers else None,
        )
        position = (await log.append(save)).position or 0
    return position


def _by_ticket(events: Sequence[Aggregate.Event]) -> Iterator[list[Aggregate.Event]]:
    """Parts with one new ticket at most: a save takes one ticket number."""
    part: list[Aggregate.Event] = []
    for event in events:
        if isinstance(event, Ticket.Opened) and any(isinstance(e, Ticket.Opened) for e in part):
            yield part
            part = []
        part.append(event)
    if part:
        yield part


async def recorded(
    connections: Pool, workspace_id: UUID, *, after: int = 0
) -> list[Aggregate.Event]:
    """What the log holds of a workspace, in order."""
    async with checkout(connections) as connection:
        cursor = await connection.execute(
            "SELECT topic, state, workspace_id, originator_id, originator_version"
            " FROM ledger.event_log WHERE workspace_id = %s AND notification_id > %s"
            " ORDER BY notification_id",
            [workspace_id, after],
        )
        return [decode(*row) for row in await cursor.fetchall()]


def _told(event: Aggregate.Event) -> tuple[str, UUID, int, str]:
    return (
        type(event).__qualname__,
        event.originator_id,
        event.originator_version,
        encode(event).decode(),
    )


@asynccontextmanager
async def opened(dsn: str, size: int = 4) -> AsyncIterator[tuple[PostgresLog, Pool]]:
    """A log as a process of its own would have it, and the pool it reads by."""
    async with pool(dsn, Role.DESK, name="story", max_size=size) as connections:
        log = PostgresLog(dsn, connections)
        await log.start()
        try:
            yield log, connections
        finally:
            await log.close()


@asynccontextmanager
async def held_up(dsn: str) -> AsyncIterator[None]:
    """Nobody can append to this database until the block is left."""
    session = await psycopg.AsyncConnection[TupleRow].connect(dsn)
    async with session:
        await session.execute("SELECT pg_advisory_xact_lock(4711)")
        yield


@pytest_asyncio.fixture
async def story(shared_database: str) -> AsyncIterator[Story]:
    """A story that begins in an empty workspace."""
    async with opened(shared_database) as (log, connections):
        yield Story(log, connections)
