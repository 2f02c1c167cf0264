"""A turn: one update of one bot, and the way to the API while it is handled."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias
from uuid import UUID

from aiogram.types import User

from interfaces.telegram.client import LedgerdeskClient


class Account(Protocol):
    """A connected bot; `role` is `client` or `manager`."""

    @property
    def bot_id(self) -> int:
        """The bot's id in Telegram."""
        ...

    @property
    def workspace_id(self) -> UUID:
        """The company that the bot works for."""
        ...

    @property
    def role(self) -> str:
        """Whom the bot speaks with."""
        ...

    @property
    def service_key(self) -> str:
        """The bot's key to the API."""
        ...


Connect: TypeAlias = Callable[[Account, int | None], LedgerdeskClient]
"""The API for a bot that acts for a Telegram user, or for nobody (None)."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What handlers are given; `again` if an earlier process began this update and died.

    `tries` is how often the update was handled before and had to wait.

    Handlers keep nothing: whatever must last is a mutation under `command_id`. What they say to
    people themselves (confirmations, hints, lists) may be lost if the process dies, and is said
    once.
    """

    account: Account
    update_id: int
    again: bool
    connect: Connect
    tries: int = 0

    @property
    def command_id(self) -> str:
        """The same for every try of this update."""
        return f"tg:{self.account.bot_id}:{self.update_id}"

    def acting_for(self, user: User) -> LedgerdeskClient:
        """The API, on behalf of whoever wrote or pressed."""
        return self.connect(self.account, user.id)

    def itself(self) -> LedgerdeskClient:
        """The API, for what the bot saw by itself."""
        return self.connect(self.account, None)

    def said_before(self, *, replayed: bool) -> bool:
        """Whether the confirmation of a command may have been sent by a process that died."""
        return self.again and replayed


def language_of(user: User | None) -> str:
    """The language of a user's Telegram; Russian if it is not told."""
    return (user.language_code if user else None) or "ru"
