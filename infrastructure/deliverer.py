"""Delivers letters: sends them at Telegram's pace, judges the replies, reports what arrived.

A letter is settled after its report. What Telegram did not execute is sent again for as long as it
takes; what may have been executed is sent again at once if that changes nothing (edits, deletions,
answers), after ten seconds if it relays what somebody said (a rare duplicate is better than a
loss), and, if it is a ticket's post, only when it has not appeared in the group (see
`infrastructure.searches`). What Telegram has answered is never sent again: only its report is made
until the API takes it.
"""

import random
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import structlog

from infrastructure import outbox
from infrastructure.attempts import Attempt, End, Lane, Sent, Tried, back_off, later, not_yet
from infrastructure.bots import BotAccount
from infrastructure.outbox import Outgoing
from infrastructure.pace import LONGEST_REST, Pace, TooSoon
from infrastructure.peers import Peers
from infrastructure.postgres import Pool, Unavailable
from infrastructure.replies import Fate, Verdict
from infrastructure.reports import Reports
from infrastructure.searches import LOOK, Searches, is_post
from infrastructure.sender import Sender
from infrastructure.telegram import NotSent, Telegram, Unanswered
from infrastructure.telling import Telling

log = structlog.get_logger(__name__)

IN_FLIGHT: Final = 16  # chats of one bot
PATIENCE: Final = 10.0  # seconds, after a try that may have succeeded
PASSED_OVER: Final = frozenset({Fate.SKIPPED, Fate.SHUT_OUT, Fate.UNREACHABLE, Fate.TOPICLESS})
REPEATABLE: Final = ("edit", "delete", "answer", "set", "pin", "unpin")


class Deliverer:
    """Works on the outbox for the bots that are served here at the moment.

    `shut_out` hears of a bot that Telegram does not let into its company's chat, or at all.
    """

    def __init__(  # noqa: PLR0913 - what a gateway is made of
        self,
        telegram: Telegram,
        reports: Reports,
        peers: Peers,
        pace: Pace,
        pool: Pool,
        shut_out: Callable[[BotAccount], None] = lambda _: None,
    ) -> None:
        self._sender = Sender(telegram, peers, pace)
        self._reports = reports
        self._peers = peers
        self._serving = peers.serving
        self._pace = pace
        self._telling = Telling()
        self._searches = Searches(reports, pool, PATIENCE / pace.factor)
        self._shut_out: set[Lane] = set()
        self._tell_shut_out = shut_out

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
        if letter.sent is not None:
            return await self._report(account, attempt, letter, letter.sent)
        if attempt.since is not None and is_post(letter):
            return await self._look(account, attempt, letter)
        return await self._deliver(account, attempt, letter)

    async def _look(self, account: BotAccount, attempt: Attempt, letter: Outgoing) -> End:
        """Wait for the sign that a post is out; without one send it again."""
        search = self._searches.look(account, attempt, letter, self._sender.chat_of(attempt))
        return await search or await self._deliver(account, attempt, letter)

    async def _deliver(self, account: BotAccount, attempt: Attempt, letter: Outgoing) -> End:
        try:
            verdict, sent = await self._sender.send(account, attempt, letter)
        except TooSoon as early:
            return not_yet(attempt, early.seconds)
        except (NotSent, Unavailable) as error:
            return later(str(error), _jittered(back_off(attempt.attempts)), tried=attempt.doubt)
        except Unanswered as error:
            return self._in_doubt(attempt, letter, str(error))
        if verdict.fate is not Fate.SENT:
            return await self._not_taken(account, attempt, letter, verdict)
        self._shut_out.discard((attempt.bot_id, attempt.chat_id))
        if sent is not None:
            return await self._report(account, attempt, letter, sent)
        if letter.report is not None:
            log.warning("sent, but Telegram named no message", key=letter.key)
        return End("sent", rest=self._pace.rest(attempt.bot_id, attempt.chat_id))

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
                self._tell_shut_out(account)
                return later(verdict.why, LONGEST_REST, counted=False, tried=attempt.doubt)
            case Fate.UNREACHABLE | Fate.SHUT_OUT if attempt.chat_id < 0:
                return self._wait_outside(account, attempt, letter, verdict)
            case Fate.TOPICLESS:
                telling = self._reports.lost(account, letter)
                return await self._end(attempt, letter, verdict, telling)
            case _:
                return await self._give_up(account, attempt, letter, verdict)

    def _wait_outside(
        self, account: BotAccount, attempt: Attempt, letter: Outgoing, verdict: Verdict
    ) -> End:
        """The company's own chat is closed to the bot: its letters leave when it is let in."""
        lane = (attempt.bot_id, attempt.chat_id)
        if lane not in self._shut_out:
            self._shut_out.add(lane)
            self._tell_shut_out(account)
            log.error("bot is shut out", bot=lane[0], chat=lane[1], why=verdict.why, key=letter.key)
        rest = min(LONGEST_REST, LONGEST_REST / self._pace.factor)
        return later(verdict.why, rest, counted=False, tried=attempt.doubt)

    def _in_doubt(self, attempt: Attempt, letter: Outgoing, error: str) -> End:
        if letter.method.startswith(REPEATABLE):
            return later(error, _jittered(back_off(attempt.attempts)), tried=attempt.doubt)
        rest = LOOK if is_post(letter) else PATIENCE / self._pace.factor
        return later(error, rest, tried=Tried.NOW)

    async def _report(
        self, account: BotAccount, attempt: Attempt, letter: Outgoing, sent: Sent
    ) -> End:
        """Tell the API where the letter stands; it is out, whatever the API answers."""
        told = await self._telling.tell(
            attempt, letter, self._arrived(account, attempt, letter, sent)
        )
        rest = self._pace.rest(attempt.bot_id, attempt.chat_id)
        if not told.again:
            return End("sent", told.error, rest, sent=sent)
        rest = max(rest, back_off(attempt.attempts))
        return End(None, f"not reported: {told.error}", rest, sent=sent)

    async def _arrived(
        self, account: BotAccount, attempt: Attempt, letter: Outgoing, sent: Sent
    ) -> None:
        if sent.bot_id != account.bot_id:
            account = await self._peers.find(sent.bot_id, letter.workspace_id) or account
        chat_id = self._sender.chat_of(attempt)
        if chat_id != attempt.chat_id:
            await self._reports.moved(account, attempt.chat_id, chat_id)
        await self._reports.arrived(account, letter, chat_id, sent.messages)

    async def _give_up(
        self, account: BotAccount, attempt: Attempt, letter: Outgoing, verdict: Verdict
    ) -> End:
        telling = self._failed(account, attempt, letter, verdict)
        return await self._end(attempt, letter, verdict, telling)

    async def _end(
        self, attempt: Attempt, letter: Outgoing, verdict: Verdict, telling: Awaitable[None]
    ) -> End:
        """Nothing more can be done, once the API knows."""
        told = await self._telling.tell(attempt, letter, telling)
        if told.again:
            error = f"{verdict.why}; not reported: {told.error}"
            return later(error, back_off(attempt.attempts), tried=attempt.doubt)
        return End("skipped" if verdict.fate in PASSED_OVER else "dead", verdict.why)

    async def _failed(
        self, account: BotAccount, attempt: Attempt, letter: Outgoing, verdict: Verdict
    ) -> None:
        await self._reports.failed(account, letter, verdict.why)
        if verdict.fate is Fate.UNREACHABLE:
            await self._reports.unreachable(account, letter, attempt.chat_id, verdict.why)


def _jittered(seconds: float) -> float:
    return seconds * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
