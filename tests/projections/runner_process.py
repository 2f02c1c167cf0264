"""A projector in a process of its own, to be killed: `python -m … DSN MODEL…`."""

import asyncio
import sys

from infrastructure.postgres import Role, pool
from projections.feed import Feed
from projections.models import MODELS
from projections.runner import Runner
from tests.projections.conftest import SHORT, projector


async def main(dsn: str, names: list[str]) -> None:
    async with pool(dsn, Role.PROJECTOR, name="victim", max_size=2, limits=SHORT) as writes:
        feed = Feed(writes.connection, projector(dsn), page=100)
        runners = [Runner(feed, MODELS[name], projector(dsn)) for name in names]
        async with asyncio.timeout(60):  # it never outlives its test
            await asyncio.gather(feed.run(), *(runner.run() for runner in runners))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2:]))
