# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Messages: what was said in a ticket, and whether it arrived."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import strawberry

from interfaces.graphql.bounds import page_size, uuid_of
from interfaces.graphql.connections import Connection, Cursors, Slice, Whole
from interfaces.graphql.context import Context, Info
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.staff import Person, person_of
from projections.messages import MessageRow
from projections.roster import PersonRow

CURSORS = Cursors[int]("thread", Whole)


@strawberry.enum
class MessageKind(StrEnum):
    """What a message is made of."""

    TEXT = "text"
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    UNSUPPORTED = "unsupported"


@strawberry.enum
class Direction(StrEnum):
    """Where a message goes: from the client, to the client, or to the staff only."""

    IN = "in"
    OUT = "out"
    NOTE = "note"


async def _by(info: Info, row: strawberry.Parent[MessageRow]) -> PersonRow | None:
    return await person_of(info, row.by)


@strawberry.type
class Message:
    """A message of a ticket: `by` is the manager, null for the client."""

    message_id: strawberry.ID = strawberry.field(name="id")
    way: Direction = strawberry.field(name="direction")
    by: Person | None = strawberry.field(resolver=_by, graphql_type=Person | None)
    kind: MessageKind
    text: str
    file_name: str | None
    at: datetime
    delivered_at: datetime | None
    failure: str | None
    position: BigInt


async def thread_of(
    context: Context, ticket_id: UUID, first: int, after: str | None
) -> Slice[MessageRow]:
    """A page of a ticket's messages; a client is not shown what is for the staff only."""
    model, key = context.models.messages, CURSORS.decode(after)
    if key is None:
        page = await context.loaders.threads.load((ticket_id, page_size(first)))
    else:
        page = await model.thread(
            context.workspace_id, ticket_id, first=page_size(first), after=key
        )
    shown = context.slice(model, page, CURSORS)
    if context.client_id is not None:
        shown.nodes = [row for row in page.rows if row.way != Direction.NOTE]
    return shown


@strawberry.type
class MessageQueries:
    """Questions about what was said."""

    @strawberry.field(graphql_type=Connection[Message])
    async def thread(
        self,
        info: Info,
        ticket_id: strawberry.ID,
        first: int = 50,
        after: str | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[MessageRow]:
        """What was said in a ticket, in its order."""
        await info.context.wait_for(min_position)
        id = uuid_of(ticket_id)
        await info.context.holds(id)
        return await thread_of(info.context, id, first, after)
