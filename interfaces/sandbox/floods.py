"""Flood limits with Telegram's real numbers, on a clock that may run faster than ours."""

import math
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from interfaces.sandbox.chats import Chat

CHAT_PER_SECOND: Final = 1.0
CHAT_BURST: Final = 5.0
BOT_PER_SECOND: Final = 30.0
GROUP_PER_MINUTE: Final = 20
MINUTE: Final = 60.0


@dataclass(slots=True)
class Bucket:
    """Tokens that refill with time."""

    rate: float
    size: float
    level: float
    at: float

    def lacks(self, now: float, cost: float) -> float:
        """Seconds until the cost can be paid; 0 when it can be paid now."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.level >= min(cost, self.size) else (cost - self.level) / self.rate


@dataclass(slots=True)
class Floods:
    """Counts every sending; refuses the too many only while `on`."""

    clock: Callable[[], float]
    pace: float = 1.0
    on: bool = False
    exceeded: Counter[str] = field(default_factory=Counter[str])
    _bots: dict[int, Bucket] = field(default_factory=dict[int, Bucket])
    _chats: dict[tuple[int, int], Bucket] = field(default_factory=dict[tuple[int, int], Bucket])
    _groups: dict[tuple[int, int], deque[float]] = field(
        default_factory=dict[tuple[int, int], deque[float]]
    )

    def wait_for(self, bot_id: int, chat: Chat, cost: int = 1) -> int:
        """Seconds of our clock to wait before this sending, 0 when it may go now."""
        now = self.clock() * self.pace
        bot = self._bots.setdefault(
            bot_id, Bucket(BOT_PER_SECOND, BOT_PER_SECOND, BOT_PER_SECOND, now)
        )
        key = (bot_id, chat.id)
        waits = {"bot": bot.lacks(now, cost)}
        window, bucket = None, None
        if chat.is_private:
            bucket = self._chats.setdefault(
                key, Bucket(CHAT_PER_SECOND, CHAT_BURST, CHAT_BURST, now)
            )
            waits["chat"] = bucket.lacks(now, cost)
        else:
            window = self._groups.setdefault(key, deque())
            waits["group"] = _window_lacks(window, now, cost)
        which = max(waits, key=lambda name: waits[name])
        if waits[which] > 0:
            self.exceeded[f"{which}:{bot_id}:{chat.id}"] += 1
            if self.on:
                return max(1, math.ceil(waits[which] / self.pace))
        bot.level = max(0.0, bot.level - cost)
        if bucket is not None:
            bucket.level = max(0.0, bucket.level - cost)
        if window is not None:
            window.extend([now] * cost)
        return 0


def _window_lacks(window: deque[float], now: float, cost: int) -> float:
    while window and now - window[0] >= MINUTE:
        window.popleft()
    surplus = len(window) + cost - GROUP_PER_MINUTE
    if surplus <= 0:
        return 0.0
    if not window:
        return 0.0
    return window[min(surplus, len(window)) - 1] + MINUTE - now
