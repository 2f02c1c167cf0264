"""A message as people wrote it, where it stands in Telegram, and what can happen to it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from domain.aggregate import Aggregate


class Kind(StrEnum):
    """What a message is made of, by Telegram's own names; an album has pieces."""

    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    AUDIO = "audio"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO_NOTE = "video_note"
    LIVE_PHOTO = "live_photo"
    STICKER = "sticker"
    LOCATION = "location"
    VENUE = "venue"
    CONTACT = "contact"
    POLL = "poll"
    DICE = "dice"
    ALBUM = "album"
    UNSUPPORTED = "unsupported"


Entities: TypeAlias = list[dict[str, str | int]]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One item of an album; `message_id` is its own number in the chat where it was written."""

    message_id: int
    kind: Kind
    file_id: str
    file_name: str | None = None
    text: str = ""
    entities: Entities = field(default_factory=list[dict[str, str | int]])


@dataclass(frozen=True, kw_only=True)
class Content:
    """What was said: `text` is the text or the caption, up to 4096 UTF-16 units.

    `entities` are Telegram's MessageEntity objects; `file_id` belongs to the bot that received it;
    `file_size` is in bytes. `details` are the fields of Telegram's Location, Venue, Contact, Poll
    or Dice. The text of an album is that of its pieces.
    """

    kind: Kind = Kind.TEXT
    text: str = ""
    entities: Entities = field(default_factory=list[dict[str, str | int]])
    file_id: str | None = None
    file_name: str | None = None
    file_size: int | None = None
    mime_type: str | None = None
    details: dict[str, str | int | float | bool | list[str]] = field(
        default_factory=dict[str, str | int | float | bool | list[str]]
    )
    pieces: list[Piece] = field(default_factory=list[Piece])


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a message stands: ids as Telegram gives them, seen by one bot."""

    bot_id: int
    chat_id: int
    message_id: int


class MessageReceived(Aggregate.Event):
    """The client wrote, perhaps in reply to an earlier message or to a quote of it."""

    message_id: UUID
    content: Content
    place: Place | None = None
    reply_to: UUID | None = None
    quote: str = ""


class MessageSent(Aggregate.Event):
    """A manager answered the client."""

    message_id: UUID
    by: UUID
    content: Content
    place: Place | None = None
    reply_to: UUID | None = None
    quote: str = ""


class NoteAdded(Aggregate.Event):
    """A manager wrote for the staff only."""

    message_id: UUID
    by: UUID
    content: Content
    place: Place | None = None


class MessageEdited(Aggregate.Event):
    """The author rewrote a message, or (`piece`, from 0) the caption of one item of an album."""

    message_id: UUID
    version: int
    content: Content
    piece: int | None = None


class MessageWithdrawn(Aggregate.Event):
    """The author (a manager, or the client: None) took a message back."""

    message_id: UUID
    by: UUID | None


class ReactionChanged(Aggregate.Event):
    """A manager, or the client (None), put these emoji under a message, or took all away."""

    message_id: UUID
    by: UUID | None
    emoji: list[str]


class MessageDelivered(Aggregate.Event):
    """A message reached the other side's chat; `pieces` are the numbers of an album's items."""

    message_id: UUID
    place: Place
    pieces: list[int] | None = None


class DeliveryFailed(Aggregate.Event):
    """A message could not be delivered, and will not be tried again."""

    message_id: UUID
    reason: str
