"""Anonymity: whether words would tell a client who the manager is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from unicodedata import category, normalize

from domain.messages import Content, Kind

SHORTEST: Final = 3
GLUED: Final = 5  # signs of a name that is seen inside of a word of a file's name
LATIN: Final = dict(
    zip(
        map(ord, "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".split(),  # noqa: SIM905
        strict=True,
    )
)
"""How Russian names are usually written in Latin letters."""


def reveals(content: Content, identity: Iterable[str], spared: str = "") -> bool:
    """Whether a message has one of these names, logins or numbers in it, as words of their own.

    The words of `spared` tell nothing: the client may be called the same.

    Names are compared by their words, without regard to case or to the dots of ё; shorter than
    three signs they say too little. In a file's name a longer one is found inside of a word, too.
    A contact card always tells somebody's number, so that one with a name or number of the
    identity in it is revealing as well.
    """
    names = {word for one in identity for word in _words(one) if len(word) >= SHORTEST}
    known = names | {name.translate(LATIN).replace("-", "") for name in names}
    known.difference_update(_words(spared))
    glued = [name for name in known if len(name) >= GLUED]
    files = [_plain(one.file_name or "") for one in (content, *content.pieces)]
    told = (one for text in (*_texts(content), *files) for one in (text, text.replace("_", " ")))
    return any(known.intersection(_words(one)) for one in told) or any(
        name in file for name in glued for file in files
    )


def _texts(content: Content) -> Iterator[str]:
    for one in (content, *content.pieces):
        yield one.text
        yield from (str(entity.get("url", "")) for entity in one.entities)
    if content.kind in {Kind.CONTACT, Kind.VENUE, Kind.POLL}:
        for value in content.details.values():
            yield from value if isinstance(value, list) else [str(value)]


def _words(text: str) -> Sequence[str]:
    """The words of a text, and the last ten digits of a phone number, however it is written."""
    numbers = (re.sub(r"\D", "", one)[-10:] for one in re.findall(r"\+?\d[\d\s().-]{6,}\d", text))
    return [*re.findall(r"\w+", _plain(text)), *numbers]


def _plain(text: str) -> str:
    """Without what nobody sees: joiners and marks that turn text round are no part of a word."""
    seen = "".join(one for one in text if category(one) != "Cf")
    return normalize("NFKC", seen).casefold().replace("ё", "е")
