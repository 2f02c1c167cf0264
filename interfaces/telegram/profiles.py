"""What bots say of themselves, by role: commands, descriptions, the menu button."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from interfaces.telegram.words import words

COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "client": ("new", "tickets", "history", "language", "help"),
    "manager": (
        *("queue", "my", "clients", "find", "replies", "deals", "newdeal", "board"),
        *("here", "break", "gone", "language", "help"),
    ),
    "executor": ("start", "orders", "phone", "language", "help"),
    "settings": ("start", "desks", "language", "help"),
}
"""The commands of each role, in the order in which they are shown in private chats."""
LANGUAGES: Final = {"": "ru", "en": "en"}
"""What Telegram calls a reader's language (empty: any other), and the language of our texts."""


class Saying(NamedTuple):
    """A call of the Bot API that says one thing of the bot."""

    method: str
    params: Mapping[str, Any]


class Profile(NamedTuple):
    """All that a bot says of itself; `digest` is another one when anything of it is."""

    sayings: tuple[Saying, ...]
    digest: str


@cache
def profile(role: str) -> Profile:
    """How the bots of a role present themselves."""
    sayings = tuple(_sayings(role))
    digest = hashlib.sha256(json.dumps(sayings).encode()).hexdigest()[:16]
    return Profile(sayings, digest)


def _sayings(role: str) -> Iterator[Saying]:
    for code, language in LANGUAGES.items():
        read_by = {"language_code": code} if code else {}
        commands = [
            {"command": name, "description": words(language, f"command_{name}")}
            for name in COMMANDS[role]
        ]
        scope = {"type": "all_private_chats"}
        yield Saying("setMyCommands", {"commands": commands, "scope": scope, **read_by})
        description = words(language, f"profile_{role}_description")
        yield Saying("setMyDescription", {"description": description, **read_by})
        about = words(language, f"profile_{role}_about")
        yield Saying("setMyShortDescription", {"short_description": about, **read_by})
    yield Saying("setChatMenuButton", {"menu_button": {"type": "commands"}})
