"""One company that sells, everything of it in this process; every story has people of its own."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.office.sales import Sales
from tests.postgres_fixture import Databases
from tests.readiness.living import Living, living


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def town(databases: Databases) -> AsyncIterator[Living]:
    """API, read models, policies, timers, gateway and emulator, over one database."""
    name = databases.create()
    async with living(databases.of(name), reacting=True) as town:
        yield town
    databases.drop(name)


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def sales(town: Living) -> AsyncIterator[Sales]:
    """A company with a pipeline; nothing that its bots said was against the Bot API."""
    sales = await Sales.opened(town)
    yield sales
    bots = {sales.company.managers_bot.id, sales.company.executors_bot.id}
    wrong = [one.as_json() for one in town.world.journal.violations if one.bot_id in bots]
    assert wrong == []
