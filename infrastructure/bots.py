"""The secrets of connected bots: written when a bot is connected, read by the gateway.

Which bots work for a company is told by events; a token is never part of an event. Every change
is announced on the channel `bot` (LISTEN).
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from uuid import UUID

import structlog
from cryptography.exceptions import InvalidTag

from infrastructure.keys import Keys
from infrastructure.postgres import Pool, checkout
from infrastructure.token_box import TokenBox
from interfaces.graphql.bots import BotHasOtherRole, BotIsTaken, BotUser

UNREADABLE: Final = "its secrets cannot be read with LEDGERDESK_SECRET_KEY"

log = structlog.get_logger(__name__)

Introduce: TypeAlias = Callable[[str], Awaitable[BotUser | None]]


@dataclass(frozen=True)
class BotAccount:
    """A connected bot and all that is needed to speak for it; `role` is `client` or `manager`."""

    bot_id: int
    workspace_id: UUID
    role: str
    username: str
    hook_id: str
    token: str = field(repr=False)
    hook_secret: str = field(repr=False)
    service_key: str = field(repr=False)
    failure: str | None = None


class Unreadable(Exception):
    """The secrets of a bot were sealed with a key that is not here, or were changed."""


class BotAccounts:
    """Reads accounts, and marks those whose token Telegram refuses."""

    def __init__(self, pool: Pool, box: TokenBox) -> None:
        self._pool = pool
        self._box = box
        self._unreadable: set[int] = set()

    async def all(self) -> list[BotAccount]:
        """Every connected bot whose secrets can be read, by id; of the others a note is made."""
        async with checkout(self._pool) as connection:
            cursor = await connection.execute(
                "SELECT bot_id, workspace_id, role, username, hook_id, token, hook_secret,"
                " service_key, failure FROM ledger.bot WHERE connected ORDER BY bot_id"
            )
            rows = await cursor.fetchall()
        accounts: list[BotAccount] = []
        for row in rows:
            try:
                accounts.append(self._account(*row))
                self._unreadable.discard(row[0])
            except Unreadable:
                await self._note_unreadable(row[0])
        return accounts

    async def by_hook(self, hook_id: str) -> BotAccount | None:
        """The bot whose webhook has this address; raises Unreadable."""
        async with checkout(self._pool) as connection:
            cursor = await connection.execute(
                "SELECT bot_id, workspace_id, role, username, hook_id, token, hook_secret,"
                " service_key, failure FROM ledger.bot WHERE connected AND hook_id = %s",
                [hook_id],
            )
            row = await cursor.fetchone()
        return self._account(*row) if row else None

    async def mark_failed(self, bot_id: int, failure: str | None) -> None:
        """Note why a bot cannot work, or (None) that it works again."""
        async with checkout(self._pool) as connection:
            await connection.execute(
                "UPDATE ledger.bot SET failure = %s, changed_at = clock_timestamp()"
                " WHERE bot_id = %s AND failure IS DISTINCT FROM %s",
                [failure, bot_id, failure],
            )

    async def _note_unreadable(self, bot_id: int) -> None:
        if bot_id not in self._unreadable:
            self._unreadable.add(bot_id)
            log.error("bot is out of service", bot=bot_id, why=UNREADABLE)
            await self.mark_failed(bot_id, UNREADABLE)

    def _account(  # noqa: PLR0913 - the columns of the table
        self,
        bot_id: int,
        workspace_id: UUID,
        role: str,
        username: str,
        hook_id: str,
        token: bytes,
        hook_secret: bytes,
        service_key: bytes,
        failure: str | None,
    ) -> BotAccount:
        def opened(sealed: bytes, column: str) -> str:
            try:
                return self._box.open(bytes(sealed), place(workspace_id, bot_id, column))
            except (InvalidTag, LookupError, ValueError) as error:
                raise Unreadable(f"{column} of bot {bot_id}") from error

        return BotAccount(
            bot_id=bot_id,
            workspace_id=workspace_id,
            role=role,
            username=username,
            hook_id=hook_id,
            token=opened(token, "token"),
            hook_secret=opened(hook_secret, "hook_secret"),
            service_key=opened(service_key, "service_key"),
            failure=failure,
        )


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


def place(workspace_id: UUID, bot_id: int, column: str) -> str:
    """Where a sealed value belongs."""
    return f"{workspace_id}/bot/{bot_id}/{column}"
