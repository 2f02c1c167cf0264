"""What people write fits into the limits of the API, whatever Telegram allows."""

from typing import Any

import orjson
import pytest
from aiogram.types import Message, User

from interfaces.telegram.contents import content_of, profile_of


def said(**about: Any) -> Message:
    chat = {"id": 5, "type": "private"}
    return Message.model_validate({"message_id": 1, "date": 1, "chat": chat, **about})


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
    assert len(content.entities) == kept
    assert len(orjson.dumps(content.entities)) <= 16_384


def test_names_are_counted_as_the_api_counts() -> None:
    person = User(id=1, is_bot=False, first_name="😀" * 150)
    assert profile_of(person).name == "😀" * 100
