"""What the webhook of Telegram needs of the database."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter

from infrastructure.bots import BotAccounts, Unreadable
from infrastructure.inbox import Arrival, Inbox, chat_of, media_group_of
from infrastructure.postgres import Role, Unavailable, pool
from infrastructure.token_box import TokenBox
from interfaces.webhooks.telegram import Away, Hook, telegram_hooks


@asynccontextmanager
async def telegram_hooks_on(dsn: str, box: TokenBox) -> AsyncGenerator[APIRouter]:
    """The webhook of all connected bots over this database, for as long as the block lasts."""
    async with pool(dsn, Role.DESK, name="ledgerdesk hooks", max_size=4) as connections:
        yield telegram_hooks(TelegramHooks(BotAccounts(connections, box), Inbox(connections)))


class TelegramHooks:
    """Finds hooks among the connected bots, and keeps updates in the inbox."""

    def __init__(self, accounts: BotAccounts, inbox: Inbox) -> None:
        self._accounts = accounts
        self._inbox = inbox

    async def find(self, hook_id: str) -> Hook | None:
        """The bot whose updates come to this address; raises Away."""
        try:
            account = await self._accounts.by_hook(hook_id)
        except (Unavailable, Unreadable) as error:
            raise Away from error
        return Hook(account.bot_id, account.role, account.hook_secret) if account else None

    async def keep(
        self, hook: Hook, update_id: int, update: Mapping[str, Any], body: bytes
    ) -> None:
        """Return when the update is on disk; raises Away."""
        try:
            chat_id, group = chat_of(update, hook.role), media_group_of(update)
            await self._inbox.keep(hook.bot_id, [Arrival(update_id, chat_id, body, group)])
        except Unavailable as error:
            raise Away from error
