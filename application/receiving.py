"""Receiving: where what a client writes belongs, and what happens while that is not known."""

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from typing_extensions import override

from application.clients import Profile, welcome
from application.cycles import may_reopen
from application.desk import Answer, Command, Draft, NotFound
from application.settings import rules_of
from application.tickets import begin_ticket, open_tickets, own_ticket
from domain.clients import Asked, Client, Held
from domain.cycles import Status
from domain.messages import Content, Place
from domain.tickets import Ticket
from domain.workspaces import Workspace


@dataclass(frozen=True, kw_only=True)
class ReceiveMessage(Command):
    """Take what a client wrote: into the ticket that they reply to, else into their conversation.

    A reply to a ticket that was closed not long ago reopens it. Without an open ticket the message
    opens one; a client who must choose a topic first, or who may mean one ticket or another, is
    asked, and the message is held until they have said it.
    """

    profile: Profile
    content: Content
    place: Place | None = None
    ticket_id: UUID | None = field(default=None, metadata={"incidental": True})
    reply_to: UUID | None = field(default=None, metadata={"incidental": True})
    quote: str = ""

    @property
    @override
    def subject(self) -> UUID:
        return self.profile.client_id(self.workspace_id)

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        workspace = await draft.look(Workspace, self.workspace_id)
        workspace.must_run()
        client = await welcome(draft, self.workspace_id, self.profile)
        ticket = await self._replied(draft, client) or await self._talk(draft, client, workspace)
        if isinstance(ticket, Asked):
            return self._hold(client, ticket)
        reply_to = self.reply_to if ticket.id == self.ticket_id else None
        reopened = ticket.status is Status.CLOSED
        if reopened:
            ticket.reopen(client.id, by_client=True)
        message_id = uuid5(ticket.id, self.command_id)
        ticket.receive(message_id, self.content, self.place, reply_to, self.quote)
        return _answer(ticket, opened=ticket.id == self._new_id, reopened=reopened)

    async def _replied(self, draft: Draft, client: Client) -> Ticket | None:
        """The ticket that the message replies to, if it is open or may be reopened."""
        if self.ticket_id is None:
            return None
        ticket = await own_ticket(draft, self.ticket_id, client.id)
        rules = await rules_of(draft, self.workspace_id)
        if ticket.status is Status.CLOSED and not (
            rules.reopen_by_reply and may_reopen(ticket, rules, draft.at)
        ):
            return None
        client.choose_conversation(ticket.id)
        return ticket

    async def _talk(self, draft: Draft, client: Client, workspace: Workspace) -> Ticket | Asked:
        """The client's conversation, or what they must be asked."""
        open_ = await open_tickets(draft, client)
        if client.held:
            return Asked.TICKET if open_ else Asked.TOPIC
        if client.topic is None and open_:
            return await self._among(draft, client, open_)
        if client.topic is None and workspace.topics:
            return Asked.TOPIC
        return await begin_ticket(draft, self._new_id, client, client.topic or "")

    @property
    def _new_id(self) -> UUID:
        return uuid5(self.workspace_id, f"ticket:{self.command_id}")

    async def _among(self, draft: Draft, client: Client, open_: list[Ticket]) -> Ticket | Asked:
        """The only open ticket, else the chosen one unless another has been answered since."""
        chosen = next((one for one in open_ if one.id == client.ticket_id), None)
        if chosen is None and len(open_) == 1:
            [chosen] = open_
            client.choose_conversation(chosen.id)
        if chosen is None or _is_unsure(client, chosen, open_):
            return Asked.TICKET
        return await draft.get(Ticket, chosen.id)

    def _hold(self, client: Client, asked: Asked) -> Answer:
        again = bool(client.held)
        client.hold(uuid5(client.id, self.command_id), self.content, self.place, asked)
        return {"ticket": None, "number": None, "asked": asked, "asked_again": again}


def _is_unsure(client: Client, chosen: Ticket, open_: list[Ticket]) -> bool:
    decided = max(client.decided_at, chosen.conversation.heard_at or client.decided_at)
    others = (one.conversation.answered_at for one in open_ if one.id != chosen.id)
    return any(answered is not None and answered > decided for answered in others)


def _answer(ticket: Ticket, *, opened: bool, reopened: bool = False) -> Answer:
    return {
        "ticket": str(ticket.id),
        "number": ticket.number,
        "opened": opened,
        "reopened": reopened,
    }


@dataclass(frozen=True, kw_only=True)
class ChooseTopic(Command):
    """Begin a ticket about a topic with what is held, or with the next message."""

    profile: Profile
    topic: str

    @property
    @override
    def subject(self) -> UUID:
        return self.profile.client_id(self.workspace_id)

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        workspace = await draft.look(Workspace, self.workspace_id)
        workspace.must_run()
        if self.topic and self.topic not in workspace.topics:
            raise NotFound
        client = await welcome(draft, self.workspace_id, self.profile)
        if not client.held:
            client.choose_topic(self.topic)
            return {"ticket": None, "number": None}
        id = uuid5(self.workspace_id, f"ticket:{self.command_id}")
        ticket = await begin_ticket(draft, id, client, self.topic)
        _place(client.place_messages(ticket.id), ticket)
        return _answer(ticket, opened=True)


@dataclass(frozen=True, kw_only=True)
class PlaceMessages(Command):
    """Put what is held into one of the client's open tickets."""

    client_id: UUID
    ticket_id: UUID

    @property
    @override
    def subject(self) -> UUID:
        return self.client_id

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.look(Workspace, self.workspace_id)).must_run()
        ticket = await own_ticket(draft, self.ticket_id, self.client_id)
        client = await draft.get(Client, self.client_id)
        client.may_write()
        _place(client.place_messages(ticket.id), ticket)
        client.choose_conversation(ticket.id)
        return _answer(ticket, opened=False)


def _place(held: list[Held], ticket: Ticket) -> None:
    for one in held:
        ticket.receive(one.message_id, one.content, one.place)
