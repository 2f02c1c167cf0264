"""The feed: everything that happens in the world, for the page of phones and for tests."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final

from interfaces.sandbox.wire import Json

BACKLOG: Final = 10_000


class Feed:
    """Fans events out to whoever listens; costs nothing while nobody does."""

    def __init__(self) -> None:
        self._listeners: list[asyncio.Queue[Json | None]] = []
        self._closed = False

    @property
    def is_watched(self) -> bool:
        """Whether anybody listens."""
        return bool(self._listeners)

    def tell(self, kind: str, body: Callable[[], Json]) -> None:
        """Pass an event on; the body is only made when somebody listens."""
        if not self._listeners:
            return
        event = {"kind": kind, **body()}
        for listener in self._listeners:
            if listener.full():
                listener.get_nowait()
            listener.put_nowait(event)

    async def events(self) -> AsyncIterator[Json]:
        """Events from now on, until the feed is closed."""
        listener: asyncio.Queue[Json | None] = asyncio.Queue(BACKLOG)
        self._listeners.append(listener)
        try:
            while not self._closed and (event := await listener.get()) is not None:
                yield event
        finally:
            self._listeners.remove(listener)

    def close(self) -> None:
        """End every listener."""
        self._closed = True
        for listener in self._listeners:
            if listener.full():
                listener.get_nowait()
            listener.put_nowait(None)
