"""Rebuilds a read model from the command line, beside the one that serves."""

import asyncio
from functools import partial

from infrastructure.cancelling import cancel_all
from infrastructure.postgres import Limits, Role, connect, pool
from projections.feed import Feed
from projections.models import MODELS
from projections.rebuilding import Rebuilt, rebuild

UNHURRIED = Limits(statement="0", lock="30s", idle_in_transaction="60s")
PAGE = 2_000  # events: larger pages than when following


class NoSuchModel(Exception):
    """There is no read model of this name."""


async def rebuild_model(dsn: str, name: str) -> Rebuilt:
    """Build it again from the first event and switch; readers notice nothing."""
    if name not in MODELS:
        raise NoSuchModel(f"{name}: choose one of {', '.join(MODELS)}")
    session = partial(connect, dsn, Role.PROJECTOR, limits=UNHURRIED)
    reads = pool(dsn, Role.PROJECTOR, name="ledgerdesk rebuild", max_size=2, limits=UNHURRIED)
    async with reads:
        feed = Feed(
            reads.connection,
            partial(session, name="ledgerdesk rebuild feed"),
            page=PAGE,
            room=2 * PAGE,
        )
        following = asyncio.create_task(feed.run())
        try:
            owner = await connect(dsn, Role.OWNER, name="ledgerdesk rebuild", limits=UNHURRIED)
            async with owner:
                model = MODELS[name]
                return await rebuild(
                    model, owner, feed, partial(session, name="ledgerdesk rebuild")
                )
        finally:
            await cancel_all([following])
