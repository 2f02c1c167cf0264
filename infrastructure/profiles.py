"""Profiles: bots get their commands, menu button and descriptions by themselves, in each language.

Telegram is told only what it was not told before: the row of a bot keeps the digest.
"""

from typing import Final, Protocol

import structlog

from infrastructure.bots import BotAccount
from infrastructure.telegram import Telegram, Unanswered
from interfaces.telegram.profiles import profile

log = structlog.get_logger(__name__)

AGAIN: Final = 3600.0  # seconds until somebody looks whether the profile is still the right one
REST: Final = 60.0  # seconds, if Telegram wants a rest and does not say how long
TOO_MANY: Final = 429
REFUSALS: Final = frozenset({400, 403})


class Notes(Protocol):
    """Where it is kept what a bot's profile is."""

    async def mark_profile(self, bot_id: int, profile: str) -> None:
        """Note the digest of what Telegram was told."""
        ...


class Profiles:
    """Tells Telegram what bots say of themselves."""

    def __init__(self, telegram: Telegram, notes: Notes) -> None:
        self._telegram = telegram
        self._notes = notes

    async def see_to(self, bot: BotAccount) -> float:
        """Set a bot's profile unless it is set; returns the seconds until it is looked at again.

        One thing that Telegram refuses leaves the others as they are wanted. Raises NotSent or
        Unanswered: all of it can be said once more.
        """
        sayings, digest = profile(bot.role)
        if bot.profile == digest:
            return AGAIN
        for method, params in sayings:
            reply = await self._telegram.call(bot.token, method, params)
            if reply.status == TOO_MANY:
                return float(reply.parameter("retry_after") or REST)
            if not reply.ok and reply.status not in REFUSALS:
                raise Unanswered(f"{method}: {reply.description}")
            if not reply.ok:
                log.error("not set", bot=bot.username, method=method, why=reply.description)
        await self._notes.mark_profile(bot.bot_id, digest)
        return AGAIN
