"""Care: what is done for each bot from time to time, beside its updates and never in their way."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

import structlog

from infrastructure.bots import BotAccount
from infrastructure.cancelling import cancel_all

log = structlog.get_logger(__name__)

LOOK: Final = 0.25  # seconds
AT_ONCE: Final = 8  # bots
FIRST_REST: Final = 5.0  # seconds after a failure, twice as long after each further one
LONGEST_REST: Final = 300.0

Duty: TypeAlias = Callable[[BotAccount], Awaitable[float]]
"""Done for a bot; returns the seconds until it is due again."""


class Due(NamedTuple):
    """When a bot's duty is due, on the loop's clock; another token makes it due at once."""

    token: str
    at: float
    failures: int


class Care:
    """One duty for all bots that are served here: at first when a bot joins, then when it is due.

    A duty that fails is done again after a rest, and hinders nobody else.
    """

    def __init__(self, name: str, duty: Duty) -> None:
        self._name = name
        self._duty = duty
        self._due: dict[int, Due] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(AT_ONCE)

    async def run(self, serving: Mapping[int, BotAccount], stop: asyncio.Event) -> None:
        """Take care of whoever is served, until told to stop."""
        try:
            while not stop.is_set():
                self._look(serving)
                try:
                    async with asyncio.timeout(LOOK):
                        await stop.wait()
                except TimeoutError:
                    pass
        finally:
            await cancel_all(list(self._tasks.values()))

    def soon(self, bot: BotAccount) -> None:
        """Do the duty for a bot at once, also for one that is not served any more."""
        if bot.bot_id in self._tasks:
            self._due.pop(bot.bot_id, None)  # what is under way may have looked too early
        else:
            self._start(bot)

    def _look(self, serving: Mapping[int, BotAccount]) -> None:
        for bot_id in self._due.keys() - serving.keys():
            del self._due[bot_id]
        now = asyncio.get_running_loop().time()
        for bot in serving.values():
            due = self._due.get(bot.bot_id)
            if due is None or due.token != bot.token or due.at <= now:
                self.soon(bot)

    def _start(self, bot: BotAccount) -> None:
        before = self._due.get(bot.bot_id)
        failures = before.failures if before is not None and before.token == bot.token else 0
        self._due[bot.bot_id] = Due(bot.token, float("inf"), failures)
        name = f"{self._name} {bot.bot_id}"
        task = self._tasks[bot.bot_id] = asyncio.create_task(self._do(bot, failures), name=name)
        task.add_done_callback(lambda _: self._tasks.pop(bot.bot_id, None))

    async def _do(self, bot: BotAccount, failures: int) -> None:
        try:
            async with self._room:
                rest, failures = await self._duty(bot), 0
        except Exception as error:  # noqa: BLE001 - no fault in a duty may end the others
            kind = type(error).__name__
            log.warning("left for later", duty=self._name, bot=bot.username, error=kind)
            rest, failures = min(FIRST_REST * 2**failures, LONGEST_REST), failures + 1
        if bot.bot_id in self._due:
            at = asyncio.get_running_loop().time() + rest
            self._due[bot.bot_id] = Due(bot.token, at, failures)
