"""Tasks end when they are told to, even if they miss it the first time."""

import asyncio

import pytest

from infrastructure.cancelling import cancel_all

pytestmark = pytest.mark.asyncio


async def test_a_task_that_misses_its_cancellation_is_cancelled_again() -> None:
    missed: list[str] = []

    async def deaf() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            missed.append("once")
        await asyncio.Event().wait()

    async def faulty() -> None:
        raise ZeroDivisionError

    tasks = [asyncio.create_task(deaf()), asyncio.create_task(faulty())]
    await asyncio.sleep(0)
    await asyncio.wait_for(cancel_all(tasks), 5)
    assert missed == ["once"]
    assert [task.cancelled() for task in tasks] == [True, False]
