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
VIOLATIONS_TO_BAN: Final = 10
BAN_SECONDS: Final = 60.0
GRACE_SECONDS: Final = 0.1
"""Seconds of our clock in which what was under way with a refused request is forgiven."""


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
class Quiet:
    """The time between which a refused sender should wait, as fast as the limits pass."""

    since: float
    until: float


@dataclass(slots=True)
class Floods:
    """Counts every sending; refuses the too many only while `on`.

    Whoever does not wait as a 429 asks commits a violation; ten of them ban the bot for a minute.
    """

    clock: Callable[[], float]
    pace: float = 1.0
    on: bool = False
    exceeded: Counter[str] = field(default_factory=Counter[str])
    violations: Counter[int] = field(default_factory=Counter[int])
    """By bot: how often it wrote though it had been told to wait."""
    bans: Counter[int] = field(default_factory=Counter[int])
    _bots: dict[int, Bucket] = field(default_factory=dict[int, Bucket])
    _chats: dict[tuple[int, int], Bucket] = field(default_factory=dict[tuple[int, int], Bucket])
    _groups: dict[tuple[int, int], deque[float]] = field(
        default_factory=dict[tuple[int, int], deque[float]]
    )
    _quiet: dict[tuple[int, int], Quiet] = field(default_factory=dict[tuple[int, int], Quiet])
    _banned: dict[int, float] = field(default_factory=dict[int, float])
    _passed: float = 0.0
    _since: float = 0.0

    def hurry(self, pace: float) -> None:
        """Let the limits pass so many times faster than our clock from now on."""
        self._passed, self._since = self._now(), self.clock()
        self.pace = pace

    def _now(self) -> float:
        return self._passed + (self.clock() - self._since) * self.pace

    def wait_for(self, bot_id: int, chat: Chat, cost: int = 1) -> int:
        """Seconds of our clock to wait before this sending, 0 when it may go now."""
        now = self._now()
        if self.on and (left := self._banned.get(bot_id, 0.0) - now) > 0:
            return self._seconds(left)
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
                return self._refused(bot_id, 0 if which == "bot" else chat.id, now, waits[which])
        bot.level = max(0.0, bot.level - cost)
        if bucket is not None:
            bucket.level = max(0.0, bucket.level - cost)
        if window is not None:
            window.extend([now] * cost)
        return 0

    def _refused(self, bot_id: int, chat_id: int, now: float, wait: float) -> int:
        """Note the refusal; who was refused just now and does not wait is a violator."""
        told = self._seconds(wait)
        quiet = self._quiet.get((bot_id, chat_id))
        if quiet is None or now >= quiet.until:
            until = now + told * self.pace
            self._quiet[bot_id, chat_id] = Quiet(now + GRACE_SECONDS * self.pace, until)
            return told
        quiet.until = max(quiet.until, now + told * self.pace)
        if now <= quiet.since:
            return told
        self.violations[bot_id] += 1
        if self.violations[bot_id] % VIOLATIONS_TO_BAN:
            return told
        self.bans[bot_id] += 1
        self._banned[bot_id] = now + BAN_SECONDS
        return self._seconds(BAN_SECONDS)

    def _seconds(self, wait: float) -> int:
        return max(1, math.ceil(wait / self.pace))


def _window_lacks(window: deque[float], now: float, cost: int) -> float:
    while window and now - window[0] >= MINUTE:
        window.popleft()
    surplus = len(window) + cost - GROUP_PER_MINUTE
    if surplus <= 0:
        return 0.0
    if not window:
        return 0.0
    return window[min(surplus, len(window)) - 1] + MINUTE - now
