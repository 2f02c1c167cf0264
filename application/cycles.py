"""What ends a ticket's cycle, begins another, and how one is rated."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Draft, Refused
from application.settings import rules_of
from application.tickets import TicketCommand, own_ticket
from domain.clients import Client, ClientIsBlocked
from domain.cycles import Status
from domain.settings import Rules
from domain.tickets import Ticket
from domain.workspaces import Workspace


class ClosedTooLongAgo(Refused):
    """The ticket was closed too long ago; write, and a new one will be opened."""


def may_reopen(ticket: Ticket, rules: Rules, now: datetime) -> bool:
    """Whether the time in which a client may reopen a closed ticket has not passed."""
    if ticket.closed_at is None or ticket.status is Status.OPEN:
        return True
    return now < ticket.closed_at + timedelta(minutes=rules.reopen_within)


@dataclass(frozen=True, kw_only=True)
class CloseTicket(TicketCommand):
    """End the ticket's cycle; exactly one of `by` (manager), `client_id` or neither (admin)."""

    by: UUID | None = None
    client_id: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await self.party(draft, self.by, self.client_id)
        ticket.close(self.client_id or self.by, by_client=self.client_id is not None)
        return {"number": ticket.number}


@dataclass(frozen=True, kw_only=True)
class ReopenTicket(TicketCommand):
    """Begin a new cycle; exactly one of `by` (manager), `client_id` or neither (admin)."""

    by: UUID | None = None
    client_id: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await self.party(draft, self.by, self.client_id)
        if self.client_id is not None:
            (await draft.look(Workspace, self.workspace_id)).must_run()
            if not may_reopen(ticket, await rules_of(draft, self.workspace_id), draft.at):
                raise ClosedTooLongAgo
            client = await draft.get(Client, self.client_id)
            client.may_write()
            client.choose_conversation(ticket.id)
        ticket.reopen(self.client_id or self.by, by_client=self.client_id is not None)
        return {"number": ticket.number}


@dataclass(frozen=True, kw_only=True)
class RateTicket(TicketCommand):
    """Give the last closing of the client's own ticket one to five stars."""

    client_id: UUID
    stars: int
    comment: str = ""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await own_ticket(draft, self.ticket_id, self.client_id)
        ticket.rate(self.stars, self.comment)
        return {"number": ticket.number}


@dataclass(frozen=True, kw_only=True)
class CommentRating(TicketCommand):
    """Say why one rated the service so."""

    client_id: UUID
    comment: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await own_ticket(draft, self.ticket_id, self.client_id)
        if (await draft.look(Client, self.client_id)).blocked:
            raise ClientIsBlocked
        ticket.comment_rating(self.comment)
        return {"number": ticket.number}
