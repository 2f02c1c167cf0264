"""A writer that is frozen in the middle of its work does not hold up the others."""

import asyncio
import os
import signal
import statistics
import time
from itertools import pairwise
from uuid import uuid4

import pytest

from infrastructure.group_commit import GroupCommit
from tests.log.processes import line, started
from tests.log.saves import notes, writing
from tests.noticing import noticed

FREEZES, FREEZE, PROMISE = 5, 0.4, 0.1
ROUNDS = 3  # a busy machine may spoil one


async def append_for_ever(group: GroupCommit, answered: list[float]) -> None:
    acme, stream = uuid4(), uuid4()
    version = 0
    while True:
        version += 1
        await group.append(notes(acme, f"{stream}:{version}", stream, version))
        answered.append(time.perf_counter())


async def silences(frozen: int, answered: list[float]) -> list[float]:
    """The longest time without any answer, in each of some freezes of a process."""
    longest: list[float] = []
    for _ in range(FREEZES):
        await asyncio.sleep(0.05)
        answered.clear()
        begun = time.perf_counter()
        os.kill(frozen, signal.SIGSTOP)
        await asyncio.sleep(FREEZE)
        moments = [begun, *answered, time.perf_counter()]
        os.kill(frozen, signal.SIGCONT)
        longest.append(max(later - earlier for earlier, later in pairwise(moments)))
    return longest


async def a_frozen_writer_holds_nobody_up(dsn: str, rounds: int, *how: str) -> None:
    async with (
        started("tests.log.writer", dsn, "frozen", 0, *how) as process,
        writing(dsn) as group,
        asyncio.TaskGroup() as tasks,
    ):
        assert await line(process) == "writing"
        answered: list[float] = []
        callers = [tasks.create_task(append_for_ever(group, answered)) for _ in range(8)]
        await asyncio.sleep(0.3)
        medians: list[float] = []
        for _ in range(rounds):
            medians.append(statistics.median(await silences(process.pid, answered)))
            if medians[-1] <= PROMISE:
                break
        for caller in callers:
            caller.cancel()
    print(f"median silence {min(medians) * 1000:.0f} ms")  # noqa: T201 - the figure of the run
    assert min(medians) <= PROMISE


@pytest.mark.proves("P34")
async def test_others_are_silent_for_a_tenth_of_a_second_at_most(database: str) -> None:
    await a_frozen_writer_holds_nobody_up(database, ROUNDS)


async def test_a_lock_that_is_held_between_round_trips_is_noticed(database: str) -> None:
    with noticed():
        await a_frozen_writer_holds_nobody_up(database, 1, "wrapped")
