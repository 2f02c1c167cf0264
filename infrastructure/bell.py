"""A bell that Postgres rings: NOTIFY wakes whoever waits.

It only shortens a wait. A notice may be lost (the session broke, it came too early), so that
everybody who waits here looks for work at least once a second anyway.
"""

import asyncio
from collections import defaultdict
from typing import Self

import psycopg
import structlog

from infrastructure.cancelling import cancel_all
from infrastructure.postgres import Connection, Limits, Role, Unavailable, connect

log = structlog.get_logger(__name__)


class Bell:
    """One session that listens on some channels and sets the events of those who wait."""

    def __init__(self, dsn: str, role: Role, *channels: str) -> None:
        self._dsn = dsn
        self._role = role
        self._channels = channels
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None

    def wake(self, channel: str, event: asyncio.Event) -> None:
        """Set this event whenever the channel rings, and whenever a ring may have been missed."""
        self._waiting[channel].add(event)

    def ring(self, channel: str) -> None:
        """Wake those who wait in this process."""
        for event in self._waiting[channel]:
            event.set()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._listen(), name="bell")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            await cancel_all([self._task])

    async def _listen(self) -> None:
        while True:
            try:
                name = f"bell {' '.join(self._channels)}"
                limits = Limits(statement="0")
                connection = await connect(self._dsn, self._role, name=name, limits=limits)
                async with connection:
                    await self._hear(connection)
            except (Unavailable, psycopg.OperationalError) as error:
                log.warning("bell is silent", error=str(error))
                await asyncio.sleep(0.5)

    async def _hear(self, connection: Connection) -> None:
        for channel in self._channels:
            await connection.execute(f"LISTEN {channel}".encode())
            self.ring(channel)
        async for notice in connection.notifies():
            self.ring(notice.channel)
