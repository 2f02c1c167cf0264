"""The audit: every event in its order, by subject, kind, actor, cause and time."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from projections.log import COLUMNS, Entry, read
from projections.projection import MOST, Checkout, Page

_SELECT: LiteralString = "SELECT " + COLUMNS + " FROM ledger.event_log"  # noqa: S608 - constants

_OF_WORKSPACE: LiteralString = (
    " WHERE workspace_id = %(workspace_id)s AND notification_id > %(after)s"
)
_IN_ORDER: LiteralString = " ORDER BY notification_id LIMIT %(limit)s"
_NARROWED_BY: dict[str, LiteralString] = {
    "subject": " AND originator_id = %(subject)s",
    "kinds": " AND split_part(topic, '#', 1) = ANY(%(kinds)s)",
    "actor": " AND actor = %(actor)s",
    "cause": " AND cause = %(cause)s",
    "since": " AND recorded_at >= %(since)s",
    "until": " AND recorded_at < %(until)s",
}

REPLAYED = 2_000  # events a page of a replay


class Audit:
    """Questions to the log itself; it has no tables of its own."""

    def __init__(self, checkout: Checkout) -> None:
        self._checkout = checkout

    async def events(  # noqa: PLR0913 - each narrows the list
        self,
        workspace_id: UUID,
        *,
        after: int = 0,
        first: int = 50,
        subject: UUID | None = None,
        kinds: Sequence[str] | None = None,
        actor: str | None = None,
        cause: int | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Page[Entry]:
        """Events of a workspace in order, from the position after `after`.

        `kinds` are names as `Ticket.Opened`, `subject` is the aggregate, `since` (inclusive) and
        `until` (exclusive) limit the time of recording.
        """
        first = max(0, min(first, MOST))
        found = await self._entries(
            _SELECT
            + _OF_WORKSPACE
            + _narrowing(
                subject=subject, kinds=kinds, actor=actor, cause=cause, since=since, until=until
            )
            + _IN_ORDER,
            workspace_id=workspace_id,
            after=after,
            limit=first + 1,
            subject=subject,
            kinds=None if kinds is None else list(kinds),
            actor=actor,
            cause=cause,
            since=since,
            until=until,
        )
        return Page(found[:first], len(found) > first)

    async def history(
        self,
        workspace_id: UUID,
        stream_id: UUID,
        *,
        version: int | None = None,
        position: int | None = None,
    ) -> list[Entry]:
        """All that happened to one aggregate, up to and with a version or a position."""
        question = _SELECT + _OF_WORKSPACE + " AND originator_id = %(subject)s"
        if version is not None:
            question += " AND originator_version <= %(version)s"
        if position is not None:
            question += " AND notification_id <= %(position)s"
        return await self._entries(
            question + " ORDER BY originator_version",
            workspace_id=workspace_id,
            after=0,
            subject=stream_id,
            version=version,
            position=position,
        )

    async def head(self) -> int:
        """The position of the last event of the log; 0 before the first."""
        return await self._position("SELECT last_id FROM ledger.log_head")

    async def position_before(self, time: datetime) -> int:
        """The position of the last event that was recorded before this time; 0 if none."""
        return await self._position(
            """WITH RECURSIVE half (low, high) AS (
                 SELECT 0::bigint, last_id FROM ledger.log_head
                  UNION ALL
                 SELECT CASE WHEN e.recorded_at < %(time)s THEN e.notification_id ELSE low END,
                        CASE WHEN e.recorded_at < %(time)s THEN high ELSE e.notification_id - 1 END
                   FROM half
                   JOIN ledger.event_log e ON e.notification_id = (low + high + 1) / 2
                  WHERE low < high)
               SELECT low FROM half WHERE low >= high""",
            time=time,
        )

    async def replay(
        self,
        *,
        workspace_id: UUID | None = None,
        subject: UUID | None = None,
        kinds: Sequence[str] | None = None,
        after: int = 0,
        up_to: int | None = None,
    ) -> AsyncIterator[list[Entry]]:
        """Pages of events in order, of one workspace or of all, up to and with a position."""
        last = await self.head() if up_to is None else up_to
        question = _SELECT + " WHERE notification_id > %(after)s"
        if workspace_id is not None:
            question = _SELECT + _OF_WORKSPACE
        question += _narrowing(subject=subject, kinds=kinds) + _IN_ORDER
        while after < last:
            page = await self._entries(
                question,
                workspace_id=workspace_id,
                after=after,
                limit=REPLAYED,
                subject=subject,
                kinds=None if kinds is None else list(kinds),
            )
            page = [entry for entry in page if entry.position <= last]
            if not page:
                return
            yield page
            after = page[-1].position

    async def _entries(self, question: LiteralString, **told: object) -> list[Entry]:
        async with self._checkout() as connection:
            cursor = connection.cursor(binary=True)
            await cursor.execute(question, told)
            return read(await cursor.fetchall())

    async def _position(self, question: LiteralString, **told: object) -> int:
        async with self._checkout() as connection:
            row = await (await connection.execute(question, told)).fetchone()
            return int(row[0]) if row else 0


def _narrowing(**told: object) -> LiteralString:
    narrowing: LiteralString = ""
    for name, value in told.items():
        if value is not None:
            narrowing += _NARROWED_BY[name]
    return narrowing
