"""Under which name a file may be sent."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Final

NAMELESS: Final = frozenset({"photo", "voice", "video_note", "sticker"})
"""Kinds of Telegram's media that have no file name: what they are called comes from a phone."""
LONGEST: Final = 120
"""Characters of a name; file systems take 255 bytes."""
PHONE: Final = 10
"""Digits of a phone that stay the same whether it is written +7 …, 8 … or without either."""
UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode's categories of control, formatting (bidi too), private and separating characters."""


def sendable(name: str | None, kind: str, suffixes: Sequence[str], revealing: Sequence[str]) -> str:
    """The last part of the name without invisible characters, or a neutral one: `document.pdf`.

    `suffixes` are those of the format that the bytes show, the usual one first. Without them a
    neutral name keeps its own suffix if that is a plain one.
    """
    shown = _visible(name or "")
    usable = shown and kind not in NAMELESS
    if usable and not _reveals(shown, revealing):
        return _shortened(shown)
    own = PurePosixPath(shown).suffix[1:].lower()
    suffix = own if own in suffixes or not suffixes else suffixes[0]
    if re.fullmatch(r"[a-z0-9]{1,8}", suffix) and not _reveals(suffix, revealing):
        return f"{kind}.{suffix}"
    return kind


def _visible(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    return "".join(one for one in last if unicodedata.category(one) not in UNSEEN).strip(" .")


def _shortened(name: str) -> str:
    """Cut in the stem: what kind of file it is stays visible."""
    suffix = PurePosixPath(name).suffix[-20:]
    return name if len(name) <= LONGEST else name[: LONGEST - len(suffix)] + suffix


def _reveals(name: str, revealing: Sequence[str]) -> bool:
    """Whether a word, or a part of it, stands in the name, however it is divided and written."""
    whole = _squashed(name)
    return any(word in whole for word in _words(revealing))


def _words(revealing: Sequence[str]) -> Iterator[str]:
    """What must not stand in a name: each word whole, its parts, a phone without its country."""
    for one in revealing:
        whole = _squashed(one)
        yield from (whole[-PHONE:],) if whole.isdecimal() else _parts(one)


def _parts(words: str) -> Iterator[str]:
    for part in (words, *re.split(r"[\W_]+", words)):
        if len(word := _squashed(part)) > 1 and not word.isdecimal():
            yield word


def _squashed(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return "".join(one for one in folded if one.isalnum())
