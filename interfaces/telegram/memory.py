"""What a process remembers for a little while; whoever forgets it at a restart loses nothing."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import monotonic
from typing import Final, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

LARGEST: Final = 10_000


class Memory(Generic[Key, Value]):
    """Values for so many seconds; of more than 10,000 the oldest are forgotten sooner."""

    def __init__(self, seconds: float, now: Callable[[], float] = monotonic) -> None:
        self._seconds = seconds
        self._now = now
        self._kept: OrderedDict[Key, tuple[float, Value]] = OrderedDict()

    def get(self, key: Key) -> Value | None:
        """What was kept under the key, if it is not too old."""
        at, value = self._kept.get(key, (None, None))
        return value if at is not None and self._now() < at + self._seconds else None

    def keep(self, key: Key, value: Value) -> None:
        """Remember from now on."""
        self._kept.pop(key, None)
        self._kept[key] = self._now(), value
        if len(self._kept) > LARGEST:
            self._kept.popitem(last=False)
