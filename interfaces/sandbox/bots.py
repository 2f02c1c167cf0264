"""Bots: token, privacy, profile, queue of updates and webhook of each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from interfaces.sandbox.counting import Sequence
from interfaces.sandbox.updates import UpdateQueue
from interfaces.sandbox.users import User
from interfaces.sandbox.wire import Json

if TYPE_CHECKING:
    from interfaces.sandbox.webhooks import Webhook


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


def made_bot(token: str, username: str, first_name: str, clock: Callable[[], float]) -> Bot:
    """A bot for a token `number:secret`; its updates begin at a number derived from it."""
    number, colon, secret = token.partition(":")
    if not (colon and secret and number.isascii() and number.isdigit()):
        message = "a token looks like 123456:secret"
        raise ValueError(message)
    user = User(int(number), first_name or username, username=username, is_bot=True)
    first = 100_000_000 + int(number) * 7919 % 800_000_000
    return Bot(user, token, UpdateQueue(clock, Sequence(first)))
