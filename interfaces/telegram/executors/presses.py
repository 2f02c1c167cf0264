"""Presses under a card: hundreds at once, and each is answered before Telegram stops waiting.

There is one question to Telegram and one to the API for each: in which language somebody is spoken
to, the API says with its answer.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, Protocol, TypeVar

import structlog
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, ChatMemberRestricted

from interfaces.telegram.client.enums import OfferReason
from interfaces.telegram.executors.executor import link
from interfaces.telegram.saying import PROBLEMS, tell
from interfaces.telegram.transport import NotNow
from interfaces.telegram.turn import Turn, language_of
from interfaces.telegram.words import words

log = structlog.get_logger(__name__)

T = TypeVar("T")

LOOKING: Final = 2.0  # seconds to find out whether somebody is in the chat
PATIENCE: Final = 8.0  # seconds with the API; Telegram waits for about 15
PAUSE: Final = 0.2
ABSENT: Final = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.KICKED})


class Refusing(Protocol):
    """An answer that may have a reason against, and the number behind it."""

    @property
    def reason(self) -> OfferReason | None:
        """Why not."""
        ...

    @property
    def limit(self) -> int | None:
        """So many at once, minutes or an hour."""
        ...


async def is_member(query: CallbackQuery) -> bool:
    """Whether whoever pressed is in the chat of the card; if Telegram does not tell, they are."""
    message, bot = query.message, query.bot
    if message is None or bot is None or message.chat.type == ChatType.PRIVATE:
        return True
    try:
        async with asyncio.timeout(LOOKING):
            found = await bot.get_chat_member(message.chat.id, query.from_user.id)
    except (*PROBLEMS, TimeoutError) as error:
        log.warning("membership unknown", error=type(error).__name__, why=str(error)[:200])
        return True
    if isinstance(found, ChatMemberRestricted):
        return found.is_member
    return found.status not in ABSENT


async def in_time(ask: Callable[[], Awaitable[T]], query: CallbackQuery) -> T | None:
    """The API's answer; without one in time it is unknown what was done: press again, it is said.

    The same order may be repeated: it is carried out once.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    return await ask()
                except NotNow as error:
                    log.info("waits for the API", error=str(error))
                await asyncio.sleep(PAUSE)
    except TimeoutError:
        await tell(query, words(language_of(query.from_user), "press_again"), alert=True)
        return None


async def open_private(query: CallbackQuery, offer_id: str) -> None:
    """Lead whoever pressed to the private chat: until they start it they cannot be written to."""
    me = await query.bot.me() if query.bot else None
    await tell(query, "", url=link(me.username if me else None, offer_id))


def spoken(turn: Turn, query: CallbackQuery, language: str) -> str:
    """The language that the API told, which is remembered for later turns."""
    turn.speaks(query.from_user, language)
    return language


def reason_told(answer: Refusing, language: str) -> str:
    """Why not, in words, and what can be done about it."""
    reason = (answer.reason or OfferReason.TAKEN).value.lower()
    if answer.limit:
        return words(language, f"limit_{reason}", count=answer.limit)
    return words(language, f"claim_{reason}")
