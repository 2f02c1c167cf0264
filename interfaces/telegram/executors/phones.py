"""Phones: an executor tells the company their own number, with Telegram's own button."""

import structlog
from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import KeyboardButton, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove

from interfaces.telegram.contents import profile_of
from interfaces.telegram.executors.executor import executor
from interfaces.telegram.saying import PROBLEMS
from interfaces.telegram.turn import Turn

log = structlog.get_logger(__name__)


def phones() -> Router:
    """Handlers of the executors' bot in private."""
    router = Router(name="phones")
    private = F.chat.type == ChatType.PRIVATE
    router.message.register(ask, private, Command("phone"))
    router.message.register(keep, private, F.contact)
    return router


async def ask(message: Message, turn: Turn) -> None:
    """Somebody wants to tell their number."""
    if message.from_user is None:
        return
    me = await executor(message.from_user, turn)
    key = KeyboardButton(text=me.say("share_phone"), request_contact=True)
    keyboard = ReplyKeyboardMarkup(keyboard=[[key]], resize_keyboard=True, one_time_keyboard=True)
    await _write(message, me.say("ask_phone"), keyboard)


async def keep(message: Message, turn: Turn) -> None:
    """Somebody sends a contact: theirs alone counts."""
    user, contact = message.from_user, message.contact
    if user is None or contact is None:
        return
    me = await executor(user, turn)
    if contact.user_id != user.id:
        await _write(message, me.say("phone_of_another"))
        return
    await me.api.start_executor(f"{me.command_id}:start", profile_of(user))
    phone = f"+{contact.phone_number.removeprefix('+')}"
    kept = await me.api.share_phone(me.command_id, phone)
    if not turn.said_before(replayed=kept.share_phone.replayed):
        await _write(message, me.say("phone_kept", phone=phone), ReplyKeyboardRemove())


async def _write(
    message: Message, text: str, markup: ReplyKeyboardMarkup | ReplyKeyboardRemove | None = None
) -> None:
    try:
        await message.answer(text, reply_markup=markup)
    except PROBLEMS as error:
        log.warning("not said", error=type(error).__name__, why=str(error)[:200])
