"""The feed: one reader of the event log for a whole process; each event is decoded once.

LISTEN first, then pull, and a poll always: a notification only makes it quicker.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import LiteralString, TypeAlias
from uuid import UUID

import psycopg

from projections.log import COLUMNS, Entry, read, stream_of
from projections.projection import Checkout, Connection

Connect: TypeAlias = Callable[[], Awaitable[Connection]]
"""Opens an autocommit connection that belongs to the caller."""

log = logging.getLogger(__name__)

_PULL: LiteralString = (
    "SELECT " + COLUMNS + " FROM ledger.event_log"  # noqa: S608 - constants
    " WHERE notification_id > %s ORDER BY notification_id LIMIT %s"
)


def stop_if_cancelled() -> None:
    """Raise the cancellation of this task that a wait may have swallowed.

    `asyncio.wait_for` of Python 3.11, which connection pools wait with, loses a cancellation that
    comes together with the result: a loop without an end asks here in each turn.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


class FellBehind(Exception):
    """A subscriber was too slow for the stream of events; it may resume after `position`."""

    def __init__(self, position: int) -> None:
        super().__init__(f"too slow: resume after {position}")
        self.position = position


class _Stretch:
    """Decoded events without a gap: `entries` stand directly after the position `start`."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.entries: list[Entry] = []
        self.dry_at = -1  # the beat at which there was nothing more
        self.pulling = asyncio.Lock()

    @property
    def end(self) -> int:
        return self.start + len(self.entries)

    def trim(self, room: int) -> None:
        if (excess := len(self.entries) - room) > 0:
            del self.entries[:excess]
            self.start += excess


class Feed:
    """Pages of the log for everybody in the process who follows it.

    Any number of readers may ask for any positions: those that are near each other share what was
    pulled and decoded. `run` must run as long as anybody waits for news.
    """

    def __init__(  # noqa: PLR0913 - sizes, each with its usual value
        self,
        checkout: Checkout,
        connect: Connect,
        *,
        page: int = 500,
        poll: float = 1.0,
        room: int = 8_000,
        stretches: int = 4,
    ) -> None:
        """`room` events of each of up to `stretches` parts of the log are remembered."""
        self._checkout = checkout
        self._connect = connect
        self.page = page
        self.poll = poll
        self._room = max(room, page)
        self._most = stretches
        self._stretches: list[_Stretch] = []
        self._news = asyncio.Condition()
        self._beat = 0
        self._runs = False
        self._ahead: set[asyncio.Task[None]] = set()
        self._head = 0
        self.decoded = 0
        """How many events were pulled and decoded so far."""

    @property
    def beat(self) -> int:
        """Counts the occasions at which there may have been news."""
        return self._beat

    @property
    def head(self) -> int:
        """The greatest position seen so far."""
        return self._head

    async def after(self, position: int) -> list[Entry]:
        """Up to a page of the events that follow a position; none if there are none yet."""
        stretch = self._stretch(position)
        if position == stretch.end:
            async with stretch.pulling:
                if position == stretch.end:
                    await self._extend(stretch)
        begin = position - stretch.start
        if begin < 0:  # trimmed while this reader waited
            return await self.after(position)
        page = stretch.entries[begin : begin + self.page]
        if len(page) == self.page and begin + self.page == len(stretch.entries):
            self._read_ahead(stretch)
        return page

    async def news(self, since: int) -> int:
        """Wait for news after the beat `since`, which was read BEFORE asking for events."""
        async with self._news:
            await self._news.wait_for(lambda: self._beat > since)
            return self._beat

    async def ring(self) -> None:
        """Let everybody look again: there may be news."""
        async with self._news:
            self._beat += 1
            self._news.notify_all()

    async def run(self) -> None:
        """Ring once LISTEN is active, on every notification and every `poll` seconds, for ever."""
        self._runs = True
        pause = 0.0
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute("LISTEN event_log")
                    pause = 0.0
                    await self._listen(connection)
            except Exception as error:  # noqa: BLE001 - whatever it is, the poll must go on
                log.warning("the feed lost its connection: %s", error)
            stop_if_cancelled()
            await self.ring()
            await asyncio.sleep(pause)
            pause = min(pause * 2 or self.poll / 20, self.poll)

    async def tail(
        self, after: int, *, workspace_id: UUID | None = None, behind: int = 5_000
    ) -> AsyncIterator[list[Entry]]:
        """Events as they come, of one workspace or of all, for ever.

        A subscriber that had caught up and is more than `behind` events late again is cut off by
        FellBehind: nothing is kept for those who do not come to fetch it.
        """
        position, caught_up = after, False
        while True:
            stop_if_cancelled()
            if caught_up and self._head - position > behind:
                raise FellBehind(position)
            beat = self._beat
            page = await self.after(position)
            if not page:
                caught_up = True
                stop_if_cancelled()
                await self.news(beat)
                continue
            position = page[-1].position
            caught_up = caught_up or position == self._head
            own = [e for e in page if workspace_id is None or stream_of(e)[0] == workspace_id]
            if own:
                yield own

    def _stretch(self, position: int) -> _Stretch:
        """The stretch that continues after the position; the one used last stands last."""
        for stretch in self._stretches:
            if stretch.start <= position <= stretch.end:
                self._stretches.remove(stretch)
                self._stretches.append(stretch)
                return stretch
        made = _Stretch(position)
        self._stretches.append(made)
        del self._stretches[: -self._most]
        return made

    def _read_ahead(self, stretch: _Stretch) -> None:
        """Pull what follows while the reader is at work."""

        async def pull(position: int) -> None:
            async with stretch.pulling:
                if position == stretch.end:
                    with suppress(psycopg.Error):  # who needs the page will ask, and be told
                        await self._extend(stretch)

        task = asyncio.create_task(pull(stretch.end))
        self._ahead.add(task)
        task.add_done_callback(self._ahead.discard)

    async def _extend(self, stretch: _Stretch) -> None:
        beat = self._beat
        if stretch.dry_at == beat and self._runs:
            return
        async with self._checkout() as connection:
            cursor = connection.cursor(binary=True)
            await cursor.execute(_PULL, (stretch.end, self.page))
            entries = read(await cursor.fetchall())
        if not entries:
            stretch.dry_at = beat
            return
        self.decoded += len(entries)
        stretch.entries.extend(entries)
        stretch.trim(self._room)
        self._head = max(self._head, stretch.end)

    async def _listen(self, connection: Connection) -> None:
        while True:
            stop_if_cancelled()
            await self.ring()
            async for _ in connection.notifies(timeout=self.poll, stop_after=1):
                pass
