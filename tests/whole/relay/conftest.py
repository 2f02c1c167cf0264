"""One stage for both rehearsals of the relay: fast, and without Telegram's limits."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest_asyncio

from infrastructure.stage import Stage, set_stage

PACE = 200.0  # times faster than Telegram's limits and our waits


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def stage() -> AsyncIterator[Stage]:
    """Postgres, every role as a process of its own, and the emulator in this process."""
    async with AsyncExitStack() as stack:
        yield await set_stage(stack, (), pace=PACE, floods=False)
