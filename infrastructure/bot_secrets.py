"""The secrets of bots, as they are written: when a bot is connected, renewed or forgotten."""

import secrets
from collections.abc import Awaitable, Callable
from typing import TypeAlias
from uuid import UUID

from infrastructure.bots import place
from infrastructure.keys import Keys
from infrastructure.postgres import Pool, checkout
from infrastructure.token_box import TokenBox
from interfaces.graphql.bots import BotHasOtherRole, BotIsTaken, BotUser

Introduce: TypeAlias = Callable[[str], Awaitable[BotUser | None]]


class BotSecrets:
    """Writes accounts: reserved before the desk decides, then connected or forgotten."""

    def __init__(self, pool: Pool, box: TokenBox, keys: Keys, introduce: Introduce) -> None:
        self._pool = pool
        self._box = box
        self._keys = keys
        self._introduce = introduce

    async def introduce(self, token: str) -> BotUser | None:
        """Whose token it is; None when Telegram does not know it."""
        return await self._introduce(token)

    async def reserve(
        self, workspace_id: UUID, bot_id: int, role: str, username: str, token: str
    ) -> None:
        """Keep a bot's token for one workspace, not yet working; of a working bot renew the token.

        Raises BotIsTaken (by another workspace) or BotHasOtherRole.
        """
        if await self._renew(workspace_id, bot_id, role, username, token):
            return
        service_key = await self._keys.bot(workspace_id, bot_id, role, secrets.token_hex(8))

        def sealed(text: str, column: str) -> bytes:
            return self._box.seal(text, place(workspace_id, bot_id, column))

        async with checkout(self._pool) as connection:
            cursor = await connection.execute(
                "INSERT INTO ledger.bot AS b (bot_id, workspace_id, role, username, token,"
                " hook_id, hook_secret, service_key) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
                " ON CONFLICT (bot_id) DO UPDATE SET token = excluded.token, role = excluded.role,"
                " username = excluded.username, service_key = excluded.service_key"
                " WHERE b.workspace_id = excluded.workspace_id AND NOT b.connected",
                [
                    bot_id,
                    workspace_id,
                    role,
                    username,
                    sealed(token, "token"),
                    secrets.token_hex(16),
                    sealed(secrets.token_urlsafe(32), "hook_secret"),
                    sealed(service_key, "service_key"),
                ],
            )
        if cursor.rowcount == 0:
            raise BotIsTaken

    async def _renew(
        self, workspace_id: UUID, bot_id: int, role: str, username: str, token: str
    ) -> bool:
        async with checkout(self._pool) as connection:
            cursor = await connection.execute(
                "UPDATE ledger.bot SET token = %s, username = %s, failure = NULL,"
                " changed_at = clock_timestamp()"
                " WHERE workspace_id = %s AND bot_id = %s AND role = %s AND connected",
                [
                    self._box.seal(token, place(workspace_id, bot_id, "token")),
                    username,
                    workspace_id,
                    bot_id,
                    role,
                ],
            )
            if cursor.rowcount == 1:
                return True
            cursor = await connection.execute(
                "SELECT 1 FROM ledger.bot WHERE workspace_id = %s AND bot_id = %s AND connected",
                [workspace_id, bot_id],
            )
            if await cursor.fetchone() is not None:
                raise BotHasOtherRole
        return False

    async def connect(self, workspace_id: UUID, bot_id: int) -> None:
        """Let the gateway see a reserved bot."""
        async with checkout(self._pool) as connection:
            await connection.execute(
                "UPDATE ledger.bot SET connected = true, changed_at = clock_timestamp()"
                " WHERE workspace_id = %s AND bot_id = %s AND NOT connected",
                [workspace_id, bot_id],
            )

    async def disconnect(self, workspace_id: UUID, bot_id: int) -> None:
        """Forget a bot and revoke its keys."""
        async with checkout(self._pool) as connection:
            await connection.execute(
                "DELETE FROM ledger.bot WHERE workspace_id = %s AND bot_id = %s",
                [workspace_id, bot_id],
            )
        await self._keys.revoke_of_bot(workspace_id, bot_id)

    async def dismiss(self, workspace_id: UUID, *, but: int | None) -> None:
        """Disconnect every bot that works there, but perhaps one."""
        async with checkout(self._pool) as connection:
            cursor = await connection.execute(
                "SELECT bot_id FROM ledger.bot"
                " WHERE workspace_id = %s AND bot_id IS DISTINCT FROM %s",
                [workspace_id, but],
            )
            rows = await cursor.fetchall()
        for (bot_id,) in rows:
            await self.disconnect(workspace_id, bot_id)
