"""The clock process: carries out what policies have set for later, and batches."""

import asyncio
from functools import partial

from infrastructure.batches import BatchRunner
from infrastructure.cancelling import cancel_all
from infrastructure.timers import carry_out_due
from infrastructure.wiring import desk_on
from interfaces.clock import ticking


async def serve(dsn: str, stop: asyncio.Event) -> None:
    """Tick until told to stop; any number of these may run."""
    async with (
        desk_on(dsn, name="clock") as (desk, pool),
        desk_on(dsn, name="batches") as mass,  # no timer waits behind thousands of deals
    ):
        carrying_out = asyncio.create_task(BatchRunner(dsn, *mass).run())
        with ticking(partial(carry_out_due, pool, desk)):
            await stop.wait()
        await cancel_all([carrying_out])
