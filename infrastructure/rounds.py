"""Rounds: the gateway lets the API look at each desk again, now and then and when it has cause.

The API looks itself (`infrastructure.readiness`) and records what has changed.
"""

from collections.abc import Callable
from typing import Final
from uuid import uuid4

from infrastructure.bots import BotAccount
from infrastructure.care import Duty
from interfaces.telegram.client import LedgerdeskClient

EVERY: Final = 300.0  # seconds
ONCE: Final = float("inf")


def rounds(connect: Callable[[BotAccount], LedgerdeskClient], every: float = EVERY) -> Duty:
    """Look at the desk of a bot: of a manager bot every so many seconds, of a client bot once."""

    async def look(bot: BotAccount) -> float:
        if bot.role == "settings":
            return ONCE
        await connect(bot).check_readiness(f"readiness:{bot.bot_id}:{uuid4().hex}")
        return every if bot.role == "manager" else ONCE

    return look
