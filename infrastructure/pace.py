"""How fast a bot may speak: token buckets per bot and per chat, and rests when it was too fast.

In any second a bot says 30 things at most. In any minute it says 18 in a group, where Telegram
takes 20; five of them at once. A private chat gets one a second, three at once.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

REMEMBERED: Final = 50_000  # chats
STORM_CHATS: Final = 3
STORM_SECONDS: Final = 5.0
LONGEST_REST: Final = 60.0
BOT_RATE: Final = 25.0  # a second
BOT_BURST: Final = 5.0
GROUP_MOST: Final = 18
MINUTE: Final = 61.0  # seconds: what we count when it leaves, Telegram counts when it arrives
ENOUGH: Final = 1e-6  # tokens


class TooSoon(Exception):
    """Nothing may be said yet; ask again after so many `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.3f} s too soon")
        self.seconds = seconds


@dataclass(slots=True)
class Bucket:
    """Fills with `rate` tokens a second up to `burst`; may go below zero."""

    rate: float
    burst: float
    tokens: float
    at: float

    def fill(self, now: float) -> float:
        """The tokens at this moment."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return self.tokens

    def lacks(self, now: float, cost: float) -> float:
        """Seconds until there are as many tokens, or as many as there can be."""
        missing = min(cost, self.burst) - self.fill(now)
        return missing / self.rate if missing > ENOUGH else 0.0


@dataclass(slots=True)
class Window:
    """At most `most` within `seconds`, wherever they begin."""

    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque[float])

    def lacks(self, now: float, cost: int) -> float:
        """Seconds until so many more have room."""
        while self.times and now - self.times[0] >= self.seconds:
            self.times.popleft()
        surplus = min(len(self.times) + cost - self.most, len(self.times))
        return self.times[surplus - 1] + self.seconds - now if surplus > 0 else 0.0


@dataclass(slots=True)
class Budget:
    """What one chat may get from one bot; only groups and channels have a window."""

    bucket: Bucket
    window: Window | None
    quiet_until: float = 0.0

    def lacks(self, now: float, cost: int) -> float:
        """Seconds until it can be paid."""
        minute = self.window.lacks(now, cost) if self.window else 0.0
        return max(self.quiet_until - now, self.bucket.lacks(now, cost), minute)

    def pay(self, now: float, cost: int) -> None:
        """Count it, whether it could be paid or not."""
        self.bucket.tokens = self.bucket.fill(now) - cost
        if self.window:
            self.window.times.extend([now] * cost)


class Pace:
    """The limits of Telegram as everybody observes them, `factor` times faster in a sandbox."""

    def __init__(self, factor: float, clock: Callable[[], float]) -> None:
        self.factor = factor
        self._clock = clock
        self._bots: dict[int, Bucket] = {}
        self._chats: OrderedDict[tuple[int, int], Budget] = OrderedDict()
        self._paused: dict[int, float] = {}
        self._throttled: dict[int, deque[tuple[float, int]]] = {}

    def room(self, bot_id: int) -> int:
        """How many letters the bot may send at this moment."""
        now = self._clock()
        if now < self._paused.get(bot_id, 0.0):
            return 0
        return max(0, int(self._bot(bot_id).fill(now) + ENOUGH))

    def spend(self, bot_id: int, chat_id: int, cost: int = 1) -> None:
        """Count what is about to be said, an album by its pieces; raises TooSoon."""
        now = self._clock()
        bot, chat = self._bot(bot_id), self._chat(bot_id, chat_id)
        paused = self._paused.get(bot_id, 0.0) - now
        wait = max(paused, bot.lacks(now, 1), chat.lacks(now, cost))
        if wait > 0:
            raise TooSoon(wait)
        bot.tokens -= cost
        chat.pay(now, cost)

    def rest(self, bot_id: int, chat_id: int) -> float:
        """Seconds until the chat may get one more message."""
        return self._chat(bot_id, chat_id).lacks(self._clock(), 1)

    def throttled(self, bot_id: int, chat_id: int, seconds: float) -> None:
        """Telegram said that a chat was too fast; if it says so of many, the whole bot rests."""
        now = self._clock()
        self._chat(bot_id, chat_id).quiet_until = now + seconds
        recent = self._throttled.setdefault(bot_id, deque(maxlen=100))
        recent.append((now, chat_id))
        if len({chat for at, chat in recent if at > now - STORM_SECONDS}) >= STORM_CHATS:
            self._paused[bot_id] = now + seconds

    def _bot(self, bot_id: int) -> Bucket:
        bucket = self._bots.get(bot_id)
        if bucket is None:
            burst = BOT_BURST * self.factor
            rate = BOT_RATE * self.factor
            bucket = self._bots[bot_id] = Bucket(rate, burst, burst, self._clock())
        return bucket

    def _chat(self, bot_id: int, chat_id: int) -> Budget:
        key = (bot_id, chat_id)
        budget = self._chats.get(key)
        if budget is None:
            budget = self._chats[key] = self._new_budget(private=chat_id > 0)
            if len(self._chats) > REMEMBERED:
                self._chats.popitem(last=False)
        self._chats.move_to_end(key)
        return budget

    def _new_budget(self, *, private: bool) -> Budget:
        now = self._clock()
        if private:
            return Budget(Bucket(self.factor, 3.0, 3.0, now), None)
        window = Window(GROUP_MOST, MINUTE / self.factor)
        return Budget(Bucket(GROUP_MOST / 60 * self.factor, 5.0, 5.0, now), window)


def cost_of(method: str, params: Mapping[str, Any]) -> int:
    """How many messages Telegram counts: of an album each piece."""
    match method:
        case "sendMediaGroup":
            return len(params["media"])
        case "copyMessages":
            return len(params["message_ids"])
        case _:
            return 1
