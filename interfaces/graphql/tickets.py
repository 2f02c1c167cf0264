# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Tickets: lists of them, one ticket, and all that belongs to it."""

from datetime import datetime
from enum import StrEnum

import strawberry

from interfaces.graphql.bounds import line, page_size, some_uuid, uuid_of
from interfaces.graphql.claims import Claim, claims_of
from interfaces.graphql.clients import Client
from interfaces.graphql.connections import Connection, Cursors, Slice, Whole
from interfaces.graphql.context import Info
from interfaces.graphql.cycles import Cycle
from interfaces.graphql.messages import Message, thread_of
from interfaces.graphql.refusals import BadRequest, NotAllowed
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.staff import Person, person_of
from interfaces.graphql.surfaces import Surface
from interfaces.graphql.triage import TAG, Priority
from projections.claims import ClaimRow
from projections.client_rows import ClientRow
from projections.cycles import CycleRow
from projections.message_rows import MessageRow
from projections.roster import PersonRow
from projections.ticket_rows import TicketRow
from projections.tickets import Wanted

SEARCH = 100
CURSORS = Cursors[int]("tickets", Whole)


@strawberry.enum
class TicketStatus(StrEnum):
    """Where a ticket stands in its life."""

    OPEN = "open"
    CLOSED = "closed"


async def _client(info: Info, row: strawberry.Parent[TicketRow]) -> ClientRow | None:
    return await info.context.loaders.clients.load(row.client_id)


async def _client_reachable(info: Info, row: strawberry.Parent[TicketRow]) -> bool:
    client = await info.context.loaders.clients.load(row.client_id)
    return client is not None and client.reachable


async def _holder(info: Info, row: strawberry.Parent[TicketRow]) -> PersonRow | None:
    return await person_of(info, row.holder_id)


async def _thread(
    info: Info, row: strawberry.Parent[TicketRow], first: int = 50, after: str | None = None
) -> Slice[MessageRow]:
    return await thread_of(info.context, row.ticket_id, first, after)


async def _cycles(info: Info, row: strawberry.Parent[TicketRow]) -> list[CycleRow]:
    return await info.context.loaders.cycles.load(row.ticket_id)


async def _claims(
    info: Info, row: strawberry.Parent[TicketRow], first: int = 50, after: str | None = None
) -> Slice[ClaimRow]:
    return await claims_of(info.context, first, after, ticket_id=row.ticket_id)


@strawberry.type
class Ticket:
    """What a client asked; `waitingSince` is when their first unanswered message came.

    The post stands in the channel, `rootId` is the first message of the discussion in the group,
    or the number of the forum's topic.
    """

    ticket_id: strawberry.ID = strawberry.field(name="id")
    number: int
    topic: str
    status: TicketStatus
    client_name: str
    client: Client = strawberry.field(resolver=_client, graphql_type=Client)
    holder: Person | None = strawberry.field(resolver=_holder, graphql_type=Person | None)
    opened_at: datetime
    closed_at: datetime | None
    cycle: int
    stars: int | None
    waiting_since: datetime | None
    last_message_at: datetime | None
    priority: Priority
    tags: list[str]
    client_reachable: bool = strawberry.field(
        resolver=_client_reachable, description="Whether Telegram delivers to the client."
    )
    surface: Surface
    channel_id: BigInt | None
    post_id: BigInt | None
    group_id: BigInt | None
    root_id: BigInt | None
    thread: Connection[Message] = strawberry.field(
        resolver=_thread, graphql_type=Connection[Message]
    )
    cycles: list[Cycle] = strawberry.field(resolver=_cycles, graphql_type=list[Cycle])
    claims: Connection[Claim] = strawberry.field(resolver=_claims, graphql_type=Connection[Claim])


@strawberry.type
class TicketQueries:
    """Questions about tickets."""

    @strawberry.field(graphql_type=Connection[Ticket])
    async def tickets(  # noqa: PLR0913 - the arguments of the field
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        status: TicketStatus | None = None,
        holder_id: strawberry.ID | None = None,
        client_id: strawberry.ID | None = None,
        tag: str | None = None,
        priority: Priority | None = None,
        search: str | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[TicketRow]:
        """The tickets of the company, the newest first; a client sees their own.

        `search` finds beginnings of words in the number, the topic, and what the client was called
        when the ticket was opened. A client asks by `status` and `search` alone.
        """
        context, model, key = info.context, info.context.models.tickets, CURSORS.decode(after)
        if context.client_id is not None and (holder_id or tag or priority):
            raise NotAllowed
        await context.wait_for(min_position)
        wanted = Wanted(
            status=status,
            holder_id=some_uuid(holder_id),
            client_id=context.client_id or some_uuid(client_id),
            tag=None if tag is None else line(tag, "tag", TAG).strip().casefold(),
            priority=priority,
            search=None if search is None else line(search, "search", SEARCH),
        )
        page = await model.page(
            context.workspace_id, wanted=wanted, first=page_size(first), after=key
        )
        return context.slice(model, page, CURSORS)

    @strawberry.field(graphql_type=Ticket | None)
    async def ticket(
        self,
        info: Info,
        id: strawberry.ID | None = None,
        number: int | None = None,
        min_position: BigInt | None = None,
    ) -> TicketRow | None:
        """One ticket by its id or its number; null if the caller has no such ticket."""
        context, model = info.context, info.context.models.tickets
        if (id is None) == (number is None):
            raise BadRequest("A ticket is asked for by its id or by its number.")
        await context.wait_for(min_position)
        if number is not None:
            found = await context.found(
                model, lambda: model.by_number(context.workspace_id, number)
            )
        else:
            found = await context.loaders.tickets.load(uuid_of(id or ""))
        if found is None or context.client_id not in {None, found.client_id}:
            return None
        return found
