"""How fast a bot may speak: token buckets per bot and per chat, and rests when it was too fast."""

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

REMEMBERED: Final = 50_000  # chats
STORM_CHATS: Final = 3
STORM_SECONDS: Final = 5.0
LONGEST_REST: Final = 60.0


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


class Pace:
    """The limits of Telegram as everybody observes them, `factor` times faster in a sandbox."""

    def __init__(self, factor: float, clock: Callable[[], float]) -> None:
        self.factor = factor
        self._clock = clock
        self._bots: dict[int, Bucket] = {}
        self._chats: OrderedDict[tuple[int, int], Bucket] = OrderedDict()
        self._paused: dict[int, float] = {}
        self._throttled: dict[int, deque[tuple[float, int]]] = {}

    def room(self, bot_id: int) -> int:
        """How many letters the bot may send at this moment."""
        now = self._clock()
        if now < self._paused.get(bot_id, 0.0):
            return 0
        return max(0, int(self._bot(bot_id).fill(now)))

    def spend(self, bot_id: int, chat_id: int) -> float:
        """Count one letter; returns how long the chat must rest after it."""
        now = self._clock()
        bot = self._bot(bot_id)
        bot.fill(now)
        bot.tokens -= 1.0
        chat = self._chat(bot_id, chat_id, now)
        left = chat.fill(now) - 1.0
        chat.tokens = left
        return max(0.0, (1.0 - left) / chat.rate)

    def throttled(self, bot_id: int, chat_id: int, seconds: float) -> None:
        """Telegram said that a chat was too fast; if it says so of many, the whole bot rests."""
        now = self._clock()
        recent = self._throttled.setdefault(bot_id, deque(maxlen=100))
        recent.append((now, chat_id))
        if len({chat for at, chat in recent if at > now - STORM_SECONDS}) >= STORM_CHATS:
            self._paused[bot_id] = now + seconds

    def _bot(self, bot_id: int) -> Bucket:
        bucket = self._bots.get(bot_id)
        if bucket is None:
            rate = 25.0 * self.factor
            bucket = self._bots[bot_id] = Bucket(rate, rate, rate, self._clock())
        return bucket

    def _chat(self, bot_id: int, chat_id: int, now: float) -> Bucket:
        key = (bot_id, chat_id)
        bucket = self._chats.get(key)
        if bucket is None:
            private = chat_id > 0
            rate = (1.0 if private else 18 / 60) * self.factor
            burst = 3.0 if private else 5.0
            bucket = self._chats[key] = Bucket(rate, burst, burst, now)
            if len(self._chats) > REMEMBERED:
                self._chats.popitem(last=False)
        self._chats.move_to_end(key)
        return bucket
