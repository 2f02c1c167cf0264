"""Triage: tags and priorities that a staff gives to its tickets."""

from enum import StrEnum

import strawberry

from application.triage import PrioritiseTicket, TagTicket
from application.triage import Priority as TicketPriority
from interfaces.graphql.bounds import line
from interfaces.graphql.context import Info
from interfaces.graphql.parties import manager_of
from interfaces.graphql.payloads import CommandInput, TicketPayload, ticket_payload
from interfaces.graphql.places import ThreadInput, ticket_named

TAG = 40


@strawberry.enum
class Priority(StrEnum):
    """How much a ticket matters; the order is that of the queue."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


@strawberry.input
class TagTicketInput(CommandInput):
    """Mark the ticket of `thread` or `ticketId` with a word."""

    ticket_id: strawberry.ID | None = None
    thread: ThreadInput | None = None
    tag: str


@strawberry.input
class UntagTicketInput(CommandInput):
    """Take a mark away from the ticket of `thread` or `ticketId`."""

    ticket_id: strawberry.ID | None = None
    thread: ThreadInput | None = None
    tag: str


@strawberry.input
class PrioritiseTicketInput(CommandInput):
    """Give the ticket of `thread` or `ticketId` a priority."""

    ticket_id: strawberry.ID | None = None
    thread: ThreadInput | None = None
    priority: Priority


@strawberry.type
class TriageMutations:
    """How a staff marks its tickets."""

    @strawberry.mutation
    async def tag_ticket(self, info: Info, input: TagTicketInput) -> TicketPayload:
        """Mark the ticket with a word of up to 40 characters, whatever its case."""
        return await _tag(info, input, away=False)

    @strawberry.mutation
    async def untag_ticket(self, info: Info, input: UntagTicketInput) -> TicketPayload:
        """Take a mark away."""
        return await _tag(info, input, away=True)

    @strawberry.mutation
    async def prioritise_ticket(self, info: Info, input: PrioritiseTicketInput) -> TicketPayload:
        """Give the ticket a priority."""
        context = info.context
        command = PrioritiseTicket(
            **context.order(input.command_id),
            ticket_id=await ticket_named(context, input.ticket_id, input.thread),
            priority=TicketPriority(input.priority.value),
            by=manager_of(context),
        )
        return ticket_payload(await context.execute(command))


async def _tag(
    info: Info, input: TagTicketInput | UntagTicketInput, *, away: bool
) -> TicketPayload:
    context = info.context
    command = TagTicket(
        **context.order(input.command_id),
        ticket_id=await ticket_named(context, input.ticket_id, input.thread),
        tag=line(input.tag.strip(), "tag", TAG, least=1),
        by=manager_of(context),
        away=away,
    )
    return ticket_payload(await context.execute(command))
