"""How long the API is told the same: until it takes it, or has answered nonsense too often."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from typing import Final, NamedTuple

import structlog

from infrastructure.attempts import Attempt
from infrastructure.outbox import Outgoing
from infrastructure.postgres import Unavailable
from interfaces.telegram.transport import NotNow

log = structlog.get_logger(__name__)

LIMIT: Final = 4.0  # seconds; less than a gateway waits for its work when it is told to stop
TRIES: Final = 5  # at an API that answers nonsense


class Told(NamedTuple):
    """Whether it must be told again, and what went wrong."""

    again: bool
    error: str | None = None


class Telling:
    """Counts the nonsense that came for each letter, until the process ends."""

    def __init__(self) -> None:
        self._nonsense: Counter[int] = Counter()

    async def tell(self, attempt: Attempt, letter: Outgoing, telling: Awaitable[None]) -> Told:
        """Tell the API, with a time limit; never raises."""
        try:
            async with asyncio.timeout(LIMIT):
                await telling
        except (NotNow, Unavailable, TimeoutError) as error:
            return Told(again=True, error=str(error) or "no answer in time")
        except Exception as error:  # noqa: BLE001 - Telegram has done its part: no fault may undo it
            return self._nonsensical(attempt, letter, error)
        self._nonsense.pop(attempt.id, None)
        return Told(again=False)

    def _nonsensical(self, attempt: Attempt, letter: Outgoing, error: Exception) -> Told:
        kind, text = type(error).__name__, repr(error)[:2000]
        self._nonsense[attempt.id] += 1
        if self._nonsense[attempt.id] < TRIES:
            return Told(again=True, error=text)
        del self._nonsense[attempt.id]
        log.error("never reported", key=letter.key, bot=attempt.bot_id, error=kind)
        return Told(again=False, error=f"never reported: {text}")
