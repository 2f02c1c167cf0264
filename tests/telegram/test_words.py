"""Texts and buttons: the same in every language, all of them used, never more than is shown."""

import ast
import string
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from uuid import UUID

import pytest
from graphql import build_schema, parse, validate

from domain.aggregate import Refused
from interfaces.graphql.refusals import Declined
from interfaces.telegram import english, russian
from interfaces.telegram.buttons import Pressed, button, data, mark_of, pressed
from interfaces.telegram.documents import documents
from interfaces.telegram.plurals import Plural
from interfaces.telegram.saying import ALERT_LIMIT
from interfaces.telegram.transport import OUR_FAULT, TRANSIENT
from interfaces.telegram.words import refusal, words

TICKET = UUID("6f1c2b9e-8d35-4a57-9d0e-0d2b8f1f7a11")
ROOT = Path(__file__).parents[2]
BOTS = ROOT / "interfaces" / "telegram"
TEXTS = {"russian", "english", "client"}
SPEAKING = {"words", "say", "button", "choice"}
"""Functions and methods that take the key of a text; as methods first, `words` second."""
SELF_MADE = {"BadCursor", "BadId", "BadPage", "BadPosition", "TooSlow"}
"""Refusals that only a fault of a bot could bring about: it makes these arguments itself."""


def forms(text: str | Plural) -> list[str]:
    if isinstance(text, str):
        return [text]
    return [form for form in (text.other, text.one, text.few, text.many) if form is not None]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_is_there_in_both_languages_with_the_same_places() -> None:
    assert russian.TEXTS.keys() == english.TEXTS.keys()
    for key, text in russian.TEXTS.items():
        theirs = english.TEXTS[key]
        named = [places(form) for form in forms(text) + forms(theirs)]
        assert all(one | {"count"} == named[0] | {"count"} for one in named), key


@pytest.mark.parametrize("language", [russian, english])
def test_no_text_stands_in_two_files(language: object) -> None:
    name, folder = f"{getattr(language, '__name__', '')}", getattr(language, "__path__", [])
    files = [import_module(f"{name}.{one.name}") for one in iter_modules(folder)]
    assert [
        key for key, n in Counter(k for file in files for k in file.TEXTS).items() if n > 1
    ] == []


def test_plural_texts_have_every_form_of_their_language() -> None:
    for key, text in russian.TEXTS.items():
        theirs = english.TEXTS[key]
        assert isinstance(text, Plural) == isinstance(theirs, Plural), key
        if isinstance(text, Plural) and isinstance(theirs, Plural):
            assert None not in {text.one, text.few, text.many, theirs.one}, key


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "У вас 1 открытое обращение."),
        (2, "У вас 2 открытых обращения."),
        (5, "У вас 5 открытых обращений."),
        (11, "У вас 11 открытых обращений."),
        (21, "У вас 21 открытое обращение."),
    ],
)
def test_russian_numbers_take_their_form(count: int, told: str) -> None:
    assert words("ru", "your_tickets", count=count).startswith(told)


def nodes() -> Iterator[ast.AST]:
    """The code of the bots, without their texts and what is generated."""
    for file in sorted(BOTS.rglob("*.py")):
        if file.relative_to(BOTS).parts[0] not in TEXTS:
            yield from ast.walk(ast.parse(file.read_text("utf-8")))


def literals() -> set[str]:
    found = (node.value for node in nodes() if isinstance(node, ast.Constant))
    return {one for one in found if isinstance(one, str)}


def families() -> tuple[str, ...]:
    """The beginnings of keys that are made of a name, such as `kind_` and the kind."""
    whole = (node.values[0] for node in nodes() if isinstance(node, ast.JoinedStr) and node.values)
    first = (one.value for one in whole if isinstance(one, ast.Constant))
    return tuple(one for one in first if isinstance(one, str) and one.strip("_").isalpha())


def asked_for() -> Iterator[str]:
    """The keys that are written out where something is said."""
    for node in nodes():
        if not isinstance(node, ast.Call):
            continue
        method = isinstance(node.func, ast.Attribute)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        place = 0 if method else 1
        if name not in SPEAKING or (name != "words" and not method) or len(node.args) <= place:
            continue
        key = node.args[place]
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value


def refusals() -> set[str]:
    """The names of all refusals that a bot may hear."""
    for layer in ("domain", "application", "interfaces.graphql"):
        package = import_module(layer)
        for one in iter_modules(package.__path__):
            import_module(f"{layer}.{one.name}")
    names = {kind.__name__ for base in (Refused, Declined) for kind in below(base)}
    return names - OUR_FAULT - (TRANSIENT - russian.TEXTS.keys()) - SELF_MADE


def below(kind: type[Exception]) -> Iterator[type[Exception]]:
    for one in kind.__subclasses__():
        if one.__module__.split(".")[0] != "tests":
            yield one
            yield from below(one)


def test_no_text_is_missing() -> None:
    keys = set(asked_for())
    assert len(keys) > 50
    assert keys - russian.TEXTS.keys() == set()


def test_no_text_is_unused() -> None:
    said, begun = literals() | refusals(), families()
    assert {key for key in russian.TEXTS if key not in said and not key.startswith(begun)} == set()


def test_every_refusal_has_words_that_a_pressed_button_can_show() -> None:
    for code in refusals():
        assert code in russian.TEXTS, code
        for texts in (russian.TEXTS, english.TEXTS):
            assert all(len(form) <= ALERT_LIMIT for form in forms(texts[code])), code


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
    assert len(data("topic", mark_of("тема " * 100), 99_999).encode()) <= 64
    with pytest.raises(ValueError, match="64"):
        data("a" * 64, TICKET.hex)


def test_the_documents_are_those_of_the_client() -> None:
    texts = documents()
    assert len(texts) == len(set(texts)) >= 20
    schema = build_schema((ROOT / "schema.graphql").read_text("utf-8"))
    for text in texts:
        assert validate(schema, parse(text)) == []
