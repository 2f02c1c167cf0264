"""Bots: token, privacy, profile, queue of updates and webhook of each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Final

from interfaces.sandbox.counting import Sequence
from interfaces.sandbox.updates import UpdateQueue
from interfaces.sandbox.users import User
from interfaces.sandbox.wire import Json, dumps

if TYPE_CHECKING:
    from interfaces.sandbox.webhooks import Webhook


LETTERS: Final = f"{ascii_letters}{digits}_-"


@dataclass(slots=True)
class Profile:
    """What BotFather and the bot itself tell about the bot."""

    commands: dict[str, list[Json]] = field(default_factory=dict[str, list[Json]])
    """By scope and language."""
    names: dict[str, str] = field(default_factory=dict[str, str])
    descriptions: dict[str, str] = field(default_factory=dict[str, str])
    short_descriptions: dict[str, str] = field(default_factory=dict[str, str])
    menu_buttons: dict[int, Json] = field(default_factory=dict[int, Json])
    """By chat; 0 is the default."""
    admin_rights: dict[str, Json] = field(default_factory=dict[str, Json])

    def commands_for(self, chat_id: int, language: str) -> list[Json]:
        """The commands of a private talk: the narrowest scope wins, then the person's language.

        Order: https://core.telegram.org/bots/api#determining-list-of-commands
        """
        scopes: list[Json] = [
            {"type": "chat", "chat_id": chat_id},
            {"type": "all_private_chats"},
            {"type": "default"},
        ]
        names = (scope_key(scope, code) for scope in scopes for code in (language, ""))
        return next((self.commands[name] for name in names if name in self.commands), list[Json]())

    def menu_button(self, chat_id: int) -> Json:
        """The button beside the field of a private talk."""
        default: Json = self.menu_buttons.get(0, {"type": "commands"})
        return self.menu_buttons.get(chat_id, default)

    def told(self, texts: dict[str, str], language: str) -> str:
        """The text in this language, or the one for all others."""
        return texts.get(language) or texts.get("") or ""


def scope_key(scope: Json, language: str) -> str:
    """One name for a scope of commands in a language."""
    kept = {name: scope[name] for name in sorted(scope) if scope[name] is not None}
    return dumps([kept, language]).decode()


@dataclass(slots=True, eq=False)
class Bot:
    """One bot account."""

    user: User
    token: str
    updates: UpdateQueue
    privacy: bool = True
    bot_to_bot: bool = False
    can_manage_bots: bool = False
    numbers: Sequence = field(default_factory=Sequence)
    """Message ids of all its private talks: one sequence per bot."""
    profile: Profile = field(default_factory=Profile)
    webhook: "Webhook | None" = None
    logged_out: bool = False

    @property
    def id(self) -> int:
        """The number before the colon of the token."""
        return self.user.id

    def as_json(self) -> Json:
        """The answer of getMe."""
        return {
            **self.user.as_json(),
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "can_manage_bots": self.can_manage_bots,
        }


def made_token(random: Random, number: int) -> str:
    """A token as BotFather gives it."""
    return f"{number}:AA{''.join(random.choices(LETTERS, k=33))}"


def made_bot(token: str, username: str, first_name: str, clock: Callable[[], float]) -> Bot:
    """A bot for a token `number:secret`; its updates begin at a number derived from it."""
    number, colon, secret = token.partition(":")
    if not (colon and secret and number.isascii() and number.isdigit()):
        message = "a token looks like 123456:secret"
        raise ValueError(message)
    user = User(int(number), first_name or username, username=username, is_bot=True)
    first = 100_000_000 + int(number) * 7919 % 800_000_000
    return Bot(user, token, UpdateQueue(clock, Sequence(first)))
