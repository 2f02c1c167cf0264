"""Texts as Telegram counts and marks them: lengths and offsets are UTF-16 units."""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

Entities: TypeAlias = list[dict[str, str | int]]

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
PERSONAL: Final = frozenset({"text_mention"})
CALLING: Final = frozenset({"text_mention", "mention", "bot_command"})
ACCOUNT_LINK: Final = "tg://"
JOINER: Final = "\u2060"
INVISIBLE: Final = re.compile("[\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
MENTION: Final = re.compile(r"(?<!\w)@(?=\w)")
COMMAND: Final = re.compile(r"(?<!\S)/(?=[A-Za-z])")


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def shown(text: str) -> str:
    """A text without signs that nobody sees and that turn it round; lengths stay."""
    return INVISIBLE.sub(JOINER, text)


def disarmed(text: str) -> str:
    """A stranger's text before the staff: it calls nobody and starts no command; lengths stay."""
    return COMMAND.sub("\u2215", MENTION.sub("\uff20", shown(text)))


def without(entities: Sequence[dict[str, str | int]], kinds: frozenset[str]) -> Entities:
    """The entities that are of none of these kinds and lead to no account."""
    return [
        one
        for one in entities
        if one.get("type") not in kinds and not str(one.get("url", "")).startswith(ACCOUNT_LINK)
    ]


def headed(heading: str, text: str, entities: Entities, limit: int) -> tuple[str, Entities]:
    """A text under a bold heading; without the heading if both are longer than may be."""
    if units(heading) + 1 + units(text) > limit:
        return text, entities
    shift = units(heading) + 1
    moved = [{**entity, "offset": int(entity["offset"]) + shift} for entity in entities]
    bold: dict[str, str | int] = {"type": "bold", "offset": 0, "length": units(heading)}
    return f"{heading}\n{text}".rstrip("\n"), [bold, *moved]


def cut(text: str, limit: int) -> str:
    """A text that is no longer than the limit; what is missing is shown by «…»."""
    if units(text) <= limit:
        return text
    return text.encode("utf-16-le")[: max(limit - 1, 0) * 2].decode("utf-16-le", "ignore") + "…"
