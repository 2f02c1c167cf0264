"""Pressing: which button of a bot for outsiders was pressed, and what stale ones are answered."""

from typing import Final

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery

from interfaces.telegram.buttons import Pressed, pressed
from interfaces.telegram.saying import tell
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import words

TICKETLESS: Final = frozenset({"new", "tickets", "history", "topic", "language", "orders"})


class Press(Filter):
    """A press that asks for one of these actions; the handler is given it as `press`."""

    def __init__(self, *actions: str) -> None:
        self._actions = frozenset(actions)

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Pressed]:
        """Whether it is one, with a ticket's id if the action is about a ticket."""
        press = pressed(query.data)
        if press is None or press.action not in self._actions:
            return False
        if press.action not in TICKETLESS:
            try:
                press.ticket_id  # noqa: B018 - raises if it is none
            except ValueError:
                return False
        return {"press": press}


def stale() -> Router:
    """The last handlers of a bot: what nobody understands is answered all the same."""
    router = Router(name="stale")
    router.callback_query.register(outdate)
    return router


async def outdate(query: CallbackQuery, turn: Turn) -> None:
    """The button says nothing any more, or was of somebody else's making."""
    await tell(query, words(await turn.language(query.from_user), "outdated"), alert=True)
