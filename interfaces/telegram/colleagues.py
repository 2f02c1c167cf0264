"""Colleagues: whoever of the staff writes or presses, and how they are spoken to."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

from aiogram.types import CallbackQuery, Message, User

from interfaces.telegram.buttons import Pressed, data, id_in
from interfaces.telegram.client import LedgerdeskClient
from interfaces.telegram.screens import Button, Question, Screen, question_in
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import words

LINK: Final = re.compile(r"https://t\.me/\w+\?start=([a-z]{1,2})_([\w-]{1,90})", re.ASCII)
SUPERGROUP: Final = -1_000_000_000_000


class Link(NamedTuple):
    """What a link into the private chat is for, and about what: `?start=<purpose>_<about>`."""

    purpose: str
    about: str

    @property
    def id(self) -> str:
        """The id that it is about; raises Outdated if it is about none."""
        return id_in(self.about[:32])

    @property
    def mark(self) -> str:
        """What follows the id."""
        return self.about[33:]


@dataclass(frozen=True, slots=True)
class Colleague:
    """A Telegram user in one turn of the manager bot; the API decides whether they may.

    `bot` is the username of the bot, `now` the moment of the turn, `message` what was written, or
    has the button that was pressed.
    """

    turn: Turn
    user: User
    language: str
    bot: str
    now: datetime
    message: Message | None = None

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

    def button(
        self, key: str, action: str, about: str, value: int | None = None, mark: str = ""
    ) -> Button:
        """A button with a text of ours about an id, or about a mark."""
        return labelled(self.say(key), action, about, value, mark)

    def link(self, purpose: str, *about: str) -> str:
        """The address that opens the private chat with the bot."""
        return f"https://t.me/{self.bot}?start={'_'.join([purpose, *map(plain, about)])}"

    def ask(self, key: str, purpose: str, *about: str, **values: object) -> Question:
        """A question in the private chat; its reply comes back with what it is for."""
        told = self.say(key, **values)
        return Question(told, self.link(purpose, *about), self.say(f"placeholder_{purpose}"))


class Outcome(NamedTuple):
    """What a press leads to: words for whoever pressed, what is shown, an address to open.

    `apart`: the screen is a message of its own. `then` is what takes long: it is done when the
    press is answered.
    """

    text: str = ""
    shown: Screen | Question | None = None
    alert: bool = False
    url: str | None = None
    apart: bool = False
    then: Callable[[], Awaitable[None]] | None = None


Action: TypeAlias = Callable[[Colleague, Pressed], Awaitable[Outcome]]
"""What a button does; raises Outdated if it is about nothing that there is."""


async def colleague(event: Message | CallbackQuery, turn: Turn, now: datetime) -> Colleague | None:
    """Whoever wrote or pressed; None if Telegram does not tell."""
    user, bot = event.from_user, event.bot
    if user is None or bot is None:
        return None
    me, message = await bot.me(), event if isinstance(event, Message) else event.message
    seen = message if isinstance(message, Message) else None
    return Colleague(turn, user, await turn.language(user), me.username or "", now, seen)


def labelled(
    text: str, action: str, about: str, value: int | None = None, mark: str = ""
) -> Button:
    """A button about an id, or about a mark."""
    return {"text": text, "callback_data": data(action, plain(about), value, mark)}


def plain(id: str) -> str:
    """An id without its dashes, as links and buttons have it."""
    return id.replace("-", "")


def asked_in(message: Message) -> Link | None:
    """What the question was for that a message replies to; None: it replies to none of ours."""
    found = LINK.fullmatch(question_in(message) or "")
    return Link(found[1], found[2]) if found else None


def linked(args: str | None) -> Link | None:
    """What the private chat was opened for."""
    purpose, _, about = (args or "").partition("_")
    return Link(purpose, about) if about else None


def thread_link(group_id: int | None, root_id: int | None) -> str | None:
    """The address of a discussion, or of a topic, in a supergroup."""
    if group_id is None or root_id is None or group_id > SUPERGROUP:
        return None
    return f"https://t.me/c/{SUPERGROUP - group_id}/{root_id}?thread={root_id}"
