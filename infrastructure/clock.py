"""The clock process: carries out what policies have set for later."""

import asyncio
from functools import partial

from infrastructure.timers import carry_out_due
from infrastructure.wiring import desk_on
from interfaces.clock import ticking


async def serve(dsn: str, stop: asyncio.Event) -> None:
    """Tick until told to stop; any number of these may run."""
    async with desk_on(dsn, name="clock") as (desk, pool):
        with ticking(partial(carry_out_due, pool, desk)):
            await stop.wait()
