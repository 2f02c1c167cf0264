"""What is said in Telegram chats, before any words: the relay decides it, a way in words it."""

from dataclasses import dataclass
from uuid import UUID

from domain.messages import Content, Place
from domain.tickets import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSeen:
    """A ticket as the staff sees it at a moment."""

    ticket_id: UUID
    number: int
    topic: str
    status: Status
    holder: str | None
    stars: int | None
    manager_bot: str


@dataclass(frozen=True, slots=True)
class TicketPost:
    """The ticket's post; `edits` is the message to bring up to date, None posts a new one."""

    ticket: TicketSeen
    edits: int | None = None


@dataclass(frozen=True, slots=True)
class TicketCard:
    """The card with the ticket's buttons, as a comment under `root_id` or an edit of `edits`."""

    ticket: TicketSeen
    root_id: int
    edits: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What the client said, as a comment under `root_id`."""

    content: Content
    place: Place | None
    root_id: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What a manager said, for the client; nothing in it may tell who the manager is."""

    number: int
    content: Content
    place: Place | None


@dataclass(frozen=True, slots=True)
class RatingRequest:
    """The ticket was closed; the client may rate it or write again."""

    ticket_id: UUID
    number: int
    cycle: int


@dataclass(frozen=True, slots=True)
class ReopenedNotice:
    """The ticket is open again, for the client."""

    number: int


@dataclass(frozen=True, slots=True)
class TransferNotice:
    """A ticket came to a manager, for that manager."""

    number: int


@dataclass(frozen=True, slots=True)
class FailureNotice:
    """A manager's message did not reach the client, as a comment under `root_id`."""

    reason: str
    root_id: int
