"""Searches for posts whose sending ended in doubt: they may be in Telegram after all.

A post shows itself by its automatic copy in the group, an update that becomes `openThread`. A post
of the group itself, or a topic, has no copy: nothing but its own report can tell of it.

The API answers from a read model, which may be late. So a post counts as lost only when Telegram
had time to show it, two looks after that and a second apart did not find it, and every update of
the bot that came before the first of them has been handled. What remains: a read model that is
more than that second behind, or a copy that Telegram shows later than our patience, makes a second
post; the ticket keeps the first one that it hears of.
"""

import asyncio
from typing import Final

from infrastructure.attempts import Attempt, End, Tried, back_off, later
from infrastructure.bots import BotAccount
from infrastructure.inbox import is_behind
from infrastructure.outbox import Outgoing
from infrastructure.postgres import Pool, Unavailable
from infrastructure.reports import Reports
from interfaces.telegram.transport import ApiBroken, NotNow

LOOK: Final = 0.1
LIMIT: Final = 5.0  # seconds of one look
APART: Final = 1.0  # seconds between two looks that agree
TRIES: Final = 5  # at an API that answers nonsense


def is_post(letter: Outgoing) -> bool:
    """Whether a letter is a ticket's post, or its topic, of which there should be one."""
    return letter.report is not None and letter.report["kind"] in {"post", "group_post", "topic"}


class Searches:
    """Remembers since when each post is missing, until the process ends."""

    def __init__(self, reports: Reports, pool: Pool, patience: float) -> None:
        self._reports = reports
        self._pool = pool
        self._patience = max(patience, APART)
        self._missing: dict[int, float] = {}

    async def look(
        self, account: BotAccount, attempt: Attempt, letter: Outgoing, chat_id: int
    ) -> End | None:
        """How the attempt ends; None: the post is not in Telegram, and must be sent again."""
        try:
            async with asyncio.timeout(LIMIT):
                if await self._reports.is_posted(account, letter, chat_id):
                    self._missing.pop(attempt.id, None)
                    return End("sent")
                if await self._is_lost(attempt):
                    del self._missing[attempt.id]
                    return None
        except ApiBroken as error:
            self._missing.pop(attempt.id, None)
            if attempt.attempts + 1 >= TRIES:
                return None
            return later(str(error), back_off(attempt.attempts), tried=Tried.KEPT)
        except (NotNow, Unavailable, TimeoutError) as error:
            self._missing.pop(attempt.id, None)
            return later(str(error), back_off(attempt.attempts), tried=Tried.KEPT)
        return later("looking for the post", LOOK, counted=False, tried=Tried.KEPT)

    async def _is_lost(self, attempt: Attempt) -> bool:
        if (attempt.since or 0.0) < self._patience:
            return False
        now = asyncio.get_running_loop().time()
        missing = now - self._missing.setdefault(attempt.id, now)
        return missing >= APART and not await is_behind(self._pool, attempt.bot_id, missing)
