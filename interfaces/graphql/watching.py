"""Watching that whoever listens still may: keys are revoked and people leave in the meantime."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
RECHECK = 5.0  # seconds


class Watch:
    """Looks at the caller of one websocket, at most once in `every` seconds for all who ask."""

    def __init__(self, admit: Callable[[], Awaitable[None]], *, every: float = RECHECK) -> None:
        """`admit` raises why the caller may not listen any longer."""
        self._admit = admit
        self._every = every
        self._due = 0.0
        self._turn = asyncio.Lock()

    async def look(self) -> None:
        """Admit the caller once more if it is time to; raises what `admit` raises."""
        async with self._turn:
            if self._left() <= 0:
                await self._admit()
                self._due = asyncio.get_running_loop().time() + self._every

    async def over(self, pages: AsyncIterator[T]) -> AsyncGenerator[T]:
        """The pages as they come, as long as the caller may have them; looks also while none do."""

        async def following() -> T:
            return await anext(pages)

        await self.look()
        coming = asyncio.create_task(following())
        try:
            while True:
                await asyncio.wait({coming}, timeout=max(0.0, self._left()))
                await self.look()
                if coming.done():
                    yield coming.result()
                    coming = asyncio.create_task(following())
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)

    def _left(self) -> float:
        return self._due - asyncio.get_running_loop().time()
