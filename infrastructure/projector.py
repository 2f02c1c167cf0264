"""The projector process: one feed of the log for every read model and every policy."""

import asyncio
from functools import partial

from infrastructure.cancelling import cancel_all
from infrastructure.collecting import spare_what_is_loaded
from infrastructure.event_log import PostgresPast
from infrastructure.policies import PolicyRunner, enrol
from infrastructure.postgres import Limits, Role, connect, pool
from infrastructure.wiring import desk_on, policies
from projections.feed import Feed
from projections.models import MODELS
from projections.runner import Runner

PAGE_LIMITS = Limits(statement="60s", idle_in_transaction="10s")


async def serve(dsn: str, stop: asyncio.Event, settings_bot: int | None = None) -> None:
    """Project and react until told to stop; of several such processes one works at each task."""
    session = partial(connect, dsn, Role.PROJECTOR, limits=PAGE_LIMITS)
    reads = pool(dsn, Role.PROJECTOR, name="ledgerdesk projector", max_size=8, limits=PAGE_LIMITS)
    async with reads, desk_on(dsn, name="policies", connections=2) as (desk, _):
        feed = Feed(reads.connection, partial(session, name="ledgerdesk feed"))
        runners = [
            Runner(feed, model, partial(session, name=f"ledgerdesk {name}"))
            for name, model in MODELS.items()
        ]
        reactions = policies(settings_bot)
        await enrol(reads, reactions)
        reacting = [
            PolicyRunner(policy, feed, reads, PostgresPast(reads), desk) for policy in reactions
        ]
        spare_what_is_loaded()
        tasks = [asyncio.create_task(one.run()) for one in (feed, *runners, *reacting)]
        await stop.wait()
        await cancel_all(tasks)
