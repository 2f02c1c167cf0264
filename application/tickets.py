"""What can be done with tickets."""

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import override

from application.clients import Profile, welcome
from application.desk import Answer, Command, Draft, NotFound
from domain.clients import Client
from domain.staff import Person
from domain.threads import Thread, thread_of
from domain.tickets import Ticket, TicketExists
from domain.workspaces import Workspace


async def begin_ticket(draft: Draft, ticket_id: UUID, client: Client, topic: str) -> Ticket:
    """A new numbered ticket with a planned thread; what the client writes next belongs to it."""
    (await draft.look(Workspace, client.workspace_id)).must_run()
    number = await draft.next_number()
    ticket = draft.add(
        Ticket(
            id=ticket_id,
            workspace_id=client.workspace_id,
            timestamp=draft.at,
            number=number,
            client_id=client.id,
            topic=topic,
        )
    )
    draft.add(
        Thread(
            id=thread_of(ticket_id),
            workspace_id=client.workspace_id,
            timestamp=draft.at,
            ticket_id=ticket_id,
            number=number,
        )
    )
    client.choose_conversation(ticket_id)
    return ticket


async def own_ticket(draft: Draft, ticket_id: UUID, client_id: UUID) -> Ticket:
    """The client's ticket; somebody else's is not found."""
    ticket = await draft.get(Ticket, ticket_id)
    if ticket.client_id != client_id:
        raise NotFound
    return ticket


@dataclass(frozen=True, kw_only=True)
class TicketCommand(Command):
    """An order about one ticket."""

    ticket_id: UUID

    @property
    @override
    def subject(self) -> UUID:
        return self.ticket_id

    async def party(self, draft: Draft, by: UUID | None, client_id: UUID | None) -> Ticket:
        """The ticket, for a working manager, for the client whose ticket it is, or for an admin."""
        if client_id is not None:
            return await own_ticket(draft, self.ticket_id, client_id)
        if by is not None:
            (await draft.look(Person, by)).must_manage()
        return await draft.get(Ticket, self.ticket_id)


@dataclass(frozen=True, kw_only=True)
class OpenTicket(TicketCommand):
    """Start a conversation with a client about a topic."""

    profile: Profile
    topic: str = ""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        if await draft.find(Ticket, self.ticket_id) is not None:
            raise TicketExists
        client = await welcome(draft, self.workspace_id, self.profile)
        ticket = await begin_ticket(draft, self.ticket_id, client, self.topic)
        return {"ticket": str(ticket.id), "number": ticket.number}


@dataclass(frozen=True, kw_only=True)
class ClaimTicket(TicketCommand):
    """Become the one who answers for the ticket, if nobody is yet; losers are told who won."""

    by: UUID

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.look(Person, self.by)).must_manage()
        ticket = await draft.get(Ticket, self.ticket_id)
        outcome = ticket.claim(self.by)
        return {"outcome": outcome, "holder": str(ticket.holder_id), "number": ticket.number}


@dataclass(frozen=True, kw_only=True)
class TransferTicket(TicketCommand):
    """Hand the ticket to another manager."""

    to_id: UUID
    by: UUID | None = None
    reason: str = ""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await self.party(draft, self.by, None)
        (await draft.look(Person, self.to_id)).must_manage()
        ticket.transfer(self.to_id, self.by, self.reason)
        return {"number": ticket.number}


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
        ticket.reopen(self.client_id or self.by, by_client=self.client_id is not None)
        if self.client_id is not None:
            client = await draft.get(Client, self.client_id)
            client.may_write()
            client.choose_conversation(ticket.id)
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
class ChooseConversation(TicketCommand):
    """Send what the client writes next to this ticket of theirs."""

    client_id: UUID

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await own_ticket(draft, self.ticket_id, self.client_id)
        (await draft.get(Client, self.client_id)).choose_conversation(ticket.id)
        return {"number": ticket.number}
