"""The bots of a company, for what one of them cannot do alone."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from infrastructure.bots import BotAccount


class Accounts(Protocol):
    """Which bots are connected."""

    async def all(self) -> Sequence[BotAccount]:
        """Every connected bot; raises Unavailable."""
        ...


class Peers:
    """Finds bots, whichever gateway serves them; `serving` are those of this one."""

    def __init__(self, serving: Mapping[int, BotAccount], accounts: Accounts) -> None:
        self.serving = serving
        self._accounts = accounts

    async def find(self, bot_id: int, workspace_id: UUID) -> BotAccount | None:
        """The bot, if it works for this company; raises Unavailable."""
        account = self.serving.get(bot_id) or await self._elsewhere(bot_id)
        return account if account and account.workspace_id == workspace_id else None

    async def _elsewhere(self, bot_id: int) -> BotAccount | None:
        connected = await self._accounts.all()
        return next((one for one in connected if one.bot_id == bot_id), None)
