"""An owner at work: who acts in which company, what they see of it, and how they are spoken to."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from aiogram.types import User

from interfaces.telegram.buttons import Outdated
from interfaces.telegram.client import LedgerdeskClient
from interfaces.telegram.client.desk_seen import DeskSeenWorkspace
from interfaces.telegram.client.enums import BotRole
from interfaces.telegram.client.members import MembersRoster
from interfaces.telegram.client.members import MembersRosterNodes as Member
from interfaces.telegram.owners.buttons import NOWHERE, Asked, Pressed, data, link
from interfaces.telegram.pages import everything
from interfaces.telegram.screens import Button, Question, Screen
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import words

Shown: TypeAlias = Screen | Question


@dataclass(frozen=True, slots=True)
class Owner:
    """A user of the settings bot in one turn; `workspace_id` is nil outside a company.

    `bot` is the username of the bot, `now` the moment of the turn; `show` puts up a screen before
    the last one, for what takes long.
    """

    turn: Turn
    user: User
    language: str
    bot: str
    now: datetime
    workspace_id: UUID
    show: Callable[[Screen], Awaitable[None]] = field(repr=False)

    @property
    def api(self) -> LedgerdeskClient:
        """The API, acting for the user in the company."""
        if self.workspace_id == NOWHERE:
            return self.turn.acting_for(self.user)
        return self.turn.acting_in(self.user, self.workspace_id)

    @property
    def command_id(self) -> str:
        """The same for every try of this update."""
        return self.turn.command_id

    async def desk(self, since: int | None = None) -> DeskSeenWorkspace:
        """The company as it is, at least after the event at `since`."""
        return (await self.api.desk_seen(since)).workspace

    async def colleagues(self, since: int | None = None) -> list[Member]:
        """Everybody who works in the company, in the order of joining."""

        async def ask(_: int, after: str | None) -> MembersRoster:
            return (await self.api.members(since, after)).roster

        return [person for person in await everything(ask) if person.working]

    def say(self, key: str, **values: object) -> str:
        """A text in the user's language."""
        return words(self.language, key, **values)

    def button(self, key: str, action: str, *about: str | int, **values: object) -> dict[str, str]:
        """A button of this company with a text of ours."""
        return self.labelled(self.say(key, **values), action, *about)

    def labelled(self, text: str, action: str, *about: str | int) -> dict[str, str]:
        """A button of this company with any text."""
        return {"text": text, "callback_data": data(action, self.workspace_id, *about)}

    def choice(self, text: str, action: str, *about: str | int, chosen: bool) -> dict[str, str]:
        """A button that is marked if it is what holds now."""
        return self.labelled(("● " if chosen else "○ ") + text, action, *about)

    def ask(self, key: str, field: str, about: str = "", **values: object) -> Question:
        """A question for a field of this company."""
        return self.ask_again(self.say(key, **values), Asked(field, self.workspace_id, about))

    def ask_again(self, text: str, asked: Asked) -> Question:
        """The question for what was asked, in any words."""
        return Question(text, link(self.bot, asked), self.say(f"placeholder_{asked.field}"))


Press: TypeAlias = Callable[[Owner, Pressed], Awaitable[Shown]]
"""What a button does; raises Outdated."""
Answer: TypeAlias = Callable[[Owner, str, str], Awaitable[Shown]]
"""What the reply to a question does, with what it is about; raises Misunderstood or Outdated."""


class Misunderstood(Exception):
    """A reply is not what was asked for; `key` is the text that says what is."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def username_of(desk: DeskSeenWorkspace, role: BotRole) -> str | None:
    """The name of the company's bot in a role."""
    return next((bot.username for bot in desk.bots if bot.role is role), None)


def columns(buttons: Sequence[Button], width: int) -> list[list[Button]]:
    """Buttons side by side, so many in a row."""
    return [list(buttons[n : n + width]) for n in range(0, len(buttons), width)]


def one_of(options: Sequence[str], pressed: Pressed) -> str:
    """Which of the options a button means by its number; raises Outdated."""
    if pressed.number >= len(options):
        raise Outdated
    return options[pressed.number]
