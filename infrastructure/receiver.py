"""Works on the inbox: each update goes to its bot's handlers, in the order of its chat.

What the API cannot take now is tried again in place, for as long as it takes: nothing is skipped
and nothing is lost. What can never be handled (it is no update, or a handler fails) is settled as
failed with its error, its sender gets an apology, and the lane goes on.
"""

import traceback
from collections.abc import Mapping, Sequence
from typing import Final

import structlog
from aiogram import Bot

from infrastructure import inbox
from infrastructure.albums import Albums
from infrastructure.attempts import Attempt, End, back_off, later, not_yet
from infrastructure.bots import BotAccount
from infrastructure.inbox import CROWDED
from infrastructure.postgres import Unavailable
from infrastructure.speaking import SharedSession
from interfaces.telegram.dispatcher import Json, Reception
from interfaces.telegram.transport import ApiBroken, NotNow
from interfaces.telegram.turn import Connect, Turn

log = structlog.get_logger(__name__)

IN_FLIGHT: Final = 16  # chats of one bot
CROWD: Final = 128  # of a bot whose buttons are pressed by many at once: Telegram waits for 15 s
TRIES: Final = 5  # at an API that answers nonsense
LONGEST_WAIT: Final = 2.0  # seconds between tries at an API that is away


class Receiver:
    """Hands the updates of the bots that are served here to their handlers."""

    def __init__(
        self,
        reception: Reception,
        session: SharedSession,
        serving: Mapping[int, BotAccount],
        connect: Connect,
        albums: Albums,
    ) -> None:
        self._reception = reception
        self._albums = albums
        self._session = session
        self._serving = serving
        self._connect = connect
        self._bots: dict[int, Bot] = {}

    def room(self, busy: Mapping[int, int]) -> Mapping[int, int]:
        """How many more chats of each bot may be handled now."""
        return {
            bot_id: (CROWD if account.role == CROWDED else IN_FLIGHT) - busy.get(bot_id, 0)
            for bot_id, account in self._serving.items()
        }

    async def work(self, attempt: Attempt) -> End:
        """Handle one update."""
        account = self._serving.get(attempt.bot_id)
        if account is None:
            return later("the bot is not served here", 1.0, counted=False, tried=attempt.doubt)
        arrival = inbox.of_attempt(attempt)
        bodies: Sequence[bytes] = [arrival.body]
        if arrival.media_group is not None:
            try:
                album = await self._albums.gather(attempt, arrival.media_group)
            except Unavailable as error:
                return later(str(error), back_off(attempt.attempts), tried=attempt.doubt)
            if album.wait:
                return not_yet(attempt, album.wait)
            bodies = album.pieces
        again, tries = attempt.since is not None, attempt.attempts
        turn = Turn(account, arrival.update_id, again, self._connect, tries)
        try:
            updates = [inbox.read(body) for body in bodies]
        except ValueError as error:
            log.warning("no update", update=turn.command_id, error=str(error))
            return End("failed", f"no update: {error}")
        return await self._handle(attempt, account, updates, turn)

    async def _handle(
        self, attempt: Attempt, account: BotAccount, updates: Sequence[Json], turn: Turn
    ) -> End:
        raw = updates[0]
        try:
            await self._reception.receive(updates, self._bot(account), turn)
        except NotNow as error:
            log.info("waits for the API", update=turn.command_id, error=str(error))
            rest = min(back_off(attempt.attempts), LONGEST_WAIT)
            return later(str(error), rest, tried=attempt.doubt)
        except ApiBroken as error:
            if attempt.attempts + 1 < TRIES:
                return later(str(error), back_off(attempt.attempts), tried=attempt.doubt)
            return await self._failed(account, raw, turn, error)
        except Exception as error:  # noqa: BLE001 - a fault in one update must not stop the others
            return await self._failed(account, raw, turn, error)
        return End("done")

    async def _failed(self, account: BotAccount, raw: Json, turn: Turn, error: Exception) -> End:
        log.error(
            "update failed",
            update=turn.command_id,
            error=type(error).__name__,
            at="".join(traceback.format_tb(error.__traceback__)[-4:]),  # and no values
        )
        await self._reception.apologise(raw, self._bot(account))
        return End("failed", repr(error)[:2000])

    def _bot(self, account: BotAccount) -> Bot:
        bot = self._bots.get(account.bot_id)
        if bot is None or bot.token != account.token:
            bot = self._bots[account.bot_id] = Bot(account.token, session=self._session)
        return bot
