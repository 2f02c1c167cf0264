"""The runner: brings one read model up to date, a page and its bookmark in one transaction.

Any number of processes may run it: the one that holds the lease of a build works, the others wait
for the lease. Lease and writes share a connection, so nobody writes who has lost the lease.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import LiteralString, TypeAlias

import psycopg
from psycopg.errors import QueryCanceled

from projections import parking
from projections.builds import Build, Unprojectable, Unwritable
from projections.feed import Connect, Feed, stop_if_cancelled
from projections.log import Entry
from projections.projection import Connection, ReadModel

log = logging.getLogger(__name__)

TURNS = 0.25  # seconds between two looks whether the lease is free
SWITCHED = 0.02  # seconds before the next turn at another build
TIMEOUTS = 3  # as many in a row at one page, and an event of it is to blame
FAULTS_OF_DATA = ("22", "23", "54")  # classes of SQLSTATE: the values, not the connection
SESSION: LiteralString = (
    # Rows are found by their keys, however little the planner knows of a table that is growing;
    # what a crash of the server loses of a page it loses of the bookmark too.
    "SELECT set_config(name, 'off', false) FROM unnest(ARRAY['enable_seqscan', 'enable_hashjoin',"
    " 'enable_mergejoin', 'synchronous_commit', 'jit']) AS name"
)
SERVED: LiteralString = (
    "SELECT b.build, b.version FROM ledger.serving s JOIN ledger.bookmark b USING (build)"
    " WHERE s.model = %s"
)

Faults: TypeAlias = Mapping[int, str]


class LostTurn(Exception):
    """The bookmark is not where this runner left it: another build is served, or another runs."""


class NotPrepared(Exception):
    """The database serves no build, or one of another version, of the read model."""


class Runner:
    """Keeps one read model up to date for as long as `run` runs.

    It follows the build that is served, from switch to switch, or keeps to `build` if given.
    """

    def __init__(
        self, feed: Feed, model: type[ReadModel], connect: Connect, *, build: str | None = None
    ) -> None:
        self.model = model
        self.position = 0
        self.leads = False
        self.build = build
        """The schema of the build that is being kept up to date."""
        self._fixed = build
        self._feed = feed
        self._connect = connect
        self._moved = asyncio.Condition()
        self._timeouts = 0

    async def run(self) -> None:
        """Take turns with other processes, and start again after whatever went wrong."""
        pause = TURNS
        while True:
            stop_if_cancelled()
            before = self.position
            try:
                await self._lead()
            except LostTurn:
                log.info("%s: the build was switched", self.model.name)
                await asyncio.sleep(SWITCHED)
            except Exception:  # it must come back when the database does
                log.warning("%s stopped, trying again", self.model.name, exc_info=True)
                pause = TURNS if self.position > before else min(pause * 2, 5.0)
                await asyncio.sleep(pause)
            finally:
                self.leads = False

    async def reached(self, position: int, within: float = 2.0) -> bool:
        """Wait until this runner has got to a position; False if it has not within the time."""
        try:
            async with asyncio.timeout(within), self._moved:
                await self._moved.wait_for(lambda: self.position >= position)
        except TimeoutError:
            return False
        return True

    async def _lead(self) -> None:
        async with await self._connect() as connection:
            await connection.execute(SESSION)
            build = await self._turn(connection)
            self.leads = True
            while True:
                stop_if_cancelled()
                beat = self._feed.beat
                page = await self._feed.after(self.position)
                if page:
                    await self._take(connection, build, page)
                else:
                    stop_if_cancelled()
                    await self._feed.news(beat)

    async def _turn(self, connection: Connection) -> Build:
        """Wait for the lease of the build that is to be kept; know where its bookmark is."""
        while True:
            stop_if_cancelled()
            build = Build(self.model, self._fixed or await self._served(connection))
            cursor = await connection.execute(
                "SELECT pg_try_advisory_lock(hashtextextended('projection ' || %s, 0))",
                [build.schema],
            )
            if (await _first(cursor)) is True:
                break
            await asyncio.sleep(TURNS)
        self.build = build.schema
        await self._resume(connection)
        return build

    async def _served(self, connection: Connection) -> str:
        cursor = await connection.execute(SERVED, [self.model.name])
        row = await cursor.fetchone()
        if row is None or row[1] != self.model.version:
            raise NotPrepared(
                f"{self.model.name}: version {self.model.version} is not served; migrate or rebuild"
            )
        return str(row[0])

    async def _resume(self, connection: Connection) -> None:
        cursor = await connection.execute(
            "SELECT position FROM ledger.bookmark WHERE build = %s", [self.build]
        )
        position = await _first(cursor)
        if not isinstance(position, int):
            raise LostTurn
        await self._move(position)

    async def _take(self, connection: Connection, build: Build, page: Sequence[Entry]) -> None:
        try:
            await self._isolate(connection, build, page)
        except QueryCanceled as error:
            self._timeouts += 1
            log.warning("%s: page after %s: %s", build.schema, self.position, error)
            if self._timeouts < TIMEOUTS:
                raise
            await self._isolate(connection, build, page, blame=True)
        self._timeouts = 0

    async def _isolate(
        self, connection: Connection, build: Build, page: Sequence[Entry], *, blame: bool = False
    ) -> None:
        """Take a page; if it cannot be taken whole, halve it until the faulty events are alone.

        With `blame` a statement that takes too long is the fault of an event, too.
        """
        faults: dict[int, str] = {}
        while True:
            try:
                await self._commit(connection, build, page, faults)
            except Unprojectable as error:
                faults |= error.faults
                continue
            except (psycopg.Error, Unwritable) as error:
                blamed = _of_data(error) or (blame and isinstance(error, QueryCanceled))
                if not blamed or page[0].position in faults:
                    raise
                if len(page) > 1:
                    half = len(page) // 2
                    await self._isolate(connection, build, page[:half], blame=blame)
                    await self._isolate(connection, build, page[half:], blame=blame)
                    return
                faults[page[0].position] = f"{type(error).__name__}: {error}"
                continue
            return

    async def _commit(
        self, connection: Connection, build: Build, page: Sequence[Entry], faults: Faults
    ) -> None:
        """Bookmark, parked events and tables in one transaction: all of the page or nothing."""
        last = page[-1].position
        async with connection.transaction():
            cursor = connection.cursor(binary=True)
            await cursor.execute(
                "UPDATE ledger.bookmark SET position = %s WHERE build = %s AND position = %s"
                " RETURNING parked",
                [last, build.schema, self.position],
            )
            moved = await cursor.fetchone()
            if moved is None:
                raise LostTurn
            good, bad = await parking.sort(cursor, build, page, faults, parked=moved[0] > 0)
            if bad:
                await parking.park(cursor, build, bad)
            if good:
                await build.apply(cursor, good)
        for entry, why in bad:
            level = logging.INFO if why == parking.BEHIND else logging.ERROR
            log.log(level, "%s: parked the event %s: %s", build.schema, entry.position, why)
        await self._move(last)

    async def _move(self, position: int) -> None:
        async with self._moved:
            self.position = position
            self._moved.notify_all()


def _of_data(error: Exception) -> bool:
    if isinstance(error, psycopg.Error):
        return (error.sqlstate or "").startswith(FAULTS_OF_DATA)
    return isinstance(error, Unwritable)


async def _first(cursor: psycopg.AsyncCursor[tuple[object, ...]]) -> object:
    row = await cursor.fetchone()
    return row[0] if row else None
