"""Everything in this process for all stories of executors; every story founds a company."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.executors.shop import Shop
from tests.postgres_fixture import Databases
from tests.readiness.living import Living, living


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def town(databases: Databases) -> AsyncIterator[Living]:
    """API, read models, policies, timers, gateway and emulator, over one database."""
    name = databases.create()
    async with living(databases.of(name), reacting=True) as town:
        yield town
    databases.drop(name)


@pytest_asyncio.fixture(loop_scope="package")
async def shop(town: Living, request: pytest.FixtureRequest) -> AsyncIterator[Shop]:
    """A company with orders and a chat of executors; its bots err in nothing.

    A test may say by which rules its deals are offered.
    """
    shop = await Shop.opened(town, **getattr(request, "param", {}))
    yield shop
    await shop.retire()
