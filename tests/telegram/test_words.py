"""Texts and buttons: the same in every language, and never more than Telegram takes."""

import string
from pathlib import Path
from uuid import UUID

import pytest
from graphql import build_schema, parse, validate

from interfaces.telegram import english, russian
from interfaces.telegram.buttons import Pressed, button, data, pressed, topic_button
from interfaces.telegram.documents import documents
from interfaces.telegram.words import refusal, words

TICKET = UUID("6f1c2b9e-8d35-4a57-9d0e-0d2b8f1f7a11")


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_is_there_in_both_languages_with_the_same_places() -> None:
    assert russian.TEXTS.keys() == english.TEXTS.keys()
    for key, text in russian.TEXTS.items():
        assert places(text) == places(english.TEXTS[key]), key


@pytest.mark.parametrize(
    ("language", "word"), [("ru", "Закрыто"), ("", "Закрыто"), ("uk", "Закрыто"),
                           ("en-GB", "Closed"), ("de", "Closed")],
)  # fmt: skip
def test_the_reader_decides_the_language(language: str, word: str) -> None:
    assert words(language, "standing_closed") == word


def test_an_unknown_refusal_is_said_in_general_words() -> None:
    assert refusal("ru", "SomethingNew") == "Сейчас это невозможно."


def test_a_button_says_what_was_put_into_it() -> None:
    made = button("Взять", "claim", TICKET)
    assert pressed(made["callback_data"]) == Pressed("claim", TICKET.hex, 0)
    assert pressed(data("rate", TICKET.hex, 5)) == Pressed("rate", TICKET.hex, 5)
    said = pressed(made["callback_data"])
    assert said is not None
    assert said.ticket_id == str(TICKET)


def test_no_button_is_longer_than_telegram_takes() -> None:
    assert len(topic_button("тема " * 100)["callback_data"].encode()) <= 64
    with pytest.raises(ValueError, match="64"):
        data("a" * 64, TICKET.hex)


def test_the_documents_are_those_of_the_client() -> None:
    texts = documents()
    assert len(texts) == len(set(texts)) >= 20
    schema = build_schema((Path(__file__).parents[2] / "schema.graphql").read_text("utf-8"))
    for text in texts:
        assert validate(schema, parse(text)) == []
