"""What people write in tickets, and what became of its delivery."""

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from typing_extensions import override

from application.clients import Profile, welcome
from application.desk import Answer, Command, Draft
from application.tickets import TicketCommand, begin_ticket, own_ticket
from domain.clients import Client
from domain.messages import Content, Place
from domain.staff import Person
from domain.tickets import Status, Ticket
from domain.workspaces import Workspace


@dataclass(frozen=True, kw_only=True)
class ReceiveMessage(Command):
    """Take what a client wrote: into the ticket they reply to, else into their conversation.

    Without an open conversation the message opens a ticket. In a closed ticket nothing is written:
    a reply to it opens a new one, as any other message does.
    """

    profile: Profile
    content: Content
    place: Place | None = None
    ticket_id: UUID | None = field(default=None, metadata={"incidental": True})

    @property
    @override
    def subject(self) -> UUID:
        return self.profile.client_id(self.workspace_id)

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.look(Workspace, self.workspace_id)).must_run()
        client = await welcome(draft, self.workspace_id, self.profile)
        ticket = await self._conversation(draft, client)
        opened = ticket is None
        if ticket is None:
            id = uuid5(self.workspace_id, f"ticket:{self.command_id}")
            ticket = await begin_ticket(draft, id, client, "")
        ticket.receive(uuid5(ticket.id, self.command_id), self.content, self.place)
        return {"ticket": str(ticket.id), "number": ticket.number, "opened": opened}

    async def _conversation(self, draft: Draft, client: Client) -> Ticket | None:
        if self.ticket_id is not None:
            ticket = await own_ticket(draft, self.ticket_id, client.id)
            if ticket.status is Status.OPEN:
                client.choose_conversation(ticket.id)
                return ticket
        if client.ticket_id is None:
            return None
        ticket = await draft.get(Ticket, client.ticket_id)
        return ticket if ticket.status is Status.OPEN else None


@dataclass(frozen=True, kw_only=True)
class PostComment(TicketCommand):
    """Take what a manager wrote in the thread: it goes to the client if they hold the ticket."""

    by: UUID
    content: Content
    place: Place | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.look(Workspace, self.workspace_id)).must_run()
        (await draft.look(Person, self.by)).must_manage()
        ticket = await draft.get(Ticket, self.ticket_id)
        message_id = uuid5(ticket.id, self.command_id)
        kept = ticket.comment(message_id, self.by, self.content, self.place)
        return {"message": str(message_id), "kept": kept, "number": ticket.number}


@dataclass(frozen=True, kw_only=True)
class AddNote(TicketCommand):
    """Keep a manager's words for the staff only."""

    by: UUID
    content: Content
    place: Place | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.look(Person, self.by)).must_manage()
        ticket = await draft.get(Ticket, self.ticket_id)
        message_id = uuid5(ticket.id, self.command_id)
        kept = ticket.note(message_id, self.by, self.content, self.place)
        return {"message": str(message_id), "kept": kept, "number": ticket.number}


@dataclass(frozen=True, kw_only=True)
class ConfirmDelivery(TicketCommand):
    """Note where a message arrived."""

    message_id: UUID
    place: Place

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.get(Ticket, self.ticket_id)).deliver(self.message_id, self.place)
        return {}


@dataclass(frozen=True, kw_only=True)
class ReportFailure(TicketCommand):
    """Note that a message will not arrive, and why."""

    message_id: UUID
    reason: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.get(Ticket, self.ticket_id)).fail_delivery(self.message_id, self.reason)
        return {}
