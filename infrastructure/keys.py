"""API keys, `kid.secret`: 256 bits of secret, of which the database keeps only the SHA-256.

A key is derived from the secret key and the name of what it was issued for, so that issuing once
more for the same thing gives the same key.
"""

import base64
import hashlib
import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from uuid import UUID

from infrastructure.postgres import Pool, checkout
from infrastructure.token_box import TokenBox
from interfaces.graphql.principals import Key, KeyKind

ROLES = {
    "client": KeyKind.CLIENT_BOT,
    "manager": KeyKind.MANAGER_BOT,
    "executor": KeyKind.EXECUTOR_BOT,
    "settings": KeyKind.SETTINGS_BOT,
}
REMEMBERED = 2_000  # keys
TRUSTED_FOR = 5.0  # seconds until a revoked key is certainly refused


class Keys:
    """Issues, checks and revokes keys; checked ones are remembered for some seconds."""

    def __init__(
        self, pool: Pool, box: TokenBox, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pool = pool
        self._box = box
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, bytes, Key]] = OrderedDict()

    async def operator(self, name: str) -> str:
        """A key that may found workspaces; the same for the same name."""
        return await self._issue(f"operator:{name}", Key(KeyKind.OPERATOR))

    async def admin(self, workspace_id: UUID, name: str) -> str:
        """A key for everything an admin of the workspace may do; the same for the same name."""
        return await self._issue(f"admin:{workspace_id}:{name}", Key(KeyKind.ADMIN, workspace_id))

    async def bot(self, workspace_id: UUID, bot_id: int, role: str, name: str) -> str:
        """A service key of a bot in its role (`client`, `manager`, `executor` or `settings`)."""
        purpose = f"bot:{workspace_id}:{bot_id}:{role}:{name}"
        return await self._issue(purpose, Key(ROLES[role], workspace_id, bot_id), role)

    def invitation(self, workspace_id: UUID, name: str) -> str:
        """The code of an invitation: 32 characters for a link; the same for the same name."""
        derived = self._box.derive(f"invitation:{workspace_id}:{name}")
        return base64.urlsafe_b64encode(derived[:24]).decode()

    async def revoke_of_bot(self, workspace_id: UUID, bot_id: int) -> None:
        """End the life of all keys of a bot; other processes follow within TRUSTED_FOR."""
        async with checkout(self._pool) as connection:
            await connection.execute(
                "UPDATE ledger.api_key SET revoked_at = clock_timestamp()"
                " WHERE workspace_id = %s AND bot_id = %s AND revoked_at IS NULL",
                [workspace_id, bot_id],
            )
        self._known.clear()

    async def key(self, token: str) -> Key | None:
        """Who `kid.secret` belongs to; None if to nobody, or if it was revoked."""
        kid, _, secret = token.partition(".")
        digest = hashlib.sha256(secret.encode()).digest()
        known = self._known.get(kid)
        if known is None or known[0] < self._clock():
            known = await self._look_up(kid)
        if known is None or not hmac.compare_digest(known[1], digest):
            return None
        return known[2]

    async def _look_up(self, kid: str) -> tuple[float, bytes, Key] | None:
        self._known.pop(kid, None)
        async with checkout(self._pool) as connection:
            cursor = await connection.execute(
                "SELECT secret_hash, kind, workspace_id, bot_id, role FROM ledger.api_key"
                " WHERE kid = %s AND revoked_at IS NULL",
                [kid],
            )
            row = await cursor.fetchone()
        if row is None:
            return None
        secret_hash, kind, workspace_id, bot_id, role = row
        named = ROLES[role] if kind == "bot" else KeyKind(kind)
        found = self._clock() + TRUSTED_FOR, bytes(secret_hash), Key(named, workspace_id, bot_id)
        self._known[kid] = found
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return found

    async def _issue(self, purpose: str, key: Key, role: str | None = None) -> str:
        kid = self._box.derive(f"kid:{purpose}")[:8].hex()
        secret = base64.urlsafe_b64encode(self._box.derive(f"secret:{purpose}")).decode()
        secret = secret.rstrip("=")
        async with checkout(self._pool) as connection:
            await connection.execute(
                "INSERT INTO ledger.api_key (kid, secret_hash, kind, workspace_id, bot_id, role)"
                " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (kid) DO NOTHING",
                [
                    kid,
                    hashlib.sha256(secret.encode()).digest(),
                    "bot" if role else str(key.kind),
                    key.workspace_id,
                    key.bot_id,
                    role,
                ],
            )
        return f"{kid}.{secret}"
