"""What can be done with tickets."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from typing_extensions import override

from application.clients import Profile, welcome
from application.desk import Answer, Command, Draft, NotFound, Refused
from domain.clients import Client
from domain.cycles import Status
from domain.staff import Person
from domain.threads import Thread, thread_of
from domain.tickets import Ticket, TicketExists
from domain.workspaces import Workspace

OPEN_AT_ONCE: Final = 5
LOOKED_AT: Final = 12


class TooManyTickets(Refused):
    """You have five open tickets; close one of them, or write in it."""


async def begin_ticket(draft: Draft, ticket_id: UUID, client: Client, topic: str) -> Ticket:
    """A new numbered ticket with a planned thread; what the client writes next belongs to it."""
    workspace = await draft.look(Workspace, client.workspace_id)
    workspace.must_run()
    if len(await open_tickets(draft, client)) >= OPEN_AT_ONCE:
        raise TooManyTickets
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
            surface=workspace.surface,
        )
    )
    client.choose_conversation(ticket_id)
    return ticket


async def open_tickets(draft: Draft, client: Client) -> list[Ticket]:
    """Those of the client's last tickets that are open, the one they chose last at the end."""
    known = [await draft.look(Ticket, id) for id in client.tickets[-LOOKED_AT:]]
    return [ticket for ticket in known if ticket.status is Status.OPEN]


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
class ChooseConversation(TicketCommand):
    """Send what the client writes next to this ticket of theirs."""

    client_id: UUID

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await own_ticket(draft, self.ticket_id, self.client_id)
        (await draft.get(Client, self.client_id)).choose_conversation(ticket.id)
        return {"number": ticket.number}
