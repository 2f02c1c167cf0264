"""Rounds: variants take turns, callers share the work."""

import asyncio
import gc

from infrastructure.benchmarks.rounds import (
    alternate,
    collecting_as_the_api,
    median_ratio,
    rate,
)


async def test_variants_take_turns_and_the_first_round_does_not_count() -> None:
    played: list[str] = []

    async def play(name: str) -> float:
        played.append(name)
        return float(len(played))

    found = await alternate(2, ours=lambda: play("ours"), theirs=lambda: play("theirs"))
    assert played == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert found == {"ours": [4.0, 5.0], "theirs": [3.0, 6.0]}


def test_a_ratio_is_the_median_of_the_rounds() -> None:
    assert median_ratio([10.0, 30.0, 1000.0], [1.0, 1.0, 1.0]) == 30.0


async def test_all_work_is_done_by_so_many_at_once() -> None:
    done: list[int] = []
    running: set[int] = set()
    most = 0

    async def act(one: int) -> None:
        nonlocal most
        running.add(one)
        most = max(most, len(running))
        await _turn()
        running.discard(one)
        done.append(one)

    assert await rate(range(20), act, 4) > 0
    assert sorted(done) == list(range(20))
    assert most == 4


def test_the_collector_is_as_before_afterwards() -> None:
    found, before = gc.get_threshold(), (701, 11, 12)
    gc.set_threshold(*before)
    try:
        with collecting_as_the_api():
            assert gc.get_threshold() != before
        assert gc.get_threshold() == before
    finally:
        gc.set_threshold(*found)


async def _turn() -> None:
    """Let the others run."""
    await asyncio.sleep(0)
