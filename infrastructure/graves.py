"""Graves: tokens that Telegram has refused rest for a while, so that nobody is asked in vain."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from infrastructure.bots import BotAccount

DEAD_FOR: Final = 300.0  # seconds: then a token that Telegram refused is tried again


@dataclass(slots=True)
class Grave:
    """A refused token: until when it rests, and whether its account tells of it."""

    token: str
    until: float
    noted: bool = False


class Graves:
    """The refused tokens of a fleet; each rests for so many seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._graves: dict[int, Grave] = {}

    def dig(self, account: BotAccount) -> Grave:
        """Let a token rest."""
        grave = Grave(account.token, self._clock() + self._seconds)
        self._graves[account.bot_id] = grave
        return grave

    def hold(self, account: BotAccount) -> bool:
        """Whether the token still rests: not for ever, and not when its account was mended."""
        grave = self._graves.get(account.bot_id)
        if grave is None or grave.token != account.token or self._clock() >= grave.until:
            return False
        return account.failure is not None or not grave.noted
