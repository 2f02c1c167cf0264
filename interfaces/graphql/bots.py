"""What only Telegram knows: whose token it is, and whether bots and chats are as a desk needs them.

The secrets of bots are kept apart from events.
"""

from contextlib import AbstractAsyncContextManager
from typing import NamedTuple, Protocol
from uuid import UUID

from interfaces.graphql.refusals import Declined


class BotIsTaken(Declined):
    """This bot works for another company already."""


class BotHasOtherRole(Declined):
    """This bot works here in another role; disconnect it first."""


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


class Premises(NamedTuple):
    """Where the staff of a company works; `surface` is `channel`, `forum` or `group`.

    In the groups `executors_chats` orders for executors are shown.
    """

    workspace_id: UUID
    surface: str
    channel_id: int | None
    group_id: int | None
    executors_chats: tuple[int, ...] = ()


class ChatSeen(NamedTuple):
    """A chat as a manager bot sees it.

    `kind` is Telegram's type (`channel`, `supergroup` …), `linked_id` a channel's discussion group
    or the channel of such a group.
    """

    chat_id: int
    kind: str
    title: str
    linked_id: int | None
    is_forum: bool


TELEGRAM_UNREACHABLE = "telegram_unreachable"
"""Nobody could look: this is no defect of the desk, and nothing to be recorded."""


class Inspector(Protocol):
    """Looks at a company's bots and chats in Telegram, with the bots' own eyes."""

    async def inspect(self, premises: Premises) -> list[str]:
        """What the desk lacks now, as codes of `Lack`; or TELEGRAM_UNREACHABLE alone."""
        ...

    async def chat(self, workspace_id: UUID, chat_id: int) -> ChatSeen | None:
        """A chat that the company's manager bot belongs to; None if it cannot see it."""
        ...

    async def linked_group(self, workspace_id: UUID, channel_id: int) -> int | None:
        """The group with the comments of a channel; None if it has none, or is not seen."""
        ...

    async def is_forum(self, workspace_id: UUID, group_id: int) -> bool:
        """Whether a group has topics; False if it is not seen."""
        ...
