"""Connecting bots: Telegram says whose token it is, their secrets are kept apart from events."""

from contextlib import AbstractAsyncContextManager
from typing import NamedTuple, Protocol
from uuid import UUID

from interfaces.graphql.refusals import Declined


class BotIsTaken(Declined):
    """This bot works for another company already."""


class BotHasOtherRole(Declined):
    """This bot works here in the other role; disconnect it first."""


class BotUser(NamedTuple):
    """A bot as Telegram knows it."""

    bot_id: int
    username: str


class BotOffice(Protocol):
    """Where the secrets of bots are kept: reserved before the desk decides, then connected."""

    async def introduce(self, token: str) -> BotUser | None:
        """Whose token it is; None when Telegram does not know it."""
        ...

    async def reserve(
        self, workspace_id: UUID, bot_id: int, role: str, username: str, token: str
    ) -> None:
        """Keep the token, not yet working; raises BotIsTaken or BotHasOtherRole."""
        ...

    async def connect(self, workspace_id: UUID, bot_id: int) -> None:
        """Let a reserved bot work; for one that works already this is nothing."""
        ...

    async def disconnect(self, workspace_id: UUID, bot_id: int) -> None:
        """Forget a bot, also one that was only reserved, and revoke its keys."""
        ...


class BotTurns(Protocol):
    """Turns of those who give orders about the same bot, in any process."""

    def of_bot(self, bot_id: int) -> AbstractAsyncContextManager[None]:
        """To be entered: nobody else decides about the bot meanwhile."""
        ...
