"""Connected bots with their secrets, as the gateway reads them.

Which bots work for a company is told by events; a token is never part of an event. Every change
is announced on the channel `bot` (LISTEN).
"""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, LiteralString
from uuid import UUID

import structlog
from cryptography.exceptions import InvalidTag

from infrastructure.postgres import Pool, checkout
from infrastructure.token_box import TokenBox

INSTALLATION: Final = UUID(int=0)
"""For whom the settings bot works: for no workspace, and for all of them."""
UNREADABLE: Final = "its secrets cannot be read with LEDGERDESK_SECRET_KEY"

SELECT: LiteralString = (
    "SELECT bot_id, workspace_id, role, username, hook_id, token, hook_secret, service_key,"
    " failure, profile FROM ledger.bot"
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class BotAccount:
    """A connected bot and all that is needed to speak for it.

    `role` is `client`, `manager`, `executor`, or `settings` with the workspace INSTALLATION.
    `profile` is a digest of the commands and descriptions that Telegram was told last.
    """

    bot_id: int
    workspace_id: UUID
    role: str
    username: str
    hook_id: str
    token: str = field(repr=False)
    hook_secret: str = field(repr=False)
    service_key: str = field(repr=False)
    failure: str | None = None
    profile: str | None = None


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
            cursor = await connection.execute(SELECT + " WHERE connected ORDER BY bot_id")
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
                SELECT + " WHERE connected AND hook_id = %s",
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

    async def of_workspace(self, workspace_id: UUID) -> list[BotAccount]:
        """The connected bots of one company whose secrets can be read."""
        async with checkout(self._pool) as connection:
            cursor = await connection.execute(
                SELECT + " WHERE connected AND workspace_id = %s ORDER BY bot_id", [workspace_id]
            )
            rows = await cursor.fetchall()
        accounts: list[BotAccount] = []
        for row in rows:
            with suppress(Unreadable):
                accounts.append(self._account(*row))
        return accounts

    async def mark_profile(self, bot_id: int, profile: str) -> None:
        """Note what Telegram was told of a bot's commands and descriptions."""
        async with checkout(self._pool) as connection:
            await connection.execute(
                "UPDATE ledger.bot SET profile = %s WHERE bot_id = %s", [profile, bot_id]
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
        profile: str | None,
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
            profile=profile,
        )


def place(workspace_id: UUID, bot_id: int, column: str) -> str:
    """Where a sealed value belongs."""
    return f"{workspace_id}/bot/{bot_id}/{column}"
