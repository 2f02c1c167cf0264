"""A worker of the outbox on a database of its own, and letters for it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
import pytest_asyncio

from infrastructure.attempts import Attempt, End
from infrastructure.bell import Bell
from infrastructure.lanes import Lanes
from infrastructure.outbox import OUTBOX, enqueue
from infrastructure.postgres import Connection, Pool, Role, connect, pool
from interfaces.telegram.calls import Call

ACME = UUID(int=1)
BOT = 4_000_001
ROOM = 16


def letter(key: str, chat_id: int = 1, **about: Any) -> Call:
    return Call(
        workspace_id=ACME,
        bot_id=about.pop("bot_id", BOT),
        chat_id=chat_id,
        method="sendMessage",
        params={"text": key},
        key=key,
        **about,
    )


def everybody(busy: Mapping[int, int]) -> Mapping[int, int]:
    return {BOT: ROOM - busy.get(BOT, 0)}


class Written:
    """Remembers what was worked on; `ends` says how each key ends, in turn, before it is sent."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.attempts: list[Attempt] = []
        self.ends: dict[str, list[End]] = {}
        self.happened = asyncio.Condition()
        self.gate: Callable[[str], Awaitable[None]] | None = None

    async def work(self, attempt: Attempt) -> End:
        key = str(attempt.content[3])
        if self.gate is not None:
            await self.gate(key)
        self.attempts.append(attempt)
        ends = self.ends.get(key)
        async with self.happened:
            self.keys.append(key)
            self.happened.notify_all()
        return ends.pop(0) if ends else End("sent")

    async def wait(self, count: int, seconds: float = 5.0) -> list[str]:
        async with asyncio.timeout(seconds), self.happened:
            await self.happened.wait_for(lambda: len(self.keys) >= count)
        return self.keys


@asynccontextmanager
async def working(
    dsn: str, written: Written, room: Callable[[Mapping[int, int]], Mapping[int, int]] = everybody
) -> AsyncGenerator[Lanes]:
    """A worker, for as long as the block lasts."""
    stop = asyncio.Event()
    async with Bell(dsn, Role.GATEWAY, "outbox") as bell:
        lanes = Lanes(dsn, OUTBOX, written.work, room, bell)
        task = asyncio.create_task(lanes.run(stop))
        try:
            yield lanes
        finally:
            stop.set()
            lanes.wake()
            await task


@pytest.fixture
def written() -> Written:
    return Written()


@pytest_asyncio.fixture
async def projector(database: str) -> AsyncIterator[Connection]:
    async with await connect(database, Role.PROJECTOR, name="policies") as connection:
        yield connection


@pytest_asyncio.fixture
async def gateway(database: str) -> AsyncIterator[Pool]:
    async with pool(database, Role.GATEWAY, name="gateway", max_size=3) as made:
        yield made


@pytest.fixture
def look(database: str) -> Callable[..., list[tuple[Any, ...]]]:
    def rows(query: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(database, autocommit=True) as connection:
            return connection.execute(query.encode(), values).fetchall()

    return rows


async def send(connection: Connection, *letters: Call) -> None:
    """Enqueue in a transaction, as the runner of policies does."""
    async with connection.transaction():
        await enqueue(connection, letters)


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    """Look again and again, for so long at most."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)
