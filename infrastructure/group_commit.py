"""Group commit: saves that arrive while one call is under way are written together in the next.

One writer task and one autocommit connection a process; one round trip a call; one outcome a save.
Nothing waits for a timer: a lone save leaves at once.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from application.ports import Busy, Conflict, IdReused, OutcomeUnknown, Save, Stored
from domain.events import encode, topic_of
from infrastructure.postgres import Connection, Unavailable

MAX_SAVES = 200
MAX_BYTES = 1_000_000
MAX_WAITING = 5_000
ATTEMPTS = 4
PAUSE = 0.1  # seconds longer before each attempt after a lost connection; none before the second
REPLY_WITHIN = 5.0  # seconds; the function itself gives up its lock after 3

CALL = """SELECT status, outcome, last_id FROM ledger.append_once(
  %b::uuid[], %b::text[], %b::bytea[], %b::text[], %b::text[], %b::bigint[], %b::bigint[],
  %b::int[], %b::uuid[], %b::bigint[], %b::text[], %b::bytea[],
  %b::int[], %b::uuid[], %b::bigint[], %b::text[]) ORDER BY save_no"""

REFUSALS: dict[str, type[Exception]] = {
    "conflict": Conflict,
    "number_taken": Conflict,
    "id_reused": IdReused,
}


class Row(NamedTuple):
    """One encoded event."""

    stream: UUID
    version: int
    topic: str
    state: bytes


@dataclass(slots=True, eq=False)
class Job:
    """A save on its way, with its events encoded before it queues."""

    save: Save
    rows: list[Row]
    answer: asyncio.Future[Stored]
    size: int


@dataclass(slots=True)
class Figures:
    """What the writer has done since it started."""

    calls: int = 0
    saves: int = 0
    refused: int = 0
    reconnects: int = 0


class GroupCommit:
    """The writer of one process; `connect` gives it a session that may append."""

    def __init__(self, connect: Callable[[], Awaitable[Connection]]) -> None:
        self.figures = Figures()
        self._connect = connect
        self._connection: Connection | None = None
        self._waiting: deque[Job] = deque()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closing = False

    async def start(self) -> None:
        """Begin to write what is appended."""
        self._task = asyncio.create_task(self._run(), name="group-commit")

    async def close(self) -> None:
        """Write what waits, then stop."""
        self._closing = True
        self._wake.set()
        if self._task is not None:
            await self._task
        await self._drop_connection()

    async def append(self, save: Save) -> Stored:
        """Record the save; raises Conflict, IdReused, Busy (nothing written) or OutcomeUnknown."""
        if self._closing or len(self._waiting) >= MAX_WAITING:
            raise Busy("the log's queue is full")
        rows = [
            Row(event.originator_id, event.originator_version, topic_of(event), encode(event))
            for event in save.events
        ]
        size = 200 + sum(len(row.state) + 120 for row in rows)
        job = Job(save, rows, asyncio.get_running_loop().create_future(), size)
        self._waiting.append(job)
        self._wake.set()
        return await job.answer

    def _take(self) -> list[Job]:
        """The next call: saves that touch the same stream, or repeat a command id, go apart.

        The second waits one call. It is never refused here: it may be an honest retry.
        """
        batch: list[Job] = []
        later: list[Job] = []
        written: set[object] = set()
        relied_on: set[object] = set()
        size = 0
        while self._waiting and len(batch) < MAX_SAVES and size < MAX_BYTES:
            job = self._waiting.popleft()
            if job.answer.cancelled():
                continue
            workspace = job.save.workspace_id.int  # numbers: an UUID's hash is computed in Python
            writes: set[object] = {(workspace, row.stream.int) for row in job.rows}
            writes.add((workspace, job.save.command_id))
            relies = {(workspace, seen.id.int) for seen in job.save.seen}
            apart = written.isdisjoint(writes) and relied_on.isdisjoint(writes)
            if apart and written.isdisjoint(relies):
                batch.append(job)
                size += job.size
            else:
                later.append(job)
            written |= writes
            relied_on |= relies
        self._waiting.extendleft(reversed(later))
        return batch

    async def _run(self) -> None:
        while True:
            if not self._waiting:
                if self._closing:
                    return
                self._wake.clear()
                await self._wake.wait()
                continue
            batch = self._take()
            if batch:
                try:
                    await self._write(batch)
                except asyncio.CancelledError:
                    _fail(batch, OutcomeUnknown("the writer was stopped"))
                    _fail(list(self._waiting), Busy("the log is closing"))
                    raise

    async def _write(self, batch: list[Job]) -> None:
        try:
            self._settle(batch, await self._send(batch))
        except (Busy, OutcomeUnknown) as error:
            _fail(batch, error)
        except Exception as error:  # noqa: BLE001 - a bad save fails alone and never ends the writer
            if len(batch) == 1:
                _fail(batch, error)
                return
            for job in batch:
                await self._write([job])

    async def _send(self, batch: Sequence[Job]) -> list[tuple[str, str | None, int | None]]:
        """Send the same saves again after a lost connection.

        Those that the lost attempt has written come back as replayed; if its backend still works
        on them, the new call waits for its lock first. What the server refuses to run is `Busy`,
        unless an attempt was lost before: that one may still be written.
        """
        parameters = _columns(batch)
        failure: type[Busy | OutcomeUnknown] = Busy
        problem: Exception | None = None
        for attempt in range(ATTEMPTS):
            if attempt:
                self.figures.reconnects += 1
                await asyncio.sleep(PAUSE * (attempt - 1))
            try:
                return await self._call(parameters)
            except Unavailable as error:  # of connecting: nothing was sent
                problem = error
            except (psycopg.Error, OSError, TimeoutError) as error:
                if isinstance(error, psycopg.Error) and not _is_lost(error, self._connection):
                    if isinstance(error, psycopg.OperationalError):
                        raise failure(str(error)) from error
                    raise
                failure, problem = OutcomeUnknown, error
            await self._drop_connection()
        raise failure(str(problem)) from problem

    async def _call(self, parameters: list[list[Any]]) -> list[tuple[str, str | None, int | None]]:
        if self._connection is None:
            self._connection = await self._connect()
        async with asyncio.timeout(REPLY_WITHIN):
            cursor = await self._connection.execute(CALL, parameters, prepare=True)
            return await cursor.fetchall()

    async def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(psycopg.Error, OSError):
                await connection.close()

    def _settle(self, batch: list[Job], rows: list[tuple[str, str | None, int | None]]) -> None:
        self.figures.calls += 1
        for job, (status, outcome, last) in zip(batch, rows, strict=True):
            if job.answer.done():
                continue
            refusal = REFUSALS.get(status)
            if refusal is not None:
                self.figures.refused += 1
                job.answer.set_exception(refusal(job.save.command_id))
                continue
            self.figures.saves += 1
            replayed = status == "replayed"
            answer = outcome if outcome is not None else job.save.outcome
            job.answer.set_result(Stored(answer, last, replayed))


def _columns(batch: Sequence[Job]) -> list[list[Any]]:
    """Parallel arrays in binary form: a twentieth of the cost of an array of composites."""
    saves = [job.save for job in batch]
    told = [
        (s.workspace_id, s.command_id, s.fingerprint, s.outcome, s.actor, s.cause, s.number)
        for s in saves
    ]
    events = [(n, *row) for n, job in enumerate(batch, 1) for row in job.rows]
    seen = [(n, *stream) for n, save in enumerate(saves, 1) for stream in save.seen]
    return [*_turned(told, 7), *_turned(events, 5), *_turned(seen, 3), [s.series for s in saves]]


def _turned(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


def _is_lost(error: psycopg.Error, connection: Connection | None) -> bool:
    """Whether the connection died (outcome unknown) rather than the statement (nothing written)."""
    if isinstance(error, psycopg.InterfaceError) or connection is None or connection.closed:
        return True
    state = error.sqlstate or ""
    return isinstance(error, psycopg.OperationalError) and (
        not state or state.startswith(("08", "57P"))
    )


def _fail(batch: list[Job], error: Exception) -> None:
    for job in batch:
        if not job.answer.done():
            job.answer.set_exception(error)
