"""One stage for all stories of the help desk; every story founds a company of its own."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from infrastructure.stage import Stage, set_stage
from tests.helpdesk.desk import Desk
from tests.helpdesk.owner import Owner
from tests.postgres_fixture import Databases

PACE = 400.0  # times faster than Telegram's limits and our waits


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def stage(databases: Databases) -> AsyncIterator[Stage]:
    """Every role as a process of its own over one database, and the emulator in this process."""
    name = databases.create()
    async with AsyncExitStack() as stack:
        stack.callback(databases.drop, name)
        yield await set_stage(stack, (), pace=PACE, floods=False, dsn=databases.of(name))


@pytest_asyncio.fixture(loop_scope="package")
async def desk(stage: Stage, request: pytest.FixtureRequest) -> AsyncIterator[Desk]:
    """A company that takes tickets, on a surface that a test may name; its bots err in nothing."""
    desk = await Desk.opened(stage, getattr(request, "param", "CHANNEL"))
    yield desk
    await desk.retire()


@pytest_asyncio.fixture(loop_scope="package")
async def owner(stage: Stage) -> Owner:
    """Somebody who has a company and no desk yet."""
    return Owner(stage, stage.world.user("Мария", username=f"maria{len(stage.world.users)}"))
