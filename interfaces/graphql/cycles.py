"""Cycles: a ticket's life from an opening to its closing, and the orders that turn it."""

from datetime import datetime
from uuid import UUID

import strawberry

from application.tickets import CloseTicket, RateTicket, ReopenTicket
from interfaces.graphql.bounds import said, uuid_of
from interfaces.graphql.context import Context, Info
from interfaces.graphql.payloads import CommandInput, TicketPayload, ticket_payload
from interfaces.graphql.refusals import NotAllowed
from projections.cycles import CycleRow

COMMENT = 4_096


async def _closed_by_client(row: strawberry.Parent[CycleRow]) -> bool | None:
    return None if row.closed_at is None else row.by_client


@strawberry.type
class Cycle:
    """From an opening to the next closing, and how the client rated it."""

    cycle: int
    opened_at: datetime
    closed_at: datetime | None
    closed_by_client: bool | None = strawberry.field(resolver=_closed_by_client)
    stars: int | None
    comment: str


@strawberry.input
class CloseTicketInput(CommandInput):
    """End the ticket's cycle: the client their own, a manager one they hold, an admin any."""

    ticket_id: strawberry.ID


@strawberry.input
class ReopenTicketInput(CommandInput):
    """Begin a new cycle."""

    ticket_id: strawberry.ID


@strawberry.input
class RateTicketInput(CommandInput):
    """Give the last closing from one to five stars."""

    ticket_id: strawberry.ID
    stars: int
    comment: str = ""


@strawberry.type
class CycleMutations:
    """What ends and begins a ticket's cycles."""

    @strawberry.mutation
    async def close_ticket(self, info: Info, input: CloseTicketInput) -> TicketPayload:
        """End the ticket's cycle and ask the client for a rating."""
        context = info.context
        command = CloseTicket(
            **context.order(input.command_id),
            ticket_id=uuid_of(input.ticket_id),
            by=context.by,
            client_id=context.client_id,
        )
        return ticket_payload(await context.execute(command))

    @strawberry.mutation
    async def reopen_ticket(self, info: Info, input: ReopenTicketInput) -> TicketPayload:
        """Begin a new cycle of a closed ticket."""
        context = info.context
        command = ReopenTicket(
            **context.order(input.command_id),
            ticket_id=uuid_of(input.ticket_id),
            by=context.by,
            client_id=context.client_id,
        )
        return ticket_payload(await context.execute(command))

    @strawberry.mutation
    async def rate_ticket(self, info: Info, input: RateTicketInput) -> TicketPayload:
        """Rate the last closing of an own ticket."""
        context = info.context
        command = RateTicket(
            **context.order(input.command_id),
            ticket_id=uuid_of(input.ticket_id),
            client_id=client_of(context),
            stars=input.stars,
            comment=said(input.comment, "comment", COMMENT),
        )
        return ticket_payload(await context.execute(command))


def client_of(context: Context) -> UUID:
    """The client who acts; raises NotAllowed if somebody else does."""
    if context.client_id is None:
        raise NotAllowed
    return context.client_id
