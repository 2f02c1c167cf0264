"""Cycles: a ticket's life from an opening to its closing, and the orders that turn it."""

from datetime import datetime

import strawberry

from application.cycles import CloseTicket, CommentRating, RateTicket, ReopenTicket
from interfaces.graphql.bounds import said, uuid_of
from interfaces.graphql.context import Info
from interfaces.graphql.parties import client_of, manager_of
from interfaces.graphql.payloads import CommandInput, TicketPayload, ticket_payload
from interfaces.graphql.places import ThreadInput, ticket_named
from projections.cycles import CycleRow

COMMENT = 4_096


async def _closed_by_client(row: strawberry.Parent[CycleRow]) -> bool | None:
    return None if row.closed_at is None else row.by_client


@strawberry.type
class Cycle:
    """From an opening to the next closing, and how the client rated it, in stars and words."""

    cycle: int
    opened_at: datetime
    closed_at: datetime | None
    closed_by_client: bool | None = strawberry.field(resolver=_closed_by_client)
    stars: int | None
    comment: str


@strawberry.input
class CloseTicketInput(CommandInput):
    """End the ticket's cycle: the client their own, a manager one they hold, an admin any."""

    ticket_id: strawberry.ID | None = None
    thread: ThreadInput | None = None


@strawberry.input
class ReopenTicketInput(CommandInput):
    """Begin a new cycle of the ticket of `thread` or `ticketId`."""

    ticket_id: strawberry.ID | None = None
    thread: ThreadInput | None = None


@strawberry.input
class RateTicketInput(CommandInput):
    """Give the last closing from one to five stars."""

    ticket_id: strawberry.ID
    stars: int
    comment: str = ""


@strawberry.input
class CommentRatingInput(CommandInput):
    """Say why one rated the service so."""

    ticket_id: strawberry.ID
    comment: str


@strawberry.type
class CycleMutations:
    """What ends and begins a ticket's cycles."""

    @strawberry.mutation
    async def close_ticket(self, info: Info, input: CloseTicketInput) -> TicketPayload:
        """End the ticket's cycle and ask the client for a rating."""
        context = info.context
        command = CloseTicket(
            **context.order(input.command_id),
            ticket_id=await ticket_named(context, input.ticket_id, input.thread),
            by=manager_of(context),
            client_id=context.client_id,
        )
        return ticket_payload(await context.execute(command))

    @strawberry.mutation
    async def reopen_ticket(self, info: Info, input: ReopenTicketInput) -> TicketPayload:
        """Begin a new cycle of a closed ticket."""
        context = info.context
        command = ReopenTicket(
            **context.order(input.command_id),
            ticket_id=await ticket_named(context, input.ticket_id, input.thread),
            by=manager_of(context),
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

    @strawberry.mutation
    async def comment_rating(self, info: Info, input: CommentRatingInput) -> TicketPayload:
        """Say why one rated the last closing so."""
        context = info.context
        command = CommentRating(
            **context.order(input.command_id),
            ticket_id=uuid_of(input.ticket_id),
            client_id=client_of(context),
            comment=said(input.comment, "comment", COMMENT),
        )
        return ticket_payload(await context.execute(command))
