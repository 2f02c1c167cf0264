"""What is said in Telegram chats, before any words: policies decide it, a way in words it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.cycles import Status
from domain.messages import Content, Place
from domain.triage import Priority


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
    client: str
    priority: Priority = Priority.NORMAL
    tags: Sequence[str] = ()
    blocked: bool = False
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the group something is said: under a ticket's root or in its topic.

    `reply_to` is the message that it answers there, `quote` a part of that message's text.
    """

    root_id: int
    is_topic: bool = False
    reply_to: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class TicketPost:
    """The ticket's post; `edits` is the message to bring up to date, None posts a new one."""

    ticket: TicketSeen
    edits: int | None = None


@dataclass(frozen=True, slots=True)
class TicketTopic:
    """The ticket's topic in a forum; `edits` is the topic to bring up to date."""

    ticket: TicketSeen
    edits: int | None = None


@dataclass(frozen=True, slots=True)
class TicketCard:
    """The card with the ticket's buttons, in its thread or as an edit of `edits`."""

    ticket: TicketSeen
    spot: Spot
    edits: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What the client said, in the thread; `other_bot` says it if the client's bot may not."""

    content: Content
    place: Place | None
    spot: Spot
    other_bot: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a manager said, for the client; nothing in it may tell who the manager is.

    `source_bot` is the bot that received it, and whose its files are; `signed`: the company lets
    its managers be known, so that files may go as they are.
    """

    number: int
    content: Content
    place: Place | None
    source_bot: int
    reply_to: int | None = None
    quote: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """An answer that was not written in the thread, shown there to the staff."""

    content: Content
    holder: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Correction:
    """A new version of what was passed on as the message `edits`.

    `number` is the ticket's, for the client's heading; None before the staff. `replaced`: it has
    another file now, which `source_bot` knows.
    """

    content: Content
    edits: int
    number: int | None
    source_bot: int
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """These messages are taken back."""

    message_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji under a message; "" takes it away."""

    message_id: int
    emoji: str


@dataclass(frozen=True, slots=True)
class RatingRequest:
    """The ticket was closed; the client may rate it or write again. `text`: the company's own."""

    ticket_id: UUID
    number: int
    cycle: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class RatingNotice:
    """The client said why they rated the ticket so, for the staff."""

    stars: int
    comment: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class ReopenedNotice:
    """The ticket is open again, for the client."""

    number: int


@dataclass(frozen=True, slots=True)
class OutOfHoursNotice:
    """Nobody is there now, for the client; `opening` is in the company's own zone."""

    opening: datetime | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class TransferNotice:
    """A ticket came to a manager, for that manager."""

    ticket: TicketSeen
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FailureNotice:
    """A manager's message did not reach the client, in the thread."""

    reason: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class ReachNotice:
    """The client has stopped the bot, or is back, in the thread."""

    reachable: bool
    spot: Spot


@dataclass(frozen=True, slots=True)
class ReadinessNotice:
    """The desk of a company lacks this now, for its owners; nothing: it is whole again.

    `mendable`: the bot that says it can lead to the settings.
    """

    workspace_id: UUID
    name: str
    lacks: Sequence[str]
    mendable: bool = False
