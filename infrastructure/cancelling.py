"""Ends tasks for certain: in Python 3.11 `asyncio.wait_for` may swallow a cancellation.

It does when what it waits for happens at that very moment; psycopg waits by it in every statement.
"""

import asyncio
from collections.abc import Collection
from typing import Any, Final

AGAIN: Final = 0.5  # seconds


async def cancel_all(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Cancel tasks until all of them have ended; what they raised is theirs."""
    waiting = set(tasks)
    while waiting:
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=AGAIN)
    await asyncio.gather(*tasks, return_exceptions=True)
