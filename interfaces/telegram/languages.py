"""Languages: whoever speaks with a bot chooses the one that it answers in."""

from typing import Final

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from interfaces.telegram.buttons import Pressed, data
from interfaces.telegram.contents import profile_of
from interfaces.telegram.pressing import Press, outdate
from interfaces.telegram.saying import tell
from interfaces.telegram.screens import Screen, send, show
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import LANGUAGES, words

NAMES: Final = {"ru": "Русский", "en": "English"}
"""What each language calls itself."""


def languages() -> Router:
    """Handlers of any bot."""
    router = Router(name="languages")
    private = F.chat.type == ChatType.PRIVATE
    router.message.register(offer, private, Command("language"), F.from_user)
    router.callback_query.register(choose, Press("language"))
    return router


async def offer(message: Message, turn: Turn) -> None:
    """Somebody wants another language."""
    user = message.from_user
    if user is None:
        return
    api, profile = turn.acting_for(user), profile_of(user)
    match turn.account.role:  # somebody who never wrote has nothing to choose for
        case "client":
            await api.register_client(turn.command_id, profile)
        case "executor":
            await api.start_executor(turn.command_id, profile)
        case _:
            pass
    row = [{"text": NAMES[one], "callback_data": data("language", one)} for one in LANGUAGES]
    await send(Screen(words(await turn.language(user), "choose_language"), [row]), message)


async def choose(query: CallbackQuery, turn: Turn, press: Pressed) -> None:
    """Somebody chooses the language by its name."""
    if press.about not in LANGUAGES:
        await outdate(query, turn)
        return
    api = turn.acting_for(query.from_user)
    await api.choose_language(turn.command_id, press.about)
    turn.speaks(query.from_user, press.about)
    told = words(press.about, "language_chosen")
    await tell(query, told)
    await show(Screen(told), query)
