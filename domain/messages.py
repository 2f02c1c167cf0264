"""A message as people wrote it, and the place in Telegram where it stands."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a message is made of, by Telegram's own names."""

    TEXT = "text"
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, kw_only=True)
class Content:
    """What was said: `text` is the text or the caption, up to 4096 UTF-16 units.

    `entities` are Telegram's MessageEntity objects; `file_id` belongs to the bot that received it.
    """

    kind: Kind = Kind.TEXT
    text: str = ""
    entities: list[dict[str, str | int]] = field(default_factory=list[dict[str, str | int]])
    file_id: str | None = None
    file_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a message stands: ids as Telegram gives them, seen by one bot."""

    bot_id: int
    chat_id: int
    message_id: int
