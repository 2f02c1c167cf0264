"""Events: everything that happened, in order, and how it goes on."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from interfaces.graphql.bounds import line, page_size, position_of, some_uuid, uuid_of
from interfaces.graphql.connections import Connection, Cursors, Slice, Whole
from interfaces.graphql.context import Info
from interfaces.graphql.entries import EventRow
from interfaces.graphql.parts import Subject
from interfaces.graphql.refusals import BadText, TooSlow
from interfaces.graphql.scalars import BigInt
from projections.feed import FellBehind

CURSORS = Cursors[int]("events", Whole)
KIND, KINDS, ACTOR = 100, 50, 100


@strawberry.type
class Event:
    """Something that happened; `cause` is the position of the event that led to it."""

    position: BigInt
    kind: str
    subject: strawberry.ID
    version: int
    recorded_at: datetime
    at: datetime | None
    actor: str
    cause: BigInt | None
    command_id: str
    data: JSON


@strawberry.type
class State:
    """An aggregate as it was after some event."""

    subject: strawberry.ID
    kind: str
    version: int
    data: JSON


@strawberry.type
class EventQueries:
    """Questions to the log itself."""

    @strawberry.field(graphql_type=Connection[Event])
    async def events(  # noqa: PLR0913 - the arguments of the field
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        subject: strawberry.ID | None = None,
        kinds: list[str] | None = None,
        actor: str | None = None,
        cause: BigInt | None = None,
        since: Annotated[datetime | None, strawberry.argument(name="from")] = None,
        until: datetime | None = None,
    ) -> Slice[EventRow]:
        """Everything that happened in the company, in order; `from` and `until` are of the log."""
        context, audit = info.context, info.context.parts.audit
        page = await audit.events(
            context.workspace_id,
            after=CURSORS.decode(after) or 0,
            first=page_size(first),
            subject=some_uuid(subject),
            kinds=_kinds(kinds),
            actor=None if actor is None else line(actor, "actor", ACTOR),
            cause=position_of(cause),
            since=since,
            until=until,
        )
        rows = [EventRow(entry) for entry in page.rows]
        return Slice(rows, page.more, CURSORS.of, audit.head)

    @strawberry.field(graphql_type=State | None)
    async def state(
        self,
        info: Info,
        subject: strawberry.ID,
        version: int | None = None,
        position: BigInt | None = None,
    ) -> Subject | None:
        """A ticket, client, person, thread or workspace as it was at a version or a position."""
        return await info.context.parts.past(
            info.context.workspace_id, uuid_of(subject), version, position_of(position)
        )


@strawberry.type
class EventSubscriptions:
    """The log as it grows."""

    @strawberry.subscription(graphql_type=AsyncIterator[Event])
    async def events(
        self,
        info: Info,
        after: BigInt | None = None,
        subject: strawberry.ID | None = None,
        kinds: list[str] | None = None,
    ) -> AsyncIterator[EventRow]:
        """Events after a position, or from now on, as they are recorded."""
        parts, watch = info.context.parts, info.context.watch
        wanted, names, start = some_uuid(subject), _kinds(kinds), position_of(after)
        start = await parts.audit.head() if start is None else start
        try:
            pages = parts.feed.tail(start, workspace_id=info.context.workspace_id)
            async for page in watch.over(pages):
                for row in map(EventRow, page):
                    if wanted in {None, row.subject} and (names is None or row.kind in names):
                        await watch.look()
                        yield row
        except FellBehind as late:
            raise TooSlow(f"{TooSlow.__doc__} ({late.position})") from None


def _kinds(kinds: Sequence[str] | None) -> list[str] | None:
    if kinds is None:
        return None
    if len(kinds) > KINDS:
        raise BadText(f"kinds are up to {KINDS}")
    return [line(kind, "a kind", KIND, least=1) for kind in kinds]
