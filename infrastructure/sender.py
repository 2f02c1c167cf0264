"""The sender: one letter to Telegram, in the form and to the chat that Telegram will take."""

import asyncio
from typing import Any, Final, NamedTuple

import structlog

from infrastructure.attempts import Attempt
from infrastructure.bots import BotAccount
from infrastructure.outbox import Outgoing
from infrastructure.replies import Fate, Verdict, classify
from infrastructure.telegram import Telegram

log = structlog.get_logger(__name__)

SENDING: Final = 15.0  # seconds, in all forms
LAST_FORM: Final = 2.0  # seconds that the last one has in any case
FORMS: Final = 3  # in which a letter may be offered to Telegram at once
UNFORMATTED: Final = ("entities", "caption_entities", "parse_mode")


class Answer(NamedTuple):
    """What became of a letter, and the message that it is now."""

    verdict: Verdict
    message_id: int | None = None


class Sender:
    """Remembers which groups have moved, until the process ends."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._moved: dict[tuple[int, int], int] = {}

    def chat_of(self, attempt: Attempt) -> int:
        """The chat that takes the letters of this lane."""
        lane = (attempt.bot_id, attempt.chat_id)
        return self._moved.get(lane, attempt.chat_id)

    async def send(self, account: BotAccount, attempt: Attempt, letter: Outgoing) -> Answer:
        """Send, and once more in the form that Telegram will take if it names one.

        Raises NotSent or Unanswered.
        """
        clock = asyncio.get_running_loop().time
        params: dict[str, Any] = letter.params
        if self.chat_of(attempt) != attempt.chat_id:
            params = {**params, "chat_id": self.chat_of(attempt)}
        verdict = Verdict(Fate.REFUSED)
        end = clock() + SENDING
        for _ in range(FORMS):
            seconds = max(LAST_FORM, end - clock())
            reply = await self._telegram.call(account.token, letter.method, params, seconds=seconds)
            verdict = classify(reply)
            other = self._other_form(attempt, letter, params, verdict)
            if other is None:
                return Answer(verdict, reply.message_id)
            params = other
        return Answer(verdict._replace(fate=Fate.REFUSED))

    def _other_form(
        self, attempt: Attempt, letter: Outgoing, params: dict[str, Any], verdict: Verdict
    ) -> dict[str, Any] | None:
        match verdict.fate:
            case Fate.MIGRATED if verdict.chat_id is not None:
                log.error("group has moved", bot=attempt.bot_id, to=verdict.chat_id)
                self._moved[attempt.bot_id, attempt.chat_id] = verdict.chat_id
                return {**params, "chat_id": verdict.chat_id}
            case Fate.DETACHED if "reply_parameters" in params:
                return {k: v for k, v in params.items() if k != "reply_parameters"}
            case Fate.UNFORMATTED if any(name in params for name in UNFORMATTED):
                log.error("markup refused", key=letter.key, why=verdict.why)
                return {k: v for k, v in params.items() if k not in UNFORMATTED}
            case _:
                return None
