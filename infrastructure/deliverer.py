"""Delivers letters: sends them at Telegram's pace, judges the replies, reports what arrived.

A letter is settled after its report. What Telegram did not execute is sent again for as long as it
takes; what may have been executed is sent again at once if that changes nothing (edits, deletions,
answers), after ten seconds if it relays what somebody said (a rare duplicate is better than a
loss), and, if it is a ticket's post, only when its automatic copy has not appeared in the group.
"""

import random
from collections.abc import Mapping
from typing import Any, Final

import structlog

from infrastructure import outbox
from infrastructure.attempts import Attempt, End, Tried, back_off, later
from infrastructure.bots import BotAccount
from infrastructure.outbox import Outgoing
from infrastructure.pace import LONGEST_REST, Pace
from infrastructure.postgres import Pool
from infrastructure.replies import Fate, Verdict, classify
from infrastructure.reports import Reports
from infrastructure.telegram import NotSent, Telegram, Unanswered
from interfaces.telegram.transport import ApiBroken, NotNow

log = structlog.get_logger(__name__)

IN_FLIGHT: Final = 16  # chats of one bot
PATIENCE: Final = 10.0  # seconds, after a try that may have succeeded
LEAST_PATIENCE: Final = 1.0  # however fast Telegram is, our own read models take their time
LOOK: Final = 0.1
FORMS: Final = 3  # in which a letter may be offered to Telegram at once
REPEATABLE: Final = ("edit", "delete", "answer", "set", "pin", "unpin")
UNFORMATTED: Final = ("entities", "caption_entities", "parse_mode")


class Deliverer:
    """Works on the outbox for the bots that `serving` holds at the moment."""

    def __init__(
        self,
        telegram: Telegram,
        reports: Reports,
        serving: Mapping[int, BotAccount],
        pace: Pace,
        pool: Pool,
    ) -> None:
        self._telegram = telegram
        self._reports = reports
        self._serving = serving
        self._pace = pace
        self._pool = pool

    def room(self, busy: Mapping[int, int]) -> Mapping[int, int]:
        """How many more chats of each bot may get a letter now."""
        return {
            bot_id: min(IN_FLIGHT - busy.get(bot_id, 0), self._pace.room(bot_id))
            for bot_id in self._serving
        }

    async def work(self, attempt: Attempt) -> End:
        """Deliver one letter."""
        letter = outbox.of_attempt(attempt)
        account = self._serving.get(attempt.bot_id)
        if account is None:
            return later("the bot is not served here", 1.0, counted=False, tried=Tried.KEPT)
        try:
            if letter.message_id is not None:
                return await self._report(account, attempt, letter, letter.message_id, 0.0)
            if attempt.since is not None and _is_post(letter):
                return await self._look(account, attempt, letter)
            return await self._deliver(account, attempt, letter)
        except (NotNow, ApiBroken) as error:
            return later(str(error), back_off(attempt.attempts), tried=Tried.KEPT)

    async def _look(self, account: BotAccount, attempt: Attempt, letter: Outgoing) -> End:
        """Wait for the sign that a post is out; without one send it again."""
        if await self._reports.is_posted(account, letter):
            return End("sent")
        patience = max(PATIENCE / self._pace.factor, LEAST_PATIENCE)
        if (attempt.since or 0.0) < patience:
            return later("looking for the post", LOOK, counted=False, tried=Tried.KEPT)
        return await self._deliver(account, attempt, letter)

    async def _deliver(self, account: BotAccount, attempt: Attempt, letter: Outgoing) -> End:
        rest = self._pace.spend(attempt.bot_id, attempt.chat_id)
        try:
            verdict, message_id = await self._send(account, letter)
        except NotSent as error:
            return later(str(error), _jittered(back_off(attempt.attempts)))
        except Unanswered as error:
            return self._in_doubt(attempt, letter, str(error))
        if verdict.fate is Fate.SENT:
            return await self._report(account, attempt, letter, message_id, rest)
        return await self._not_taken(account, attempt, letter, verdict)

    async def _not_taken(
        self, account: BotAccount, attempt: Attempt, letter: Outgoing, verdict: Verdict
    ) -> End:
        match verdict.fate:
            case Fate.THROTTLED:
                seconds = verdict.retry_after or min(2.0**attempt.attempts, LONGEST_REST)
                self._pace.throttled(attempt.bot_id, attempt.chat_id, seconds)
                named = verdict.retry_after is not None
                return later(verdict.why, seconds, counted=not named)
            case Fate.NOT_EXECUTED:
                return later(verdict.why, _jittered(back_off(attempt.attempts)))
            case Fate.TOKEN_DEAD:
                return later(verdict.why, LONGEST_REST, counted=False)
            case _:
                return await self._give_up(account, attempt, letter, verdict)

    async def _send(self, account: BotAccount, letter: Outgoing) -> tuple[Verdict, int | None]:
        """Send, and once more in the form that Telegram will take if it names one."""
        params: dict[str, Any] = letter.params
        verdict = Verdict(Fate.REFUSED)
        for _ in range(FORMS):
            reply = await self._telegram.call(account.token, letter.method, params)
            verdict = classify(reply)
            match verdict.fate:
                case Fate.MIGRATED:
                    log.error("group has moved", bot=account.bot_id, to=verdict.chat_id)
                    params = {**params, "chat_id": verdict.chat_id}
                case Fate.DETACHED if "reply_parameters" in params:
                    params = {k: v for k, v in params.items() if k != "reply_parameters"}
                case Fate.UNFORMATTED if any(name in params for name in UNFORMATTED):
                    log.error("markup refused", key=letter.key, why=verdict.why)
                    params = {k: v for k, v in params.items() if k not in UNFORMATTED}
                case _:
                    return verdict, reply.message_id
        return verdict._replace(fate=Fate.REFUSED), None

    def _in_doubt(self, attempt: Attempt, letter: Outgoing, error: str) -> End:
        if letter.method.startswith(REPEATABLE):
            return later(error, _jittered(back_off(attempt.attempts)))
        rest = LOOK if _is_post(letter) else PATIENCE / self._pace.factor
        return later(error, rest, tried=Tried.NOW)

    async def _report(
        self,
        account: BotAccount,
        attempt: Attempt,
        letter: Outgoing,
        message_id: int | None,
        rest: float,
    ) -> End:
        if message_id is None:
            if letter.report is not None:
                log.warning("sent, but Telegram named no message", key=letter.key)
            return End("sent", rest=rest)
        try:
            await self._reports.arrived(account, letter, attempt.chat_id, message_id)
        except (NotNow, ApiBroken) as error:
            await outbox.remember(self._pool, attempt.id, message_id)
            rest = max(rest, back_off(attempt.attempts))
            return later(f"not reported: {error}", rest, tried=Tried.KEPT)
        return End("sent", rest=rest)

    async def _give_up(
        self, account: BotAccount, attempt: Attempt, letter: Outgoing, verdict: Verdict
    ) -> End:
        await self._reports.failed(account, letter, verdict.why)
        if verdict.fate is Fate.UNREACHABLE:
            await self._reports.unreachable(account, letter, attempt.chat_id, verdict.why)
        skipped = verdict.fate in {Fate.SKIPPED, Fate.UNREACHABLE}
        return End("skipped" if skipped else "dead", verdict.why)


def _is_post(letter: Outgoing) -> bool:
    return letter.report is not None and letter.report["kind"] in {"post", "group_post"}


def _jittered(seconds: float) -> float:
    return seconds * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
