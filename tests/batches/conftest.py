"""A company in a database of the test alone, its read models, and processes that run batches."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeAlias

import pytest
import pytest_asyncio

from infrastructure.batches import BatchRunner
from infrastructure.cancelling import cancel_all
from infrastructure.wiring import desk_on
from projections.batches import Batches
from projections.deals import Deals
from tests.batches.company import Company
from tests.postgres_fixture import Databases
from tests.projections.conftest import World, prepare_all, world_on

Running: TypeAlias = Callable[[], AbstractAsyncContextManager[None]]


@pytest.fixture(scope="session")
def with_models(databases: Databases) -> str:
    """The name of a database with read models, to be copied."""
    name = databases.create()
    asyncio.run(prepare_all(databases.of(name)))
    return name


@pytest.fixture
def dsn(databases: Databases, with_models: str) -> Iterator[str]:
    """The address of a database with read models of this test alone."""
    name = databases.create(with_models)
    yield databases.of(name)
    databases.drop(name)


@pytest_asyncio.fixture
async def world(dsn: str) -> AsyncIterator[World]:
    async with world_on(dsn) as world:
        world.run(Deals, Batches)
        yield world


@pytest_asyncio.fixture
async def company(dsn: str, world: World) -> AsyncIterator[Company]:
    async with desk_on(dsn, name="api") as (desk, _):
        company = Company(world, desk)
        await company.begin()
        yield company


@pytest.fixture
def running(dsn: str) -> Running:
    """Runs batches as a clock process does, for as long as a block lasts."""

    @asynccontextmanager
    async def clock() -> AsyncGenerator[None]:
        async with desk_on(dsn, name="clock") as (desk, pool):
            task = asyncio.create_task(BatchRunner(dsn, desk, pool).run())
            try:
                yield
            finally:
                await cancel_all([task])

    return clock
