"""Read models as they run in a process: a feed, runners, and questions over a pool."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
import pytest_asyncio

from infrastructure.postgres import Limits, Pool, Role, connect, pool
from projections.audit import Audit
from projections.feed import Feed
from projections.freshness import Freshness
from projections.models import MODELS, Models
from projections.projection import Connection, ReadModel
from projections.rebuilding import prepare
from projections.runner import Runner
from tests.postgres_fixture import Databases
from tests.projections.facts import Book, open_book

BUILDS = {name: f"rm_{name}_v{model.version}" for name, model in MODELS.items()}
SHORT = Limits(statement="1s", idle_in_transaction="5s")


async def prepare_all(dsn: str, models: Iterable[type[ReadModel]] = tuple(MODELS.values())) -> None:
    """What `ledgerdesk migrate` does for read models."""
    async with await connect(dsn, Role.OWNER, name="prepare") as owner:
        await prepare(owner, models)


def projector(dsn: str, name: str = "projector") -> Any:
    """Opens connections of the projector."""
    return partial(connect, dsn, Role.PROJECTOR, name=name, limits=SHORT)


class World:
    """A database with a desk's reading pool, a projector's, a feed and any runners."""

    def __init__(self, dsn: str, reads: Pool, writes: Pool, book: Book) -> None:
        self.dsn = dsn
        self.reads = reads
        self.writes = writes
        self.book = book
        self.connect = projector(dsn)
        self.feed = Feed(writes.connection, self.connect)
        self.models = Models.of(reads.connection)
        self.audit = Audit(reads.connection)
        self.freshness = Freshness(reads.connection)
        self.tasks = [asyncio.create_task(self.feed.run())]

    def run(self, *models: type[ReadModel]) -> list[Runner]:
        """Start a runner for each model."""
        runners = [Runner(self.feed, model, self.connect) for model in models]
        self.tasks += [asyncio.create_task(runner.run()) for runner in runners]
        return runners

    async def know(self, *models: str) -> None:
        """Wait until the models hold everything that the book recorded."""
        await self.freshness.reached(self.book.position, models or list(MODELS), within=20)

    async def ask(self, question: str, *told: object) -> list[tuple[Any, ...]]:
        """What a statement of the projector answers."""
        async with self.writes.connection() as connection:
            cursor = await connection.execute(question.encode(), told or None)
            return await cursor.fetchall()

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


@asynccontextmanager
async def world_on(dsn: str) -> AsyncIterator[World]:
    """A world of its own on a prepared database."""
    async with (
        pool(dsn, Role.DESK, name="reads", max_size=6) as reads,
        pool(dsn, Role.PROJECTOR, name="writes", max_size=4) as writes,
    ):
        book = await open_book(dsn)
        world = World(dsn, reads, writes, book)
        try:
            yield world
        finally:
            await world.close()
            await book.connection.close()


@pytest.fixture(scope="session")
def prepared(databases: Databases) -> Iterator[str]:
    """The address of a database with read models, shared by tests that leave no traces."""
    name = databases.create()
    asyncio.run(prepare_all(databases.of(name)))
    yield databases.of(name)
    databases.drop(name)


@pytest_asyncio.fixture
async def questions(prepared: str) -> AsyncIterator[World]:
    """All read models following the shared database."""
    async with world_on(prepared) as world:
        world.run(*MODELS.values())
        yield world


@pytest_asyncio.fixture
async def alone(database: str) -> AsyncIterator[World]:
    """A world in a database of this test alone; nothing runs yet but the feed."""
    await prepare_all(database)
    async with world_on(database) as world:
        yield world


@pytest_asyncio.fixture
async def owner(database: str) -> AsyncIterator[Connection]:
    """A connection of the owner to the database of this test alone."""
    async with await connect(database, Role.OWNER, name="owner") as connection:
        yield connection
