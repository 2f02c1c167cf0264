"""The event log in Postgres: appends by group commit, loads of streams, and the past."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from uuid import UUID

from typing_extensions import override

from application.ports import TICKETS, A, Busy, Colleague, EventLog, Past, Save, Stored
from domain.aggregate import Aggregate
from domain.events import Recorded, decode, fold
from infrastructure.group_commit import GroupCommit
from infrastructure.postgres import Pool, Role, Unavailable, checkout, connect
from projections.freshness import Freshness
from projections.models import Models
from projections.projection import ReadModel

PATIENCE = 5.0  # seconds that a policy waits for a read model

STREAM = """SELECT topic, state, originator_version FROM ledger.event_log
 WHERE workspace_id = %s AND originator_id = %s ORDER BY originator_version"""
STREAM_UNTIL = """SELECT topic, state, originator_version FROM ledger.event_log
 WHERE workspace_id = %s AND originator_id = %s AND notification_id <= %s
 ORDER BY originator_version"""
LAST_NUMBER = """SELECT last_number FROM ledger.ticket_counter
 WHERE workspace_id = %s AND series = %s"""


class PostgresLog(EventLog):
    """The log as one process uses it; `pool` reads, a connection of its own appends."""

    def __init__(self, dsn: str, pool: Pool) -> None:
        self._pool = pool
        self.writer = GroupCommit(partial(connect, dsn, Role.DESK, name="ledgerdesk writer"))

    async def start(self) -> None:
        """Begin to take appends."""
        await self.writer.start()

    async def close(self) -> None:
        """Record what waits, then stop."""
        await self.writer.close()

    @override
    async def append(self, save: Save) -> Stored:
        return await self.writer.append(save)

    @override
    async def load(self, workspace_id: UUID, stream_id: UUID) -> Sequence[Aggregate.Event]:
        try:
            async with checkout(self._pool) as connection:
                cursor = await connection.execute(
                    STREAM, (workspace_id, stream_id), prepare=True, binary=True
                )
                rows = await cursor.fetchall()
        except Unavailable as error:
            raise Busy(str(error)) from error
        return [
            decode(topic, state, workspace_id, stream_id, version) for topic, state, version in rows
        ]

    @override
    async def last_number(self, workspace_id: UUID, series: str = TICKETS) -> int:
        try:
            async with checkout(self._pool) as connection:
                cursor = await connection.execute(LAST_NUMBER, (workspace_id, series))
                row = await cursor.fetchone()
        except Unavailable as error:
            raise Busy(str(error)) from error
        return row[0] if row else 0


class PostgresPast(Past):
    """The past as a consumer walks through the log: tell it each event before asking about it.

    Aggregates are folded forward as their events pass by, so each is loaded at most once while it
    is remembered.
    """

    def __init__(self, pool: Pool, *, remembered: int = 5_000) -> None:
        self._pool = pool
        self._remembered = remembered
        self._aggregates: OrderedDict[tuple[UUID, UUID], Aggregate] = OrderedDict()
        self._workspace_id = UUID(int=0)
        self._position = 0
        self._newest = 0
        self._models = Models.of(pool.connection)
        self._freshness = Freshness(pool.connection)

    def forget(self) -> None:
        """Start again from another event."""
        self._aggregates.clear()

    def move_to(self, happened: Recorded) -> None:
        """Make this event the newest that is known; they come in the order of the log."""
        event = happened.event
        self._workspace_id = event.workspace_id
        self._position = happened.position
        self.hear_of(happened.position)
        key = event.workspace_id, event.originator_id
        aggregate = self._aggregates.get(key)
        if event.originator_version == 1:
            self._remember(key, fold(None, event))
        elif aggregate is not None and event.originator_version == aggregate.version + 1:
            fold(aggregate, event)

    def hear_of(self, position: int) -> None:
        """Let lists hold this event too: it followed from an earlier one."""
        self._newest = max(self._newest, position)

    @override
    async def get(self, kind: type[A], id: UUID) -> A | None:
        key = self._workspace_id, id
        aggregate = self._aggregates.get(key)
        if aggregate is None:
            for event in await self.history(id):
                aggregate = fold(aggregate, event)
            if aggregate is None:
                return None
            self._remember(key, aggregate)
        return aggregate if isinstance(aggregate, kind) else None

    def _remember(self, key: tuple[UUID, UUID], aggregate: Aggregate) -> None:
        self._aggregates[key] = aggregate
        if len(self._aggregates) > self._remembered:
            self._aggregates.popitem(last=False)

    @override
    async def history(self, id: UUID) -> Sequence[Aggregate.Event]:
        async with checkout(self._pool) as connection:
            cursor = await connection.execute(
                STREAM_UNTIL, (self._workspace_id, id, self._position), prepare=True, binary=True
            )
            rows = await cursor.fetchall()
        return [
            decode(topic, state, self._workspace_id, id, version) for topic, state, version in rows
        ]

    @override
    async def held_by(self, person_id: UUID) -> Sequence[UUID]:
        tickets = self._models.tickets
        await self._caught_up(tickets)
        return await tickets.held_by(self._workspace_id, person_id)

    @override
    async def open_tickets(self, *, unclaimed: bool = False) -> Sequence[UUID]:
        tickets = self._models.tickets
        await self._caught_up(tickets)
        return await tickets.open_ids(self._workspace_id, unclaimed=unclaimed)

    @override
    async def open_offers(self) -> Sequence[UUID]:
        offers = self._models.offers
        await self._caught_up(offers)
        return await offers.open_ids(self._workspace_id)

    @override
    async def staff(self) -> Sequence[Colleague]:
        roster = self._models.roster
        await self._caught_up(roster)
        return [
            Colleague(
                one.person_id, one.telegram_id, one.language, one.roles, one.presence, one.load
            )
            for one in await roster.working(self._workspace_id)
        ]

    async def _caught_up(self, model: ReadModel) -> None:
        """Wait for the model to hold all that is known; raises NotYet: try again."""
        await self._freshness.reached(self._newest, [model.name], within=PATIENCE)
