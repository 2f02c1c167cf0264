"""Delivers letters: sends them at Telegram's pace, judges the replies, reports what arrived.

A letter is settled after its report. What Telegram did not execute is sent again for as long as it
takes; what may have been executed is sent again at once if that changes nothing (edits, deletions,
answers), after ten seconds if it relays what somebody said (a rare duplicate is better than a
loss), and, if it is a ticket's post, only when it has not appeared in the group (see
`infrastructure.searches`). What Telegram has answered is never sent again: only its report is made
until the API takes it.
"""

import random
from collections.abc import Mapping
from typing import Final

import structlog

from infrastructure import outbox
from infrastructure.attempts import Attempt, End, Lane, Tried, back_off, later
from infrastructure.bots import BotAccount
from infrastructure.outbox import Outgoing
from infrastructure.pace import LONGEST_REST, Pace
from infrastructure.postgres import Pool
from infrastructure.replies import Fate, Verdict
from infrastructure.reports import Reports
from infrastructure.searches import LOOK, Searches, is_post
from infrastructure.sender import Sender
from infrastructure.telegram import NotSent, Telegram, Unanswered
from infrastructure.telling import Telling

log = structlog.get_logger(__name__)

IN_FLIGHT: Final = 16  # chats of one bot
PATIENCE: Final = 10.0  # seconds, after a try that may have succeeded
REPEATABLE: Final = ("edit", "delete", "answer", "set", "pin", "unpin")


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
        self._sender = Sender(telegram)
        self._reports = reports
        self._serving = serving
        self._pace = pace
        self._telling = Telling()
        self._searches = Searches(reports, pool, PATIENCE / pace.factor)
        self._shut_out: set[Lane] = set()

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
            return later("the bot is not served here", 1.0, counted=False, tried=attempt.doubt)
        if letter.message_id is not None:
            return await self._report(account, attempt, letter, letter.message_id, 0.0)
        if attempt.since is not None and is_post(letter):
            return await self._look(account, attempt, letter)
        return await self._deliver(account, attempt, letter)

    async def _look(self, account: BotAccount, attempt: Attempt, letter: Outgoing) -> End:
        """Wait for the sign that a post is out; without one send it again."""
        search = self._searches.look(account, attempt, letter, self._sender.chat_of(attempt))
        return await search or await self._deliver(account, attempt, letter)

    async def _deliver(self, account: BotAccount, attempt: Attempt, letter: Outgoing) -> End:
        rest = self._pace.spend(attempt.bot_id, attempt.chat_id)
        try:
            verdict, message_id = await self._sender.send(account, attempt, letter)
        except NotSent as error:
            return later(str(error), _jittered(back_off(attempt.attempts)), tried=attempt.doubt)
        except Unanswered as error:
            return self._in_doubt(attempt, letter, str(error))
        if verdict.fate is not Fate.SENT:
            return await self._not_taken(account, attempt, letter, verdict)
        self._shut_out.discard((attempt.bot_id, attempt.chat_id))
        if message_id is not None:
            return await self._report(account, attempt, letter, message_id, rest)
        if letter.report is not None:
            log.warning("sent, but Telegram named no message", key=letter.key)
        return End("sent", rest=rest)

    async def _not_taken(
        self, account: BotAccount, attempt: Attempt, letter: Outgoing, verdict: Verdict
    ) -> End:
        match verdict.fate:
            case Fate.THROTTLED:
                seconds = verdict.retry_after or min(2.0**attempt.attempts, LONGEST_REST)
                self._pace.throttled(attempt.bot_id, attempt.chat_id, seconds)
                named = verdict.retry_after is not None
                return later(verdict.why, seconds, counted=not named, tried=attempt.doubt)
            case Fate.NOT_EXECUTED:
                rest = _jittered(back_off(attempt.attempts))
                return later(verdict.why, rest, tried=attempt.doubt)
            case Fate.TOKEN_DEAD:
                return later(verdict.why, LONGEST_REST, counted=False, tried=attempt.doubt)
            case Fate.UNREACHABLE | Fate.SHUT_OUT if attempt.chat_id < 0:
                return self._wait_outside(attempt, letter, verdict)
            case _:
                return await self._give_up(account, attempt, letter, verdict)

    def _wait_outside(self, attempt: Attempt, letter: Outgoing, verdict: Verdict) -> End:
        """The company's own chat is closed to the bot: its letters leave when it is let in."""
        lane = (attempt.bot_id, attempt.chat_id)
        if lane not in self._shut_out:
            self._shut_out.add(lane)
            log.error("bot is shut out", bot=lane[0], chat=lane[1], why=verdict.why, key=letter.key)
        rest = min(LONGEST_REST, LONGEST_REST / self._pace.factor)
        return later(verdict.why, rest, counted=False, tried=attempt.doubt)

    def _in_doubt(self, attempt: Attempt, letter: Outgoing, error: str) -> End:
        if letter.method.startswith(REPEATABLE):
            return later(error, _jittered(back_off(attempt.attempts)), tried=attempt.doubt)
        rest = LOOK if is_post(letter) else PATIENCE / self._pace.factor
        return later(error, rest, tried=Tried.NOW)

    async def _report(
        self,
        account: BotAccount,
        attempt: Attempt,
        letter: Outgoing,
        message_id: int,
        rest: float,
    ) -> End:
        """Tell the API where the letter stands; it is out, whatever the API answers."""
        chat_id = self._sender.chat_of(attempt)
        told = await self._telling.tell(
            attempt, letter, self._reports.arrived(account, letter, chat_id, message_id)
        )
        if not told.again:
            return End("sent", told.error, rest, message_id=message_id)
        rest = max(rest, back_off(attempt.attempts))
        return End(None, f"not reported: {told.error}", rest, message_id=message_id)

    async def _give_up(
        self, account: BotAccount, attempt: Attempt, letter: Outgoing, verdict: Verdict
    ) -> End:
        told = await self._telling.tell(
            attempt, letter, self._failed(account, attempt, letter, verdict)
        )
        if told.again:
            error = f"{verdict.why}; not reported: {told.error}"
            return later(error, back_off(attempt.attempts), tried=attempt.doubt)
        skipped = verdict.fate in {Fate.SKIPPED, Fate.SHUT_OUT, Fate.UNREACHABLE}
        return End("skipped" if skipped else "dead", verdict.why)

    async def _failed(
        self, account: BotAccount, attempt: Attempt, letter: Outgoing, verdict: Verdict
    ) -> None:
        await self._reports.failed(account, letter, verdict.why)
        if verdict.fate is Fate.UNREACHABLE:
            await self._reports.unreachable(account, letter, attempt.chat_id, verdict.why)


def _jittered(seconds: float) -> float:
    return seconds * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
