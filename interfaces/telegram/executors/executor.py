"""The executor in a turn: who writes or presses, and how they are spoken to."""

from dataclasses import dataclass
from typing import Final

from aiogram.types import User

from interfaces.telegram.buttons import data
from interfaces.telegram.client import LedgerdeskClient
from interfaces.telegram.colleagues import plain
from interfaces.telegram.screens import Button
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import words

OFFER: Final = "o"
"""What a link into the private chat says before the id of an offer."""


@dataclass(frozen=True, slots=True)
class Executor:
    """A Telegram user in one turn of the executors' bot; the API decides what they may."""

    turn: Turn
    user: User
    language: str

    @property
    def api(self) -> LedgerdeskClient:
        """The API, on their behalf."""
        return self.turn.acting_for(self.user)

    @property
    def command_id(self) -> str:
        """The same for every try of this update."""
        return self.turn.command_id

    def say(self, key: str, **values: object) -> str:
        """A text in their language."""
        return words(self.language, key, **values)

    def button(self, key: str, action: str, about: str, value: int | None = None) -> Button:
        """A button with a text of ours, about an id."""
        return {"text": self.say(key), "callback_data": data(action, plain(about), value)}


async def executor(user: User, turn: Turn) -> Executor:
    """Whoever wrote or pressed."""
    return Executor(turn, user, await turn.language(user))


def link(bot: str | None, offer_id: str) -> str:
    """The address that opens the private chat with the bot, about an offer."""
    return f"https://t.me/{bot}?start={OFFER}_{plain(offer_id)}"
