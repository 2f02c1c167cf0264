"""The sender: one letter to Telegram, in the way and form and to the chat that Telegram takes."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import structlog

from infrastructure.attempts import Attempt, Sent
from infrastructure.bots import BotAccount
from infrastructure.enclosures import Enclosures, Filled, NotEnclosed
from infrastructure.outbox import Outgoing
from infrastructure.pace import Pace, cost_of
from infrastructure.peers import Peers
from infrastructure.replies import Fate, Verdict, classify
from infrastructure.telegram import Reply, Telegram

log = structlog.get_logger(__name__)

SENDING: Final = 15.0  # seconds, in all forms
UPLOADING: Final = 50.0
LAST_FORM: Final = 2.0  # seconds that the last one has in any case
FORMS: Final = 4  # in which a letter may be offered to Telegram at once
UNFORMATTED: Final = ("entities", "caption_entities", "parse_mode")


class Way(NamedTuple):
    """One way to say a letter: by this bot, in this call."""

    account: BotAccount
    method: str
    params: dict[str, Any]


class Answer(NamedTuple):
    """What became of a letter, and the messages that it is now."""

    verdict: Verdict
    sent: Sent | None = None


class Sender:
    """Remembers which groups have moved, until the process ends."""

    def __init__(self, telegram: Telegram, peers: Peers, pace: Pace) -> None:
        self._telegram = telegram
        self._peers = peers
        self._enclosures = Enclosures(telegram, peers)
        self._pace = pace
        self._moved: dict[tuple[int, int], int] = {}

    def chat_of(self, attempt: Attempt) -> int:
        """The chat that takes the letters of this lane."""
        lane = (attempt.bot_id, attempt.chat_id)
        return self._moved.get(lane, attempt.chat_id)

    async def send(self, account: BotAccount, attempt: Attempt, letter: Outgoing) -> Answer:
        """Send; if that is refused and may be said otherwise, say it so.

        Raises TooSoon, NotSent, Unanswered or Unavailable.
        """
        *others, last = await self._ways(account, letter)
        for way in others:
            answer = await self._say(way, attempt, letter, last=False)
            if not answer.verdict.otherwise:
                return answer
            log.info("said otherwise", key=letter.key, bot=last.account.bot_id)
        return await self._say(last, attempt, letter, last=True)

    async def _ways(self, account: BotAccount, letter: Outgoing) -> Sequence[Way]:
        first = Way(account, letter.method, letter.params)
        other = letter.otherwise
        if other is None:
            return [first]
        peer = await self._peers.find(other.bot_id, letter.workspace_id)
        return [first] if peer is None else [first, Way(peer, other.method, other.params)]

    async def _say(self, way: Way, attempt: Attempt, letter: Outgoing, *, last: bool) -> Answer:
        account, method, params = way
        self._pace.spend(account.bot_id, attempt.chat_id, cost_of(method, params))
        chat_id = self.chat_of(attempt)
        if chat_id != attempt.chat_id:
            params = {**params, "chat_id": chat_id}
        try:
            async with self._enclosures.filled(account, letter, params) as filled:
                return await self._offer(way, attempt, filled, last=last)
        except NotEnclosed as error:
            return Answer(error.verdict)

    async def _offer(self, way: Way, attempt: Attempt, filled: Filled, *, last: bool) -> Answer:
        """Once, and again in the form that Telegram will take if it names one."""
        clock = asyncio.get_running_loop().time
        end = clock() + (UPLOADING if filled.files else SENDING)
        verdict = Verdict(Fate.REFUSED)
        for _ in range(FORMS):
            reply = await self._call(way, filled, max(LAST_FORM, end - clock()))
            verdict = classify(reply)
            if verdict.otherwise and not last:
                return Answer(verdict)
            other = self._other_form(attempt, filled.params, verdict)
            if other is None:
                return Answer(verdict, _sent(way.account, reply))
            filled = filled._replace(params=other)
        return Answer(verdict._replace(fate=Fate.REFUSED))

    async def _call(self, way: Way, filled: Filled, seconds: float) -> Reply:
        token, (params, files) = way.account.token, filled
        if not files:
            return await self._telegram.call(token, way.method, params, seconds=seconds)
        return await self._telegram.upload(token, way.method, params, files, seconds=seconds)

    def _other_form(
        self, attempt: Attempt, params: dict[str, Any], verdict: Verdict
    ) -> dict[str, Any] | None:
        match verdict.fate:
            case Fate.MIGRATED if verdict.chat_id is not None:
                log.error("group has moved", bot=attempt.bot_id, to=verdict.chat_id)
                self._moved[attempt.bot_id, attempt.chat_id] = verdict.chat_id
                return {**params, "chat_id": verdict.chat_id}
            case Fate.DETACHED if "reply_parameters" in params:
                return {k: v for k, v in params.items() if k != "reply_parameters"}
            case Fate.UNFORMATTED if any(name in params for name in UNFORMATTED):
                log.error("markup refused", bot=attempt.bot_id, why=verdict.why)
                return {k: v for k, v in params.items() if k not in UNFORMATTED}
            case _:
                return None


def _sent(account: BotAccount, reply: Reply) -> Sent | None:
    return Sent(account.bot_id, reply.message_ids) if reply.message_ids else None
