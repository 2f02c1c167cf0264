"""Several processes start at once on an empty database, and all of them work."""

import asyncio
import json
from contextlib import AsyncExitStack

from tests.log.processes import line, started
from tests.log.saves import ask
from tests.noticing import noticed


async def four_start_at_once(dsn: str, *how: str) -> None:
    async with AsyncExitStack() as stack:
        processes = [
            await stack.enter_async_context(started("tests.log.starter", dsn, f"n{n}", *how))
            for n in range(4)
        ]
        assert [await line(process) for process in processes] == ["ready"] * 4
        said = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
        assert [process.returncode for process in processes] == [0] * 4
    positions = [json.loads(out) for out, _ in said]
    assert len({shared for _, shared in positions}) == 1, "one founded it, all were told so"
    assert {one for both in positions for one in both} == {1, 2, 3, 4, 5}
    assert await ask(dsn, "SELECT count(*) FROM ledger.event_log") == [(5,)]


async def test_four_processes_start_at_once(empty_database: str) -> None:
    await four_start_at_once(empty_database)


async def test_migrating_without_a_lock_is_noticed(empty_database: str) -> None:
    with noticed():
        await four_start_at_once(empty_database, "unlocked")
