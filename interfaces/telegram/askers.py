"""The client in a turn: who asks, in which language, and what the company says in its own words."""

from dataclasses import dataclass
from typing import TypeAlias

from aiogram.types import User

from interfaces.telegram.buttons import data
from interfaces.telegram.client import LedgerdeskClient
from interfaces.telegram.client.enums import TextKind
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import words

Button: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class Asker:
    """A client of the company, spoken to in `language`."""

    turn: Turn
    user: User
    language: str

    @property
    def api(self) -> LedgerdeskClient:
        """The API, on behalf of the client."""
        return self.turn.acting_for(self.user)

    def say(self, key: str, **values: object) -> str:
        """A text in the client's language."""
        return words(self.language, key, **values)

    def button(
        self, key: str, action: str, about: str = "", value: int | None = None, **values: object
    ) -> Button:
        """An inline button with a text in the client's language."""
        return {"text": self.say(key, **values), "callback_data": data(action, about, value)}

    async def own_text(self, kind: TextKind) -> str | None:
        """What the company says in its own words; None if it leaves that to us."""
        texts = (await self.api.own_texts()).me.workspace.settings.texts
        return next((own.text for own in texts if own.kind is kind), None)


async def asking(user: User, turn: Turn) -> Asker:
    """The client who wrote or pressed."""
    return Asker(turn, user, await turn.language(user))


def named(number: int, topic: str) -> str:
    """A ticket's name on a button or in a list."""
    return f"№{number} {topic}".strip()


def mark_of_ticket(ticket_id: str) -> str:
    """A ticket's id as buttons carry it."""
    return ticket_id.replace("-", "")
