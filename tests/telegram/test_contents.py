"""What people write is told to the API in every kind and within its limits, as Telegram says it."""

from typing import Any

import orjson
import pytest
from aiogram.enums import ContentType
from aiogram.types import Message, User

from interfaces.telegram.client.enums import MessageKind
from interfaces.telegram.contents import FOREIGN, PASSED, content_of, is_too_long, profile_of

FILE = {"file_id": "F1", "file_unique_id": "u1", "file_size": 30_000_000}
SIZED = {**FILE, "width": 1, "height": 1}
SMALL = {**SIZED, "file_id": "small"}
PLACE = {"latitude": 55.7, "longitude": 37.6}
OPTIONS = [
    {"text": text, "voter_count": 0, "persistent_id": text} for text in ("в среду", "в четверг")
]
POLL = {
    "id": "1",
    "question": "Когда?",
    "options": OPTIONS,
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": True,
    "members_only": False,
}
STICKER = {**SIZED, "type": "regular", "is_animated": False, "is_video": False}


def said(**about: Any) -> Message:
    chat = {"id": 5, "type": "private"}
    return Message.model_validate({"message_id": 1, "date": 1, "chat": chat, **about})


def told(*pieces: Message, **about: Any) -> dict[str, Any]:
    """What the API is told, as it goes over the wire."""
    content = content_of(said(**about), pieces)
    assert content is not None
    whole = content.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {name: value for name, value in whole.items() if value not in ("", [])}


@pytest.mark.proves("S1-21")
@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("PHOTO", {"photo": [SMALL, SIZED]}),
        ("VIDEO", {"video": {**SIZED, "duration": 3, "mime_type": "video/mp4"}}),
        (
            "ANIMATION",
            {
                "animation": {**SIZED, "duration": 3, "file_name": "a.gif"},
                "document": {**FILE, "file_id": "again"},
            },
        ),
        ("AUDIO", {"audio": {**FILE, "duration": 3, "performer": "Группа"}}),
        ("DOCUMENT", {"document": {**FILE, "file_name": "чек.pdf", "mime_type": "a/pdf"}}),
        ("VOICE", {"voice": {**FILE, "duration": 3, "mime_type": "audio/ogg"}}),
        ("VIDEO_NOTE", {"video_note": {**FILE, "length": 240, "duration": 3}}),
        (
            "LIVE_PHOTO",
            {"live_photo": {**SIZED, "duration": 3}, "photo": [{**SIZED, "file_id": "still"}]},
        ),
        ("STICKER", {"sticker": STICKER}),
    ],
)
def test_every_file_is_told_with_its_size(kind: str, about: dict[str, Any]) -> None:
    content = told(**about)
    assert (content["kind"], content["fileId"], content["fileSize"]) == (kind, "F1", 30_000_000)
    whole: Any = about[kind.lower()]
    file = whole[-1] if kind == "PHOTO" else whole
    assert content.get("fileName") == file.get("file_name")
    assert content.get("mimeType") == file.get("mime_type")


@pytest.mark.proves("S1-21", "S1-E6")
@pytest.mark.parametrize(
    ("kind", "about", "details"),
    [
        ("LOCATION", {"location": {**PLACE, "live_period": 60}}, {**PLACE, "live_period": 60}),
        (
            "VENUE",
            {
                "venue": {"location": PLACE, "title": "Склад", "address": "Мира, 1"},
                "location": PLACE,
            },
            {**PLACE, "title": "Склад", "address": "Мира, 1"},
        ),
        (
            "CONTACT",
            {"contact": {"phone_number": "+7900", "first_name": "Клим", "user_id": 5}},
            {"phone_number": "+7900", "first_name": "Клим", "user_id": 5},
        ),
        (
            "POLL",
            {"poll": POLL},
            {
                "question": "Когда?",
                "type": "regular",
                "is_anonymous": True,
                "allows_multiple_answers": False,
                "options": ["в среду", "в четверг"],
            },
        ),
        ("DICE", {"dice": {"emoji": "🎲", "value": 3}}, {"emoji": "🎲", "value": 3}),
    ],
)
def test_what_is_no_file_is_told_by_its_plain_fields(
    kind: str, about: dict[str, Any], details: dict[str, Any]
) -> None:
    assert told(**about) == {"kind": kind, "details": details}


@pytest.mark.proves("S1-21", "S1-E6")
def test_an_album_is_told_by_its_pieces() -> None:
    first = said(
        message_id=11,
        photo=[SIZED],
        caption="наш заказ",
        caption_entities=[bold(0)],
    )
    second = said(message_id=12, video={**SIZED, "duration": 3, "file_name": "v.mp4"})
    assert told(first, second, photo=[SIZED])["pieces"] == [
        {
            "messageId": 11,
            "kind": "PHOTO",
            "fileId": "F1",
            "text": "наш заказ",
            "entities": [{"type": "bold", "offset": 0, "length": 1}],
        },
        {
            "messageId": 12,
            "kind": "VIDEO",
            "fileId": "F1",
            "fileName": "v.mp4",
            "text": "",
            "entities": [],
        },
    ]


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("story", {"story": {"id": 1, "chat": {"id": 5, "type": "private"}}}),
        ("game", {"game": {"title": "t", "description": "d", "photo": [SIZED]}}),
        ("paid_media", {"paid_media": {"star_count": 1, "paid_media": []}}),
        ("unknown", {}),
    ],
)
def test_what_cannot_be_passed_on_is_told_by_its_name(name: str, about: dict[str, Any]) -> None:
    assert told(**about) == {"kind": "UNSUPPORTED", "text": name}


@pytest.mark.parametrize("notice", [{"group_chat_created": True}, {"new_chat_title": "т"}])
def test_notices_of_telegram_say_nothing(notice: dict[str, Any]) -> None:
    assert content_of(said(**notice)) is None


def test_every_kind_of_ours_is_one_of_telegrams() -> None:
    assert set(PASSED) <= {kind.value for kind in ContentType}
    assert FOREIGN.isdisjoint(PASSED)
    assert set(PASSED.values()) == set(MessageKind) - {MessageKind.ALBUM, MessageKind.UNSUPPORTED}


def bold(offset: int) -> dict[str, Any]:
    return {"type": "bold", "offset": offset, "length": 1}


def link(offset: int, length: int) -> dict[str, Any]:
    return {"type": "text_link", "offset": offset, "length": 1, "url": "https://a/" + "x" * length}


@pytest.mark.parametrize(
    ("entities", "kept"),
    [
        ([bold(n) for n in range(150)], 100),
        ([link(n, 1000) for n in range(50)], 15),
        ([link(0, 5000), bold(1)], 1),
    ],
    ids=["many", "large", "one too long"],
)
def test_markup_beyond_the_limits_is_left_out_and_the_text_stays(
    entities: list[dict[str, Any]], kept: int
) -> None:
    content = content_of(said(text="я" * 200, entities=entities))
    assert content is not None
    assert content.text == "я" * 200
    assert len(content.entities or []) == kept
    assert len(orjson.dumps(content.entities)) <= 16_384


def test_accounts_that_are_named_in_a_text_are_nobody_elses_business() -> None:
    user = {"id": 7, "is_bot": False, "first_name": "Анна"}
    mention = {"type": "text_mention", "offset": 0, "length": 1, "user": user}
    assert told(text="я", entities=[mention, bold(0)])["entities"] == [bold(0)]


def test_names_are_counted_as_the_api_counts() -> None:
    person = User(id=1, is_bot=False, first_name="😀" * 150)
    assert profile_of(person).name == "😀" * 100


def test_a_caption_that_is_too_long_is_noticed_in_an_album_too() -> None:
    long = said(photo=[SIZED], caption="😀" * 2049)
    content = content_of(long, [said(photo=[SIZED]), long])
    assert content is not None
    assert is_too_long(content)
