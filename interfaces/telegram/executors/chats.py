"""Executors' chats: orders appear in a group when somebody who leads the company adds the bot."""

from typing import Final

import structlog
from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import JOIN_TRANSITION, ChatMemberUpdatedFilter, CommandStart
from aiogram.types import ChatMemberUpdated, Message, User

from interfaces.telegram.saying import PROBLEMS
from interfaces.telegram.threads import follow
from interfaces.telegram.transport import Refusal
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import refusal, words

log = structlog.get_logger(__name__)

PAYLOAD: Final = "executors"
"""What the link that adds the bot to a group says with /start."""


def chats() -> Router:
    """Handlers of the executors' bot in groups."""
    router = Router(name="executors' chats")
    group = F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})
    router.my_chat_member.register(arrive, group, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    asked = CommandStart(deep_link=True, magic=F.args == PAYLOAD)
    router.message.register(begin, group, asked, F.from_user)
    router.message.register(follow, F.migrate_to_chat_id)
    return router


async def arrive(event: ChatMemberUpdated, turn: Turn) -> None:
    """Somebody adds the bot to a group."""
    await _link(event, event.from_user, turn)
    await turn.itself().check_readiness(f"{turn.command_id}:look")


async def begin(message: Message, turn: Turn) -> None:
    """Somebody follows the link once more in a group where the bot is a member already."""
    if message.from_user is not None:
        await _link(message, message.from_user, turn)


async def _link(told: ChatMemberUpdated | Message, user: User, turn: Turn) -> None:
    """Let orders appear there, and say so; or why not, unless they do already."""
    chat, api, why = told.chat, turn.acting_for(user), ""
    try:
        linked = await api.link_executors_chat(turn.command_id, chat.id, chat.title or "")
    except Refusal as refused:
        log.info("refused", update=turn.command_id, code=refused.code)
        why = refused.code
    else:
        answer = linked.link_executors_chat
        if answer.position is None or turn.said_before(replayed=answer.replayed):
            return
    company = (await turn.itself().executors_chats()).workspace
    if not why:
        await _say(told, words(company.language, "executors_chat_linked"))
    elif chat.id not in {each.chat_id for each in company.executors_chats}:
        await _say(told, _explained(company.language, why))


def _explained(language: str, code: str) -> str:
    if code == "NotAllowed":
        return words(language, "executors_chat_not_allowed")
    return refusal(language, code)


async def _say(told: ChatMemberUpdated | Message, text: str) -> None:
    try:
        await told.answer(text)
    except PROBLEMS as error:
        log.warning("not said", error=type(error).__name__, why=str(error)[:200])
