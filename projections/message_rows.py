"""What was said in tickets: the words, their later versions, and what people did about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain.conversations import Way
from domain.events import Recorded
from domain.messages import Content
from domain.tickets import Ticket
from projections.projection import Fold, Key, Rows, Table
from projections.versions import VERSIONS, StoredVersion


class MessageRow(NamedTuple):
    """A message of a thread: the client's (`in`), a manager's answer (`out`) or a note.

    `by` is the manager, None for the client. `pieces` are the items of an album with `kind`,
    `file_name` and `text`; `reactions` have `by` (None: the client) and `emoji`. The place is where
    it was written, the delivered place where its copy stands; `failure` tells why there is none.
    """

    message_id: UUID
    ticket_id: UUID
    position: int
    way: str
    by: UUID | None
    at: datetime
    kind: str
    text: str
    entities: list[dict[str, str | int]]
    file_id: str | None
    file_name: str | None
    file_size: int | None
    mime_type: str | None
    details: dict[str, Any]
    pieces: list[dict[str, Any]]
    reply_to: UUID | None
    quote: str
    version: int
    withdrawn_at: datetime | None
    reactions: list[dict[str, Any]]
    bot_id: int | None
    chat_id: int | None
    telegram_id: int | None
    delivered_at: datetime | None
    delivered_bot_id: int | None
    delivered_chat_id: int | None
    delivered_telegram_id: int | None
    failure: str | None

    @property
    def cursor(self) -> int:
        """What a page after this row gets as `after`."""
        return self.position


@dataclass(slots=True)
class StoredMessage:
    """What the table of messages keeps; `telegram_id` is the message's id in its chat."""

    workspace_id: UUID
    message_id: UUID
    ticket_id: UUID
    position: int
    way: str
    by: UUID | None
    at: datetime
    kind: str
    text: str
    entities: list[dict[str, str | int]]
    file_id: str | None
    file_name: str | None
    file_size: int | None
    mime_type: str | None
    details: dict[str, Any]
    pieces: list[dict[str, Any]]
    bot_id: int | None
    chat_id: int | None
    telegram_id: int | None
    reply_to: UUID | None = None
    quote: str = ""
    version: int = 1
    withdrawn_at: datetime | None = None
    reactions: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])


MESSAGES = Table(
    "messages",
    StoredMessage,
    ("workspace_id", "message_id"),
    ("(workspace_id, ticket_id, position)",),
)
fold = Fold()


def _message(
    recorded: Recorded,
    event: Ticket.MessageReceived | Ticket.MessageSent | Ticket.NoteAdded,
    way: Way,
    by: UUID | None,
) -> StoredMessage:
    content, place = event.content, event.place
    return StoredMessage(
        event.workspace_id,
        event.message_id,
        event.originator_id,
        recorded.position,
        way.value,
        by,
        event.timestamp,
        content.kind.value,
        content.text,
        content.entities,
        content.file_id,
        content.file_name,
        content.file_size,
        content.mime_type,
        dict(content.details),
        msgspec.to_builtins(content.pieces),
        place.bot_id if place else None,
        place.chat_id if place else None,
        place.message_id if place else None,
    )


@fold.on(Ticket.MessageReceived)
def _received(recorded: Recorded, event: Ticket.MessageReceived, rows: Rows) -> None:
    message = _message(recorded, event, Way.IN, None)
    message.reply_to, message.quote = event.reply_to, event.quote
    rows.put(MESSAGES, message)


@fold.on(Ticket.MessageSent)
def _sent(recorded: Recorded, event: Ticket.MessageSent, rows: Rows) -> None:
    message = _message(recorded, event, Way.OUT, event.by)
    message.reply_to, message.quote = event.reply_to, event.quote
    rows.put(MESSAGES, message)


@fold.on(Ticket.NoteAdded)
def _noted(recorded: Recorded, event: Ticket.NoteAdded, rows: Rows) -> None:
    rows.put(MESSAGES, _message(recorded, event, Way.NOTE, event.by))


def _key(event: Ticket.MessageEdited | Ticket.MessageWithdrawn | Ticket.ReactionChanged) -> Key:
    return event.workspace_id, event.message_id


def _change(
    event: Ticket.MessageEdited | Ticket.MessageWithdrawn | Ticket.ReactionChanged, rows: Rows
) -> StoredMessage:
    message = rows.change(MESSAGES, *_key(event))
    if message is None:
        raise LookupError(f"the message {event.message_id} was never written")
    return message


@fold.on(Ticket.MessageEdited, reads=[(MESSAGES, _key)])
def _edited(_: Recorded, event: Ticket.MessageEdited, rows: Rows) -> None:
    message = _change(event, rows)
    if message.version == 1:
        _keep_version(message, message.at, rows)
    _rewrite(message, event.content, event.piece)
    message.version = event.version
    _keep_version(message, event.timestamp, rows)


def _rewrite(message: StoredMessage, content: Content, piece: int | None) -> None:
    if piece is None:
        message.kind, message.text = content.kind.value, content.text
        message.entities, message.details = content.entities, dict(content.details)
        message.file_id, message.file_name = content.file_id, content.file_name
        message.file_size, message.mime_type = content.file_size, content.mime_type
        message.pieces = msgspec.to_builtins(content.pieces) or message.pieces
    elif piece < len(message.pieces):
        message.pieces[piece] |= {
            "kind": content.kind.value,
            "text": content.text,
            "entities": content.entities,
            "file_id": content.file_id,
            "file_name": content.file_name,
        }


def _keep_version(message: StoredMessage, at: datetime, rows: Rows) -> None:
    place = (message.workspace_id, message.message_id, message.version)
    text = message.text or captions(message.pieces)
    rows.put(VERSIONS, StoredVersion(*place, at, text))


def captions(pieces: Sequence[Mapping[str, Any]]) -> str:
    """What the items of an album say, a line each."""
    return "\n".join(piece["text"] for piece in pieces if piece["text"])


@fold.on(Ticket.MessageWithdrawn, reads=[(MESSAGES, _key)])
def _withdrawn(_: Recorded, event: Ticket.MessageWithdrawn, rows: Rows) -> None:
    _change(event, rows).withdrawn_at = event.timestamp


@fold.on(Ticket.ReactionChanged, reads=[(MESSAGES, _key)])
def _reacted(_: Recorded, event: Ticket.ReactionChanged, rows: Rows) -> None:
    message = _change(event, rows)
    by = None if event.by is None else str(event.by)
    others = [one for one in message.reactions if one["by"] != by]
    own = [{"by": by, "emoji": event.emoji}] if event.emoji else []
    message.reactions = others + own
