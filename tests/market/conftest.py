"""One stage and one company for all stories; what breaks something founds another company."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest_asyncio

from infrastructure.stage import Stage, set_stage
from tests.market.market import Market
from tests.postgres_fixture import Databases

PACE = 60.0  # an hour in a minute, as in the demo: the limits of Telegram are felt


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def stage(databases: Databases) -> AsyncIterator[Stage]:
    """Every role as a process of its own over one database, and the emulator in this process."""
    name = databases.create()
    async with AsyncExitStack() as stack:
        stack.callback(databases.drop, name)
        yield await set_stage(stack, (), pace=PACE, dsn=databases.of(name))


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def company(stage: Stage) -> AsyncIterator[Market]:
    """The company of all stories; nothing that its bots said was against the Bot API."""
    market = await Market.founded(stage)
    yield market
    await market.retire()


@pytest_asyncio.fixture(loop_scope="package")
async def market(company: Market) -> Market:
    """A pipeline of the company with a search stage, for one story."""
    return await company.under()


@pytest_asyncio.fixture(loop_scope="package")
async def alone(stage: Stage) -> AsyncIterator[Market]:
    """A company of its own, for what would be in the way of others."""
    market = await Market.founded(stage)
    yield market
    await market.retire()
