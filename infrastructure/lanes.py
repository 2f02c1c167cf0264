"""Lanes: work that keeps its order in each chat, one piece at a time, many chats at once.

Run any number of workers in any number of processes. A lane belongs to a worker for as long as the
worker's session lives: when a process is killed its lanes are free within half a second; a lease
is the backstop for a process that is alive and frozen. Work is done at least once: `Attempt.since`
tells that an earlier try ended without an answer.
"""

import asyncio
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any, Final, TypeAlias

import psycopg
import structlog

from infrastructure.attempts import Attempt, End, Lane, Tried, back_off, endings
from infrastructure.bell import Bell
from infrastructure.cancelling import cancel_all
from infrastructure.postgres import Connection, Limits, Role, Unavailable, connect
from infrastructure.queues import HOLDERS, Queue

log = structlog.get_logger(__name__)

MAX_ATTEMPTS: Final = 8
LEASE: Final = 240.0  # seconds; a piece of work may take half of it
POLL: Final = 1.0
REAPING: Final = 0.4
CROWDED: Final = 0.04  # when a bot has no room: look again
FINISHING: Final = 5.0  # seconds, when told to stop
PURGING: Final = 3600.0
DAYS_KEPT: Final = 30

Work: TypeAlias = Callable[[Attempt], Awaitable[End]]
Room: TypeAlias = Callable[[Mapping[int, int]], Mapping[int, int]]
"""From how many chats of each bot are worked on: how many more may be, for each bot served."""


class Lanes:
    """One worker: claims lanes of a queue, works on them concurrently, settles what ended."""

    def __init__(self, dsn: str, queue: Queue, work: Work, room: Room, bell: Bell) -> None:
        self._dsn = dsn
        self._queue = queue
        self._work = work
        self._room = room
        self._woken = asyncio.Event()
        self._busy: dict[Lane, asyncio.Task[None]] = {}
        self._ended: list[tuple[Lane, int | None, End]] = []
        self._holder = 0
        self._patient_until = 0.0
        bell.wake(queue.name, self._woken)

    def wake(self) -> None:
        """Look for work now."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop; then let what is under way end, for five seconds at most."""
        while not (stop.is_set() and not self._busy and not self._ended):
            try:
                await self._session(stop)
            except (Unavailable, psycopg.OperationalError) as error:
                log.warning("lanes lost the database", queue=self._queue.name, error=str(error))
                if stop.is_set() and self._is_late():
                    await self._abandon()
                await asyncio.sleep(0.2)

    def _is_late(self) -> bool:
        """Whether the database has been away for as long as a stopping worker waits for it."""
        now = asyncio.get_running_loop().time()
        self._patient_until = self._patient_until or now + FINISHING
        return now > self._patient_until

    async def _session(self, stop: asyncio.Event) -> None:
        name = f"{self._queue.name} lanes"
        async with AsyncExitStack() as stack:
            connection = await connect(self._dsn, Role.GATEWAY, name=name, limits=Limits())
            await stack.enter_async_context(connection)
            await self._enrol(connection)
            nurse = asyncio.create_task(self._nurse(), name=f"{name} nurse")
            stack.callback(nurse.cancel)
            while not stop.is_set():
                await self._turn(connection)
                await _event(self._woken, POLL)
                if nurse.done():
                    nurse.result()
            await self._finish(connection)

    async def _enrol(self, connection: Connection) -> None:
        """Become a holder of lanes, and go on holding those that are being worked on."""
        await connection.execute("SET synchronous_commit = off")
        cursor = await connection.execute(
            "SELECT n, pg_advisory_lock(%s, n) FROM (SELECT nextval('ledger.lane_worker')::int)"
            " AS worker (n)",
            [HOLDERS],
        )
        row = await cursor.fetchone()
        before, self._holder = self._holder, int(row[0]) if row else 0
        told = {"holder": self._holder, "before": before, **_columns([*self._own()])}
        await connection.execute(self._queue.adopt, told)

    async def _nurse(self) -> None:
        """Free the lanes of the dead, and forget what was settled long ago."""
        purged = 0.0
        clock = asyncio.get_running_loop().time
        name = f"{self._queue.name} nurse"
        async with await connect(self._dsn, Role.GATEWAY, name=name) as connection:
            while True:
                freed = await connection.execute(self._queue.reap, {"holders": HOLDERS})
                if freed.rowcount:
                    self._woken.set()
                if clock() > purged + PURGING:
                    purged = clock()
                    await self._queue.purge(connection, days=DAYS_KEPT)
                await asyncio.sleep(REAPING)

    async def _turn(self, connection: Connection) -> None:
        """Settle what ended and claim what is free, in one round trip."""
        self._woken.clear()
        ended, self._ended = self._ended, []
        rooms = self._rooms()
        try:
            rows = await self._exchange(connection, ended, rooms)
        except BaseException:  # cancelled too: what ended waits to be settled
            self._ended = ended + self._ended
            raise
        self._rest(ended)
        own = self._own()
        for bot_id, chat_id, id_, attempts, since, *content in rows:
            if (bot_id, chat_id) in own:
                continue  # others freed it while we had no session: it goes on as it is
            if id_ is None:
                self._ended.append(((bot_id, chat_id), None, End("nothing")))
                self._woken.set()
                continue
            attempt = Attempt(bot_id, chat_id, id_, attempts, since, tuple(content))
            task = asyncio.create_task(self._attempt(attempt))
            self._busy[(bot_id, chat_id)] = task

    def _own(self) -> set[Lane]:
        """The lanes that are worked on, or are yet to be settled."""
        return {*self._busy, *(lane for lane, *_ in self._ended)}

    def _rooms(self) -> dict[int, int]:
        busy = Counter(bot_id for bot_id, _ in self._busy)
        rooms = self._room(busy)
        free = {bot_id: room for bot_id, room in rooms.items() if room > 0}
        if len(free) < len(rooms):
            asyncio.get_running_loop().call_later(CROWDED, self._woken.set)
        return free

    async def _exchange(
        self,
        connection: Connection,
        ended: Sequence[tuple[Lane, int | None, End]],
        rooms: Mapping[int, int],
    ) -> list[tuple[Any, ...]]:
        wanted = {
            "bots": list(rooms),
            "rooms": list(rooms.values()),
            "holder": self._holder,
            "lease": LEASE,
        }
        if not ended and not rooms:
            return []
        if not ended:
            claimed = await connection.execute(self._queue.claim, wanted, prepare=True)
            return await claimed.fetchall()
        async with connection.pipeline(), connection.transaction():
            if self._queue.lasting:
                await connection.execute("SET LOCAL synchronous_commit = on")
            await self._settle(connection, ended)
            claimed = await connection.execute(self._queue.claim, wanted, prepare=True)
        return await claimed.fetchall()

    async def _settle(
        self, connection: Connection, ended: Sequence[tuple[Lane, int | None, End]]
    ) -> None:
        lanes = {
            "holder": self._holder,
            "rests": [end.rest for *_, end in ended],
            **_columns([lane for lane, *_ in ended]),
        }
        items = [(id_, end) for _, id_, end in ended if id_ is not None]
        await connection.execute(self._queue.hold, lanes, prepare=True)
        if items:
            await connection.execute(self._queue.settle, endings(items), prepare=True)
        await connection.execute(self._queue.release, lanes, prepare=True)

    def _rest(self, ended: Sequence[tuple[Lane, int | None, End]]) -> None:
        """Wake up when the lanes have rested."""
        loop = asyncio.get_running_loop()
        for *_, end in ended:
            if 0 < end.rest < POLL:
                loop.call_later(end.rest + 0.002, self._woken.set)

    async def _attempt(self, attempt: Attempt) -> None:
        try:
            async with asyncio.timeout(LEASE / 2):
                end = await self._work(attempt)
        except Exception as error:  # noqa: BLE001 - whatever it is, the lane must go on
            where = "".join(traceback.format_tb(error.__traceback__)[-4:])
            kind = type(error).__name__
            log.error("work failed", queue=self._queue.name, id=attempt.id, error=kind, at=where)  # noqa: TRY400
            given_up = attempt.attempts + 1 >= MAX_ATTEMPTS
            end = End(
                self._queue.given_up if given_up else None,
                repr(error)[:2000],
                0.0 if given_up else back_off(attempt.attempts),
                tried=Tried.NOW,
            )
        lane = (attempt.bot_id, attempt.chat_id)
        del self._busy[lane]
        self._ended.append((lane, attempt.id, end))
        self._woken.set()

    async def _finish(self, connection: Connection) -> None:
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=FINISHING)
        ended = await self._abandon()
        if not ended:
            return
        try:
            async with connection.transaction():
                await self._settle(connection, ended)
        except BaseException:  # cancelled too: what ended waits to be settled
            self._ended = ended
            raise

    async def _abandon(self) -> list[tuple[Lane, int | None, End]]:
        """Stop what is under way; others will find it begun."""
        await cancel_all(list(self._busy.values()))
        self._busy.clear()
        ended, self._ended = self._ended, []
        return ended


def _columns(lanes: Sequence[Lane]) -> dict[str, list[int]]:
    return {"bots": [bot for bot, _ in lanes], "chats": [chat for _, chat in lanes]}


async def _event(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
