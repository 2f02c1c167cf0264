"""Between gateways and several APIs: connections are shared out, and some answers never arrive."""

import asyncio
from random import Random
from typing import Final, Self

CHUNK: Final = 65_536
RETRY: Final = 0.05


class Balancer:
    """Listens on loopback and passes each connection on to one of the APIs, whichever lives.

    Of the answers to requests that hold `marked`, so many (0 to 1) as `loses` says are dropped with
    their connection: what was asked has been done, and who asked does not know.
    """

    def __init__(self, marked: bytes, chance: Random) -> None:
        self._marked = marked
        self._chance = chance
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.ports: list[int] = []
        self.loses = 0.0
        self.lost = 0
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            answers, questions = await self._reach()
            passing = Passing(self, questions, writer)
            both = [
                asyncio.ensure_future(passing.ask(reader)),
                asyncio.ensure_future(passing.answer(answers)),
            ]
            try:
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for one in both:
                    one.cancel()
                await asyncio.gather(*both, return_exceptions=True)
                questions.close()
        except asyncio.CancelledError:
            pass
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while True:
            for port in self._chance.sample(self.ports, len(self.ports)):
                try:
                    return await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    continue
            await asyncio.sleep(RETRY)

    def drops(self, request: bytes) -> bool:
        """Whether the answer to this request is to be lost."""
        dropped = self._marked in request and self._chance.random() < self.loses
        self.lost += dropped
        return dropped


class Passing:
    """One connection: a request, its answer, the next request."""

    def __init__(
        self, balancer: Balancer, api: asyncio.StreamWriter, asker: asyncio.StreamWriter
    ) -> None:
        self._balancer = balancer
        self._api = api
        self._asker = asker
        self._request = b""

    async def ask(self, reader: asyncio.StreamReader) -> None:
        """Pass on what the gateway says, until it has no more to say."""
        while data := await reader.read(CHUNK):
            self._request += data
            self._api.write(data)
            await self._api.drain()

    async def answer(self, reader: asyncio.StreamReader) -> None:
        """Pass on what the API says, until it has no more to say or an answer is lost."""
        while data := await reader.read(CHUNK):
            request, self._request = self._request, b""
            if request and self._balancer.drops(request):
                return
            self._asker.write(data)
            await self._asker.drain()
