"""What people write in tickets, and what became of its delivery."""

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from typing_extensions import override

from application.desk import Answer, Draft, Refused
from application.settings import rules_of
from application.tickets import TicketCommand
from domain.anonymity import reveals
from domain.clients import Client, ClientIsBlocked
from domain.conversations import Way
from domain.messages import Content, Piece, Place
from domain.settings import Routing
from domain.staff import Person
from domain.tickets import Ticket
from domain.workspaces import Workspace

__all__ = [
    "AddNote",
    "ConfirmDelivery",
    "Content",
    "EditMessage",
    "Piece",
    "Place",
    "PostComment",
    "React",
    "ReportFailure",
    "TellsWhoYouAre",
    "WithdrawMessage",
]


class TellsWhoYouAre(Refused):
    """Your words tell who you are; the client still sees what you had written before."""


@dataclass(frozen=True, kw_only=True)
class PostComment(TicketCommand):
    """Take what a manager wrote in the thread: it goes to the client if they hold the ticket.

    `signed_as` are the names and logins that Telegram shows with it; words that tell them stay
    with the staff, unless the company lets its managers sign.
    """

    by: UUID
    content: Content
    place: Place | None = None
    reply_to: UUID | None = field(default=None, metadata={"incidental": True})
    quote: str = ""
    signed_as: tuple[str, ...] = field(default=(), metadata={"incidental": True})

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.look(Workspace, self.workspace_id)).must_run()
        person = await draft.look(Person, self.by)
        person.must_manage()
        ticket = await draft.get(Ticket, self.ticket_id)
        rules = await rules_of(draft, self.workspace_id)
        message_id = uuid5(ticket.id, self.command_id)
        kept = ticket.comment(
            message_id,
            self.by,
            self.content,
            self.place,
            self.reply_to,
            self.quote,
            claiming=rules.routing is not Routing.MANUAL,
            revealing=not rules.signing
            and await tells_who(draft, person, ticket, self.content, self.signed_as),
        )
        return {"message": str(message_id), "kept": kept, "number": ticket.number}


async def tells_who(
    draft: Draft, person: Person, ticket: Ticket, content: Content, signed_as: tuple[str, ...]
) -> bool:
    """Whether a message tells who its author is, other than by words that are the client's name."""
    known = (person.name, person.username, person.telegram_id)
    identity = [str(one) for one in known if one is not None] + list(signed_as)
    if not reveals(content, identity):
        return False
    client = await draft.look(Client, ticket.client_id)
    return reveals(content, identity, spared=client.name)


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
class MessageCommand(TicketCommand):
    """An order about one message; exactly one of `by` (manager) and `client_id`."""

    message_id: UUID
    by: UUID | None = None
    client_id: UUID | None = None

    async def ticket_of_party(self, draft: Draft) -> Ticket:
        """The ticket, for its client unless they are blocked, or for a working manager."""
        ticket = await self.party(draft, self.by, self.client_id)
        if self.client_id is not None and (await draft.look(Client, self.client_id)).blocked:
            raise ClientIsBlocked
        return ticket


@dataclass(frozen=True, kw_only=True)
class EditMessage(MessageCommand):
    """Take the new version of a message, or of the caption of one item (`piece`) of an album."""

    content: Content
    piece: int | None = None
    signed_as: tuple[str, ...] = field(default=(), metadata={"incidental": True})

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await self.ticket_of_party(draft)
        said = ticket.conversation.messages.get(self.message_id)
        if self.by is not None and said is not None and said.way is Way.OUT:
            await self._must_not_reveal(draft, ticket, self.by)
        ticket.edit(self.message_id, self.by, self.content, self.piece)
        return {"number": ticket.number}

    async def _must_not_reveal(self, draft: Draft, ticket: Ticket, by: UUID) -> None:
        if (await rules_of(draft, self.workspace_id)).signing:
            return
        person = await draft.look(Person, by)
        if await tells_who(draft, person, ticket, self.content, self.signed_as):
            raise TellsWhoYouAre


@dataclass(frozen=True, kw_only=True)
class WithdrawMessage(MessageCommand):
    """Take a message of one's own back, also from the other side's chat."""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await self.ticket_of_party(draft)
        ticket.withdraw(self.message_id, self.by)
        return {"number": ticket.number}


@dataclass(frozen=True, kw_only=True)
class React(MessageCommand):
    """Put emoji under a message, or take them away (none)."""

    emoji: tuple[str, ...]

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await self.ticket_of_party(draft)
        ticket.react(self.message_id, self.by, list(self.emoji))
        return {}


@dataclass(frozen=True, kw_only=True)
class ConfirmDelivery(TicketCommand):
    """Note where a message arrived; `pieces` are the numbers of an album's items there."""

    message_id: UUID
    place: Place
    pieces: tuple[int, ...] = ()

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        ticket = await draft.get(Ticket, self.ticket_id)
        ticket.deliver(self.message_id, self.place, list(self.pieces) or None)
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
