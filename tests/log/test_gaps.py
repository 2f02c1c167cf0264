"""Whoever follows the log sees every event, each once, in the order of the commits."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from math import ceil

import pytest

from infrastructure.postgres import Role, connect
from tests.log.processes import started
from tests.log.saves import ask
from tests.mutants import Change, broken_database
from tests.postgres_fixture import Databases

WRITERS = 4  # processes, with two writers each
EVENTS_A_SAVE = 2.5  # 1 to 5, but every second save of 5 is wrong on purpose
BACKWARDS = """SELECT count(*) FROM (
  SELECT recorded_at < lag(recorded_at) OVER (ORDER BY notification_id) AS turned_back
    FROM ledger.event_log) t WHERE turned_back"""
UNLOCKED: list[Change] = [
    (
        "CREATE FUNCTION append_once(",
        "CREATE SEQUENCE IF NOT EXISTS mutant MINVALUE 0 START 0;\nCREATE FUNCTION append_once(",
    ),
    (
        "PERFORM pg_advisory_xact_lock(4711);\n  SELECT * INTO head FROM log_head;",
        """SELECT * INTO head FROM log_head;
  PERFORM pg_advisory_lock(4711);
  head.last_id := (SELECT last_value FROM mutant);
  PERFORM setval('mutant', head.last_id + cardinality(e_save));
  PERFORM pg_advisory_unlock(4711);
  PERFORM pg_sleep(random() * 0.01);""",
    ),
]
"""Positions are dealt out under the lock, but it is not held until the commit."""


async def follow(dsn: str, ended: asyncio.Event) -> AsyncIterator[int]:
    """Positions as a reader meets them, page after page, until the writers have ended."""
    last = 0
    connection = await connect(dsn, Role.PROJECTOR, name="tail")
    async with connection:
        while True:
            was_ended = ended.is_set()
            cursor = await connection.execute(
                "SELECT notification_id FROM ledger.event_log WHERE notification_id > %s"
                " ORDER BY notification_id LIMIT 1000",
                [last],
            )
            page = [row[0] for row in await cursor.fetchall()]
            for position in page:
                last = position
                yield position
            if not page:
                if was_ended:
                    return
                await asyncio.sleep(0.001)


async def a_reader_misses_nothing(dsn: str, events: int) -> None:
    saves = ceil(events / EVENTS_A_SAVE / WRITERS / 64)
    ended = asyncio.Event()

    async def read() -> list[int]:
        return [position async for position in follow(dsn, ended)]

    async with AsyncExitStack() as stack:
        reader = asyncio.create_task(read())
        writers = [
            await stack.enter_async_context(started("tests.log.writer", dsn, f"writer {n}", saves))
            for n in range(WRITERS)
        ]
        said = [(await process.communicate())[0] for process in writers]
        ended.set()
        seen = await reader
    stored = [row[0] for row in await ask(dsn, "SELECT notification_id FROM ledger.event_log")]
    missed = len(set(stored) - set(seen))
    print(f"{len(stored)} events stored, {missed} missed")  # noqa: T201 - the figure of the run
    assert missed == 0, f"the reader missed {missed}"
    assert seen == list(range(1, len(stored) + 1))
    assert len(stored) >= 0.9 * events
    told = [json.loads(text.splitlines()[-1]) for text in said]
    assert await ask(dsn, "SELECT count(*)::int, sum(last_id)::bigint FROM ledger.command_log") == [
        (sum(one["saves"] for one in told), sum(one["positions"] for one in told))
    ]
    assert len(stored) == sum(one["events"] for one in told)
    assert await ask(dsn, "SELECT last_id FROM ledger.log_head") == [(len(stored),)]
    assert await ask(dsn, BACKWARDS) == [(0,)]


@pytest.mark.proves("P4")
async def test_of_eight_writers_a_reader_misses_nothing(database: str) -> None:
    await a_reader_misses_nothing(database, 20_000)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.proves("P4")
async def test_of_a_million_events_a_reader_misses_nothing(database: str) -> None:
    await a_reader_misses_nothing(database, 1_000_000)


async def test_a_log_whose_lock_does_not_last_until_the_commit_is_noticed(
    databases: Databases,
) -> None:
    with (
        broken_database(databases, *UNLOCKED) as dsn,
        pytest.raises(AssertionError, match=r"the reader missed|== \[\(0,\)\]"),
    ):
        await a_reader_misses_nothing(dsn, 4_000)
