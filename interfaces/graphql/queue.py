# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""The queue: open tickets by priority, then whoever waits longest first."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime

import strawberry

from interfaces.graphql.bounds import page_size, some_uuid
from interfaces.graphql.connections import Connection, Cursors, Slice, Whole
from interfaces.graphql.context import Info
from interfaces.graphql.entries import EventRow
from interfaces.graphql.refusals import TooSlow
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.staff import Person, person_of
from interfaces.graphql.triage import Priority
from projections.feed import FellBehind
from projections.freshness import NotYet
from projections.queue import Queue, WaitingRow
from projections.roster import PersonRow

CURSORS = Cursors[tuple[int, datetime | None, int]]("queue", tuple[Whole, datetime | None, Whole])


async def _holder(info: Info, row: strawberry.Parent[WaitingRow]) -> PersonRow | None:
    return await person_of(info, row.holder_id)


@strawberry.type
class QueueItem:
    """An open ticket; `waitingSince` is null when the client has been answered."""

    ticket_id: strawberry.ID
    number: int
    topic: str
    client_name: str
    priority: Priority
    tags: list[str]
    waiting_since: datetime | None
    holder: Person | None = strawberry.field(resolver=_holder, graphql_type=Person | None)
    opened_at: datetime


@strawberry.type(name="QueueConnection")
class QueueConnection(Connection[QueueItem]):
    """One page of the queue."""


@strawberry.type
class QueueQueries:
    """Questions about the queue."""

    @strawberry.field(graphql_type=QueueConnection)
    async def queue(  # noqa: PLR0913 - the arguments of the field
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        unclaimed: bool | None = None,  # noqa: FBT001 - the arguments of the field
        holder_id: strawberry.ID | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[WaitingRow]:
        """What is open by priority, then whoever waits longest first, the answered ones last."""
        context, model, key = info.context, info.context.models.queue, CURSORS.decode(after)
        await context.wait_for(min_position)
        page = await model.waiting(
            context.workspace_id,
            holder_id=some_uuid(holder_id),
            unclaimed=bool(unclaimed),
            first=page_size(first),
            after=key,
        )
        return context.slice(model, page, CURSORS)


@strawberry.type
class QueueChange:
    """The queue changed: by which event, about which ticket."""

    position: BigInt
    ticket_id: strawberry.ID


@strawberry.type
class QueueSubscriptions:
    """The queue as it changes."""

    @strawberry.subscription
    async def queue_changed(self, info: Info) -> AsyncIterator[QueueChange]:
        """Tell of each change when the queue, asked again, will show it."""
        parts, watch = info.context.parts, info.context.watch
        start = await parts.audit.head()
        try:
            pages = parts.feed.tail(start, workspace_id=info.context.workspace_id)
            async for page in watch.over(pages):
                with suppress(NotYet):
                    await parts.freshness.reached(page[-1].position, [Queue.name])
                for entry in filter(Queue.fold.concerns, page):
                    row = EventRow(entry)
                    if row.kind.startswith("Ticket."):
                        await watch.look()
                        yield QueueChange(
                            position=BigInt(row.position), ticket_id=strawberry.ID(str(row.subject))
                        )
        except FellBehind:
            raise TooSlow from None
