"""Read your writes: an answer that holds everything up to a position, or "not yet"."""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from typing import LiteralString

from projections.projection import Checkout

POLL = 0.02  # seconds

_SERVED: LiteralString = """
    SELECT s.model, b.position
      FROM ledger.serving s JOIN ledger.bookmark b ON b.build = s.build"""


class NotYet(Exception):
    """The read models have not got that far; ask again in a moment, or without a position."""

    def __init__(self, position: int, reached: int) -> None:
        super().__init__(f"position {position} is asked for, {reached} is reached")
        self.position = position
        self.reached = reached


class Freshness:
    """How far the served builds are; questions that wait at the same time share their looks."""

    def __init__(self, checkout: Checkout) -> None:
        self._checkout = checkout
        self._known: dict[str, int] = {}
        self._waiting = 0
        self._look = asyncio.Lock()
        self._looks = 0

    async def reached(self, position: int, models: Collection[str], *, within: float = 2.0) -> None:
        """Return as soon as all of the models hold the position; raises NotYet after `within` s.

        What is asked afterwards, over any connection to the same server, is that new or newer.
        """
        clock = asyncio.get_running_loop().time
        until = clock() + within
        with suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                while clock() < until:
                    await self._refresh()
                    if self._least(models) >= position:
                        return
                    await asyncio.sleep(POLL)
        raise NotYet(position, self._least(models))

    async def positions(self) -> dict[str, int]:
        """The position of each served build, by the name of the read model."""
        await self._refresh()
        return dict(self._known)

    def _least(self, models: Collection[str]) -> int:
        return min((self._known.get(model, 0) for model in models), default=0)

    async def _refresh(self) -> None:
        looks = self._looks
        async with self._look:
            if self._looks > looks + 1:  # a look that began after ours was asked for
                return
            async with self._checkout() as connection:
                rows = await (await connection.execute(_SERVED)).fetchall()
            self._known = {str(model): int(position) for model, position in rows}
            self._looks += 1
