"""Messages and people of Telegram, as the API wants to hear of them."""

from collections.abc import Sequence
from typing import Final

import orjson
from aiogram.enums import ContentType
from aiogram.types import Message, MessageEntity, User

from interfaces.telegram.client.enums import MessageKind
from interfaces.telegram.client.input_types import ContentInput, PlaceInput, ProfileInput

TEXT_LIMIT: Final = 4096
NAME_LIMIT: Final = 200
FILE_NAME_LIMIT: Final = 200
ENTITIES: Final = 100
LONGEST_URL: Final = 2048
ENTITIES_BYTES: Final = 16_384  # of JSON; a text with more markup than that loses the rest of it

SAID: Final = frozenset(
    {
        ContentType.UNKNOWN,
        ContentType.ANIMATION,
        ContentType.AUDIO,
        ContentType.CHECKLIST,
        ContentType.CONTACT,
        ContentType.DICE,
        ContentType.GAME,
        ContentType.GIVEAWAY,
        ContentType.INVOICE,
        ContentType.LOCATION,
        ContentType.PAID_MEDIA,
        ContentType.POLL,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.VENUE,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        *(kind for kind in ContentType if kind in {"gift", "live_photo", "rich_message"}),
    }
)
"""What people say in ways that are not passed on; all other kinds are Telegram's own notices."""

CONTROL: Final = {code: " " for code in (*range(32), 127) if chr(code) not in "\n\t"}


def content_of(message: Message) -> ContentInput | None:
    """What a message says; None if it only tells of something that Telegram did."""
    kind, file_id, file_name = message.content_type, None, None
    if kind == ContentType.TEXT:
        kept = MessageKind.TEXT
    elif kind == ContentType.PHOTO and message.photo:
        kept, file_id = MessageKind.PHOTO, message.photo[-1].file_id
    elif kind == ContentType.DOCUMENT and message.document:
        kept, file_id = MessageKind.DOCUMENT, message.document.file_id
        file_name = shortened(clean(message.document.file_name or ""), FILE_NAME_LIMIT) or None
    elif kind == ContentType.VOICE and message.voice:
        kept, file_id = MessageKind.VOICE, message.voice.file_id
    elif kind in SAID:
        text = message.caption or ContentType(kind).value
        return ContentInput(kind=MessageKind.UNSUPPORTED, text=clean(text))
    else:
        return None
    return ContentInput(
        kind=kept,
        text=clean(message.text or message.caption or ""),
        entities=_entities(message.entities or message.caption_entities or ()),
        fileId=file_id,
        fileName=file_name,
    )


def is_too_long(content: ContentInput) -> bool:
    """Whether a text is longer than Telegram itself allows."""
    return len(content.text.encode("utf-16-le")) // 2 > TEXT_LIMIT


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
