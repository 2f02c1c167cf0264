"""What goes wrong between Telegram and the bots: updates, calls, and the death of processes."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

import psycopg

from infrastructure.stage import Stage
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.faults import (
    DELAY,
    DROP,
    DUPLICATE,
    ERROR,
    HTML,
    LOSE,
    POISON,
    REORDER,
    Fault,
)
from interfaces.sandbox.world import World
from tests.whole.test_killing import at_work

OF_UPDATES: Final = {DUPLICATE: 0.06, REORDER: 0.06, POISON: 0.03}
OF_CALLS: Final = {LOSE: 0.02, DROP: 0.02, ERROR: 0.02, HTML: 0.02, DELAY: 0.02}
IN_DOUBT = (
    "SELECT count(*) FROM ledger.outbox"
    " WHERE settled_at IS NULL AND tried_at IS NOT NULL AND key LIKE 'message:%'"
)


@dataclass
class Troubles:
    """Faults of the emulator, each about one update or call that is to come."""

    world: World
    chance: random.Random

    def of_update(self, bot: Bot, chat: Chat) -> None:
        """Perhaps meddle with the next message that this bot hears in the chat."""
        self._plan(OF_UPDATES, "message", bot, chat)

    def of_call(self, bot: Bot, chat: Chat) -> None:
        """Perhaps meddle with the next message that this bot sends to the chat."""
        self._plan(OF_CALLS, "sendMessage", bot, chat)

    def _plan(self, odds: dict[str, float], method: str, bot: Bot, chat: Chat) -> None:
        dice = self.chance.random()
        for kind, odd in odds.items():
            dice -= odd
            if dice < 0:
                fault = Fault(kind, method, bot.id, chat.id, delay=self.world.pace * 0.05)
                self.world.faults.plan(fault)
                return

    def happened(self, kind: str) -> int:
        """How many faults of this kind there were."""
        return self.world.faults.happened.get(kind, 0)


@dataclass
class Assassin:
    """Kills roles at random moments, each time when they are at work again.

    It takes `left` lives in all, `least` of each role. `doubts` counts what the gateway was sending
    when it died: Telegram may have taken it.
    """

    stage: Stage
    chance: random.Random
    left: int
    least: int
    doubts: int = 0
    kills: Counter[str] = field(default_factory=Counter[str])

    async def haunt(self, role: str, mercy: float) -> None:
        """Kill a role again and again, within so many seconds after it has come back."""
        self.stage.roles.longest_pause = 0.2
        while self.left > 0 or self.kills[role] < self.least:
            self.left -= 1
            await at_work(self.stage.dsn, role)
            await asyncio.sleep(self.chance.uniform(0.0, mercy))
            await self._kill(role)
            await asyncio.sleep(0.5)

    async def _kill(self, role: str) -> None:
        process = self.stage.roles.running[role]
        self.stage.roles.kill(role)
        await process.wait()
        self.kills[role] += 1
        if role == "gateway":
            self.doubts += await _in_doubt(self.stage.dsn)


async def _in_doubt(dsn: str) -> int:
    """The messages whose sending has begun and not ended."""
    async with await psycopg.AsyncConnection.connect(dsn) as connection:
        row = await (await connection.execute(IN_DOUBT)).fetchone()
        return int(row[0]) if row else 0
