"""The clock as a way in: at every tick it has carried out what is due.

APScheduler only ticks. What is due, and that it is done once, stands in Postgres: a tick that is
missed, or that two processes have at once, changes nothing.
"""

from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger(__name__)

EVERY = 0.5  # seconds


@contextmanager
def ticking(carry_out_due: Callable[[], Awaitable[int]]) -> Generator[None]:
    """Call it twice a second while the block lasts; a failure is logged, and the clock goes on."""

    async def tick() -> None:
        try:
            while await carry_out_due():
                pass
        except Exception:  # whatever it is, the clock goes on and the timer stays due
            log.exception("tick failed")

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(  # pyright: ignore[reportUnknownMemberType] - APScheduler has no types
        tick, "interval", seconds=EVERY, coalesce=True, max_instances=1, misfire_grace_time=3600
    )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
