"""Turns: what any process of the installation does one after another."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from infrastructure.postgres import Pool, checkout


class Turns:
    """Lets one order at a time decide about a bot and carry over to its secrets what it decided.

    A turn holds a connection of the pool, which must be no pool that is used within a turn.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @asynccontextmanager
    async def of_bot(self, bot_id: int) -> AsyncGenerator[None]:
        """Wait until it is the caller's turn with this bot; raises Unavailable after 3 s."""
        async with checkout(self._pool) as connection, connection.transaction():
            await connection.execute("SET LOCAL idle_in_transaction_session_timeout = '5s'")
            await connection.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [f"bot {bot_id}"],
            )
            yield
