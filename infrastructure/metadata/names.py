"""Under which name a file may be sent."""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

NAMELESS: Final = frozenset({"photo", "voice", "video_note", "sticker"})
"""Kinds of Telegram's media that have no file name: what they are called comes from a phone."""
LONGEST: Final = 120
"""Characters of a name; file systems take 255 bytes."""
UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode's categories of control, formatting (bidi too), private and separating characters."""


def sendable(name: str | None, kind: str, suffixes: Sequence[str] = ()) -> str:
    """The last part of the name without invisible characters, or a neutral one: `document.pdf`.

    `suffixes` are those of the format that the bytes show, the usual one first. Without them a
    neutral name keeps its own suffix if that is a plain one.
    """
    shown = _visible(name or "")
    if shown and kind not in NAMELESS:
        return _shortened(shown)
    own = PurePosixPath(shown).suffix[1:].lower()
    suffix = own if own in suffixes or not suffixes else suffixes[0]
    return f"{kind}.{suffix}" if re.fullmatch(r"[a-z0-9]{1,8}", suffix) else kind


def _visible(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    return "".join(one for one in last if unicodedata.category(one) not in UNSEEN).strip(" .")


def _shortened(name: str) -> str:
    """Cut in the stem: what kind of file it is stays visible."""
    suffix = PurePosixPath(name).suffix[-20:]
    return name if len(name) <= LONGEST else name[: LONGEST - len(suffix)] + suffix
