"""Between a writer and Postgres: replies that never arrive, and lines that go dead."""

import asyncio
import contextlib
import random
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from psycopg.conninfo import conninfo_to_dict, make_conninfo

COMPLETED, READY = b"C", b"Z"


class Proxy:
    """Listens on a unix socket and passes everything on to the server of `dsn`.

    A reply that says that a statement was completed, and so committed, is dropped together with
    its connection, as often as `cut` (0 to 1) says. While the line is dead, nothing passes.
    """

    def __init__(self, dsn: str, cut: float = 0.0, seed: int = 1) -> None:
        self._given = conninfo_to_dict(dsn)
        self._folder = Path(tempfile.mkdtemp(prefix="ld-proxy-"))
        self._chance = random.Random(seed)
        self._alive = asyncio.Event()
        self._alive.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.dsn = make_conninfo(dsn, host=str(self._folder), port=5432)
        self.cut = cut
        self.cuts = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_unix_server(self._serve, self._folder / ".s.PGSQL.5432")
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()
        shutil.rmtree(self._folder)

    @asynccontextmanager
    async def dead(self) -> AsyncIterator[None]:
        """Nothing passes until the block is left or the line revived; then all that was sent."""
        self._alive.clear()
        try:
            yield
        finally:
            self.revive()

    def revive(self) -> None:
        """Let everything pass again."""
        self._alive.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            server = await self._connect()
            try:
                questions = asyncio.create_task(self._pass_on(reader, server[1]))
                await self._answer(server[0], writer)
                questions.cancel()
                await asyncio.wait([questions])
            finally:
                server[1].close()
        except asyncio.CancelledError:
            pass
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = str(self._given.get("host", "localhost")), self._given.get("port", 5432)
        if host.startswith("/"):
            return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        return await asyncio.open_connection(host, int(port or 5432))

    async def _pass_on(self, reader: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65_536):
                await self._alive.wait()
                to.write(data)
                await to.drain()
        to.close()

    async def _answer(self, reader: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        """Whole replies: up to and with the message that the server is ready for the next."""
        reply, completed = b"", False
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readexactly(5)
                reply += head + await reader.readexactly(int.from_bytes(head[1:], "big") - 4)
                completed |= head[:1] == COMPLETED
                if completed and head[:1] != READY:
                    continue
                if completed and self._chance.random() < self.cut:
                    self.cuts += 1
                    return
                to.write(reply)
                await to.drain()
                reply, completed = b"", False
