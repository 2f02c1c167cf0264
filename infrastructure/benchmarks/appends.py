"""Appends a second: ours, the library's, and bare INSERTs on the same server."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from statistics import median
from typing import LiteralString
from uuid import UUID, uuid4

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from domain.events import encode, topic_of
from infrastructure.benchmarks import library
from infrastructure.benchmarks.ground import Ground
from infrastructure.benchmarks.library import THREADS, Library
from infrastructure.benchmarks.lives import client, news_of, saves
from infrastructure.benchmarks.rounds import alternate, collecting_as_the_api, median_ratio, rate
from infrastructure.benchmarks.rows import Better, Row
from infrastructure.event_log import PostgresLog
from infrastructure.postgres import Role, pool

CALLERS = 32
AIM_TO_LIBRARY = 10.0
AIM_TO_RAW = 0.8

RAW_TABLE: LiteralString = """
    CREATE SEQUENCE raw_id;
    CREATE TABLE raw_log (LIKE ledger.event_log INCLUDING ALL);
    ALTER TABLE raw_log ALTER notification_id SET DEFAULT nextval('raw_id')"""
RAW_INSERT: LiteralString = """
    INSERT INTO raw_log (workspace_id, originator_id, originator_version, topic, state, command_id,
                         actor, cause, recorded_at)
    VALUES (%b, %b, %b, %b, %b, %b, 'bench', NULL, clock_timestamp())"""


async def measure(
    ground: Ground, *, rounds: int = 5, ours: int = 6_000, theirs: int = 600, raw: int = 4_000
) -> list[Row]:
    """One new aggregate of one event an operation; making and encoding it belongs to each side."""
    dsn, other, workspace_id = ground.database(), ground.empty(), uuid4()
    async with AsyncExitStack() as stack:
        threads = stack.enter_context(ThreadPoolExecutor(THREADS))
        peer = stack.enter_context(Library(library.settings(other)))
        reads = await stack.enter_async_context(pool(dsn, Role.DESK, name="bench"))
        log = PostgresLog(dsn, reads)
        await log.start()
        stack.push_async_callback(log.close)
        idle = [await stack.enter_async_context(await _raw(dsn)) for _ in range(CALLERS)]

        async def append(_: int) -> None:
            await log.append(next(saves([client(workspace_id)])))

        async def appended() -> float:
            with collecting_as_the_api():
                return await rate(range(ours), append, CALLERS)

        def saved(_: int) -> None:
            peer.save(client(workspace_id))

        async def saved_by_library() -> float:
            with collecting_as_the_api():
                return await asyncio.to_thread(library.rate, threads, range(theirs), saved)

        async def inserted() -> float:
            with collecting_as_the_api():
                return await rate(range(raw), lambda _: _insert(idle, workspace_id), CALLERS)

        found = await alternate(rounds, ours=appended, library=saved_by_library, raw=inserted)
    figures = {
        "appends_per_s": median(found["ours"]),
        "library_per_s": median(found["library"]),
        "raw_inserts_per_s": median(found["raw"]),
        "callers": CALLERS,
        "rounds": rounds,
    }
    return [
        Row(
            name="appends_to_library",
            ratio=median_ratio(found["ours"], found["library"]),
            aim=AIM_TO_LIBRARY,
            better=Better.HIGHER,
            figures={**figures},
        ),
        Row(
            name="appends_to_raw",
            ratio=median_ratio(found["ours"], found["raw"]),
            aim=AIM_TO_RAW,
            better=Better.HIGHER,
            figures={**figures},
        ),
    ]


async def _raw(dsn: str) -> AsyncConnection[TupleRow]:
    """A bare connection; the first one makes a table of the log's shape with its indexes."""
    connection = await AsyncConnection[TupleRow].connect(dsn, autocommit=True)
    cursor = await connection.execute("SELECT to_regclass('raw_log') IS NULL")
    if await cursor.fetchone() == (True,):
        await connection.execute(RAW_TABLE)
    return connection


async def _insert(idle: list[AsyncConnection[TupleRow]], workspace_id: UUID) -> None:
    """One event by one statement, which commits itself: a single round trip."""
    [event] = news_of(client(workspace_id))
    connection = idle.pop()
    await connection.execute(
        RAW_INSERT,
        [
            event.workspace_id,
            event.originator_id,
            event.originator_version,
            topic_of(event),
            encode(event),
            str(uuid4()),
        ],
        prepare=True,
    )
    idle.append(connection)
