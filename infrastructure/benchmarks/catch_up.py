"""Catching up: the read model of tickets from an empty one, against the library's runner."""

import asyncio
import time
from functools import partial
from statistics import median
from typing import Any, LiteralString
from uuid import uuid4

from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL
from typing_extensions import override

from domain.tickets import Ticket
from infrastructure.benchmarks import library
from infrastructure.benchmarks.ground import Ground
from infrastructure.benchmarks.library import Library
from infrastructure.benchmarks.lives import keep, waves
from infrastructure.benchmarks.rounds import alternate, median_ratio
from infrastructure.benchmarks.rows import Better, Row
from infrastructure.event_log import PostgresLog
from infrastructure.postgres import Role, connect, pool
from projections.feed import Feed
from projections.runner import Runner
from projections.tickets import Tickets

AIM = 20.0
AT_ONCE = 200  # tickets that live side by side
LOOK = 0.005  # seconds between two looks at how far a side is
PATIENCE = 120.0

TABLE: LiteralString = """CREATE TABLE IF NOT EXISTS ticket_list (
    ticket_id uuid PRIMARY KEY, number bigint, client_id uuid, topic text, status text,
    holder_id uuid, opened_at timestamptz, last_message_at timestamptz,
    waiting_since timestamptz)"""
OPENED: LiteralString = """
    INSERT INTO ticket_list (ticket_id, number, client_id, topic, status, opened_at)
    VALUES (%(id)s, %(number)s, %(client_id)s, %(topic)s, 'open', %(at)s)
    ON CONFLICT (ticket_id) DO UPDATE SET number = excluded.number"""
RECEIVED: LiteralString = """
    INSERT INTO ticket_list (ticket_id, last_message_at, waiting_since)
    VALUES (%(id)s, %(at)s, %(at)s)
    ON CONFLICT (ticket_id) DO UPDATE SET last_message_at = excluded.last_message_at,
      waiting_since = coalesce(ticket_list.waiting_since, excluded.waiting_since)"""
SENT: LiteralString = """
    INSERT INTO ticket_list (ticket_id, last_message_at) VALUES (%(id)s, %(at)s)
    ON CONFLICT (ticket_id) DO UPDATE SET last_message_at = excluded.last_message_at,
      waiting_since = NULL"""
HELD: LiteralString = """
    INSERT INTO ticket_list (ticket_id, holder_id) VALUES (%(id)s, %(holder)s)
    ON CONFLICT (ticket_id) DO UPDATE SET holder_id = excluded.holder_id"""


class TicketList(PostgresTrackingRecorder):
    """The library's materialised view: a table, and its bookmark in each transaction."""

    def __init__(
        self,
        datastore: PostgresDatastore,
        **options: Any,  # noqa: ANN401 - the library's own
    ) -> None:
        super().__init__(datastore, **options)
        self.sql_create_statements.append(SQL(TABLE).format())

    def upsert(self, tracking: Tracking, statement: LiteralString, **told: object) -> None:
        """One row and the bookmark, in one transaction."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(statement, told, prepare=True)


class TicketProjection(Projection[TicketList]):
    """What each event does to the view, one upsert an event, as the library's manual has it."""

    name = "tickets"

    @override
    def process_event(  # pyright: ignore[reportIncompatibleVariableOverride]
        self, domain_event: Any, tracking: Tracking
    ) -> None:
        id, at = domain_event.originator_id, domain_event.timestamp
        match domain_event:
            case Ticket.Opened(number=number, client_id=client_id, topic=topic):
                told = {"number": number, "client_id": client_id, "topic": topic}
                self.view.upsert(tracking, OPENED, id=id, at=at, **told)
            case Ticket.MessageReceived():
                self.view.upsert(tracking, RECEIVED, id=id, at=at)
            case Ticket.MessageSent():
                self.view.upsert(tracking, SENT, id=id, at=at)
            case Ticket.Transferred(to_id=holder):
                self.view.upsert(tracking, HELD, id=id, holder=holder)
            case _:
                raise TypeError(domain_event)


async def measure(ground: Ground, *, tickets: int = 500, rounds: int = 3) -> list[Row]:
    """Every event changes the row of a ticket, on both sides; 200 tickets live side by side."""
    full, other = ground.database(), ground.empty()
    events = await _fill(full, other, tickets)

    async def ours() -> float:
        dsn = ground.copy(full)
        seconds = await caught_up(dsn, events)
        ground.drop(dsn)
        return events / seconds

    async def theirs() -> float:
        dsn = ground.copy(other)
        seconds = await asyncio.to_thread(_library_caught_up, dsn, events)
        ground.drop(dsn)
        return events / seconds

    found = await alternate(rounds, ours=ours, library=theirs)
    return [
        Row(
            name="catch_up",
            ratio=median_ratio(found["ours"], found["library"]),
            aim=AIM,
            better=Better.HIGHER,
            figures={
                "events_per_s": median(found["ours"]),
                "library_per_s": median(found["library"]),
                "events": events,
                "rounds": rounds,
            },
        )
    ]


async def _fill(dsn: str, other: str, tickets: int) -> int:
    """The same lives in both logs; returns how many events each has."""
    workspace_id, by = uuid4(), uuid4()
    position = 0
    async with pool(dsn, Role.DESK, name="bench") as reads:
        log = PostgresLog(dsn, reads)
        await log.start()
        for wave in waves(tickets, AT_ONCE, workspace_id, by):
            position = await keep(log, wave)
        await log.close()
    with Library(library.settings(other)) as peer:
        for wave in waves(tickets, AT_ONCE, workspace_id, by):
            peer.save(*wave)
        if peer.recorder.max_notification_id() != position:
            raise ValueError(f"the logs differ: {position} events here")
    return position


async def caught_up(dsn: str, position: int) -> float:
    """Seconds that a feed and a runner take to get to the position."""
    session = partial(connect, dsn, Role.PROJECTOR, name="bench")
    async with pool(dsn, Role.PROJECTOR, name="bench", max_size=2) as reads:
        feed = Feed(reads.connection, session)
        runner = Runner(feed, Tickets, session)
        began = time.perf_counter()
        tasks = [asyncio.create_task(one.run()) for one in (feed, runner)]
        if not await runner.reached(position, within=PATIENCE):
            raise TimeoutError(f"{runner.position} of {position} events in {PATIENCE} s")
        seconds = time.perf_counter() - began
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return seconds


def _library_caught_up(dsn: str, position: int) -> float:
    began = time.perf_counter()
    with ProjectionRunner(
        application_class=Library,
        projection_class=TicketProjection,
        view_class=TicketList,
        env=library.settings(dsn),
    ) as runner:
        began = time.perf_counter()
        while (runner.projection.view.max_tracking_id(Library.name) or 0) < position:
            runner.run_forever(LOOK)
        return time.perf_counter() - began
