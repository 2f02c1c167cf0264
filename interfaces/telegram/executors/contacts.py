"""Contacts: «Получить номер телефона клиента» is pressed; the number comes in private."""

from aiogram import Router
from aiogram.types import CallbackQuery

from interfaces.telegram.buttons import Pressed
from interfaces.telegram.contents import profile_of
from interfaces.telegram.executors.presses import (
    in_time,
    is_member,
    open_private,
    reason_told,
    spoken,
)
from interfaces.telegram.pressing import Press
from interfaces.telegram.saying import tell
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import words


def contacts() -> Router:
    """Handlers of the executors' bot."""
    router = Router(name="contacts")
    router.callback_query.register(request, Press("contact"))
    return router


async def request(query: CallbackQuery, turn: Turn, press: Pressed) -> None:
    """Somebody wants to know whom to call before they take the order."""
    api, profile = turn.acting_for(query.from_user), profile_of(query.from_user)
    member = await is_member(query)
    answer = await in_time(
        lambda: api.request_contact(turn.command_id, press.id, profile, member), query
    )
    if answer is None:
        return
    asked = answer.request_contact
    language = spoken(turn, query, asked.language)
    if asked.reason is not None:
        await tell(query, reason_told(asked, language), alert=True)
    elif asked.start:
        await open_private(query, press.id)
    else:
        await tell(query, words(language, "contact_sent"), alert=True)
