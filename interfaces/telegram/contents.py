"""Messages and people of Telegram, as the API wants to hear of them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from aiogram.enums import ContentType
from aiogram.types import Message, MessageEntity, User

from interfaces.telegram.attachments import attachment_of
from interfaces.telegram.client.enums import MessageKind
from interfaces.telegram.client.input_types import (
    ContentInput,
    PieceInput,
    PlaceInput,
    ProfileInput,
)

TEXT_LIMIT: Final = 4096
NAME_LIMIT: Final = 200
FILE_NAME_LIMIT: Final = 200
MIME_TYPE_LIMIT: Final = 100
ENTITIES: Final = 100
LONGEST_URL: Final = 2048
ENTITIES_BYTES: Final = 16_384  # of JSON; a text with more markup than that loses the rest of it

PASSED: Final[Mapping[str, MessageKind]] = {
    kind.value.lower(): kind
    for kind in MessageKind
    if kind not in {MessageKind.ALBUM, MessageKind.UNSUPPORTED}
}
"""What is passed on, by Telegram's names."""
FOREIGN: Final = frozenset(
    {
        ContentType.UNKNOWN,
        ContentType.CHECKLIST,
        ContentType.GAME,
        ContentType.GIFT,
        ContentType.UNIQUE_GIFT,
        ContentType.GIVEAWAY,
        ContentType.GIVEAWAY_WINNERS,
        ContentType.INVOICE,
        ContentType.PAID_MEDIA,
        ContentType.RICH_MESSAGE,
        ContentType.STORY,
        ContentType.VIDEO_CHAT_SCHEDULED,
        ContentType.VIDEO_CHAT_STARTED,
    }
)
"""What people say in ways that are not passed on; all other kinds are Telegram's own notices."""

CONTROL: Final = {code: " " for code in (*range(32), 127) if chr(code) not in "\n\t"}


def content_of(message: Message, pieces: Sequence[Message] = ()) -> ContentInput | None:
    """What a message says, or an album by its pieces; None for a notice of Telegram's."""
    if len(pieces) > 1:
        return ContentInput(kind=MessageKind.ALBUM, pieces=_pieces(pieces))
    kept = PASSED.get(message.content_type)
    if kept is None:
        return _unsupported(message) if message.content_type in FOREIGN else None
    attached = attachment_of(message)
    return ContentInput(
        kind=kept,
        text=clean(message.text or message.caption or ""),
        entities=_entities(message.entities or message.caption_entities or ()),
        fileId=attached.file_id,
        fileName=shortened(clean(attached.file_name or ""), FILE_NAME_LIMIT) or None,
        fileSize=attached.file_size,
        mimeType=shortened(clean(attached.mime_type or ""), MIME_TYPE_LIMIT) or None,
        details=_cleaned(attached.details) or None,
    )


def is_too_long(content: ContentInput) -> bool:
    """Whether a text is longer than Telegram itself allows."""
    return any(_units(said.text) > TEXT_LIMIT for said in (content, *(content.pieces or ())))


def clean(text: str) -> str:
    """The text with a space for each control character, so that offsets stay right."""
    return text.translate(CONTROL)


def shortened(text: str, units: int) -> str:
    """The beginning of a text, in UTF-16 units as Telegram and the API count."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")


def place_of(message: Message) -> PlaceInput:
    """Where a message stands."""
    return PlaceInput(chatId=message.chat.id, messageId=message.message_id)


def profile_of(user: User) -> ProfileInput:
    """Somebody as Telegram describes them."""
    return ProfileInput(
        name=shortened(clean(user.full_name).strip(), NAME_LIMIT) or str(user.id),
        username=user.username,
        language=(user.language_code or "ru")[:10],
    )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _unsupported(message: Message) -> ContentInput:
    text = message.caption or ContentType(message.content_type).value
    return ContentInput(kind=MessageKind.UNSUPPORTED, text=clean(text))


def _pieces(messages: Sequence[Message]) -> list[PieceInput]:
    said = [(message, content_of(message)) for message in messages]
    return [
        PieceInput(
            messageId=message.message_id,
            kind=content.kind,
            fileId=content.file_id,
            fileName=content.file_name,
            text=content.text,
            entities=content.entities,
        )
        for message, content in said
        if content is not None and content.file_id is not None
    ]


def _cleaned(details: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: clean(value) if isinstance(value, str) else value for name, value in details.items()
    }


def _entities(entities: Sequence[MessageEntity]) -> list[dict[str, str | int]]:
    """As many as the API takes, without those that name an account: nobody else's business."""
    kept: list[dict[str, str | int]] = []
    room = ENTITIES_BYTES
    for entity in entities:
        if entity.type == "text_mention":
            continue
        told = {
            name: value
            for name, value in entity.model_dump(mode="json", exclude_none=True).items()
            if isinstance(value, str | int)
        }
        if entity.url is not None and len(entity.url) > LONGEST_URL:
            continue
        room -= len(orjson.dumps(told)) + 1
        if room < 0 or len(kept) == ENTITIES:
            break
        kept.append(told)
    return kept
