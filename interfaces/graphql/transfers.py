"""Transfers: a ticket goes from one manager to another, or to nobody."""

import strawberry

from application.claims import ReleaseTicket, TransferTicket
from interfaces.graphql.bounds import said, some_uuid, uuid_of
from interfaces.graphql.context import Info
from interfaces.graphql.parties import manager_of
from interfaces.graphql.payloads import CommandInput, TicketPayload, ticket_payload
from interfaces.graphql.places import ThreadInput, ticket_named

REASON = 1_000


@strawberry.input
class TransferTicketInput(CommandInput):
    """Hand the ticket of `thread` or `ticketId` to another manager."""

    ticket_id: strawberry.ID | None = None
    thread: ThreadInput | None = None
    to_id: strawberry.ID
    cause: str = ""


@strawberry.input
class ReleaseTicketInput(CommandInput):
    """Let nobody answer for the ticket: a manager one they hold, an admin any.

    With `fromId` only if that person still holds it.
    """

    ticket_id: strawberry.ID | None = None
    thread: ThreadInput | None = None
    from_id: strawberry.ID | None = None
    reason: str = ""


@strawberry.type
class TransferMutations:
    """Who answers for a ticket next."""

    @strawberry.mutation
    async def transfer_ticket(self, info: Info, input: TransferTicketInput) -> TicketPayload:
        """Hand the ticket to another manager."""
        context = info.context
        command = TransferTicket(
            **context.order(input.command_id),
            ticket_id=await ticket_named(context, input.ticket_id, input.thread),
            to_id=uuid_of(input.to_id),
            by=manager_of(context),
            reason=said(input.cause, "cause", REASON),
        )
        return ticket_payload(await context.execute(command))

    @strawberry.mutation
    async def release_ticket(self, info: Info, input: ReleaseTicketInput) -> TicketPayload:
        """Let nobody answer for the ticket until somebody claims it; not held is no news."""
        context, by = info.context, manager_of(info.context)
        command = ReleaseTicket(
            **context.order(input.command_id),
            ticket_id=await ticket_named(context, input.ticket_id, input.thread),
            from_id=by or some_uuid(input.from_id),
            by=by,
            reason=said(input.reason, "reason", REASON),
        )
        return ticket_payload(await context.execute(command))
