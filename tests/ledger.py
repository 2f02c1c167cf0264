"""A log as a process of its own has it: what is recorded in it, and what it holds."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow

from application.desk import Command
from application.ports import EventLog, Save
from domain.aggregate import Aggregate
from domain.events import decode
from domain.tickets import Ticket
from infrastructure.event_log import PostgresLog
from infrastructure.postgres import Pool, Role, checkout, pool
from tests.facts import COMMAND, NOON, Fact, names_in, placed


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


async def record(log: EventLog, workspace_id: UUID, facts: Sequence[Fact]) -> int:
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
