"""A turn: one update of one bot, and the way to the API while it is handled."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol
from uuid import UUID

from aiogram.types import Message, User

from interfaces.telegram.client import LedgerdeskClient
from interfaces.telegram.memory import Memory
from interfaces.telegram.transport import Refusal

REMEMBERED: Final = 300.0  # seconds
QUIET: Final = 60.0  # seconds between notices of one kind to one person


def _languages() -> Memory[tuple[int, int], str]:
    return Memory(REMEMBERED)


def _notices() -> Memory[tuple[int, int, str], bool]:
    return Memory(QUIET)


@dataclass(frozen=True, slots=True)
class Recollection:
    """What a process remembers of people, by bot and Telegram user, for some minutes.

    `languages` are those that they have chosen (empty: none), `notices` what they were just told.
    """

    languages: Memory[tuple[int, int], str] = field(default_factory=_languages)
    notices: Memory[tuple[int, int, str], bool] = field(default_factory=_notices)


class Account(Protocol):
    """A connected bot; `role` is `client`, `manager`, `executor` or `settings`."""

    @property
    def bot_id(self) -> int:
        """The bot's id in Telegram."""
        ...

    @property
    def workspace_id(self) -> UUID:
        """The company that the bot works for; nil for the settings bot."""
        ...

    @property
    def role(self) -> str:
        """Whom the bot speaks with."""
        ...

    @property
    def service_key(self) -> str:
        """The bot's key to the API."""
        ...


class Connect(Protocol):
    """The way to the API for a bot."""

    def __call__(
        self, account: Account, telegram_id: int | None = None, workspace_id: UUID | None = None
    ) -> LedgerdeskClient:
        """The API for a bot that acts for a Telegram user, or for nobody (None).

        The settings bot names the workspace in which its user acts; None founds a new one.
        """
        ...


@dataclass(frozen=True, slots=True)
class Turn:
    """What handlers are given; `again` if an earlier process began this update and died.

    `tries` is how often the update was handled before and had to wait. `pieces` are the messages
    of an album in order, of which the update has the first; one message to people.

    Handlers keep nothing: whatever must last is a mutation under `command_id`. What they say to
    people themselves (confirmations, hints, lists) may be lost if the process dies, and is said
    once.
    """

    account: Account
    update_id: int
    again: bool
    connect: Connect
    tries: int = 0
    pieces: Sequence[Message] = ()
    recollection: Recollection = field(default_factory=Recollection)

    @property
    def command_id(self) -> str:
        """The same for every try of this update."""
        return f"tg:{self.account.bot_id}:{self.update_id}"

    def acting_for(self, user: User) -> LedgerdeskClient:
        """The API, on behalf of whoever wrote or pressed."""
        return self.connect(self.account, user.id)

    def acting_in(self, user: User, workspace_id: UUID) -> LedgerdeskClient:
        """The API, on behalf of whoever wrote to the settings bot, in one of their workspaces."""
        return self.connect(self.account, user.id, workspace_id)

    def itself(self) -> LedgerdeskClient:
        """The API, for what the bot saw by itself."""
        return self.connect(self.account)

    async def language(self, user: User | None) -> str:
        """What somebody is spoken to in: the language that they chose, else their Telegram's."""
        if user is None:
            return language_of(None)
        known, who = self.recollection.languages, (self.account.bot_id, user.id)
        chosen = known.get(who)
        if chosen is None:
            chosen = await self._chosen(user)
            known.keep(who, chosen)
        return chosen or language_of(user)

    async def _chosen(self, user: User) -> str:
        api = self.acting_for(user)
        try:
            if self.account.role == "settings":
                led = (await api.my_workspaces()).my_workspaces
                if not led:
                    return ""
                api = self.acting_in(user, UUID(led[0].workspace_id))
            return (await api.chosen_language()).me.language or ""
        except Refusal:  # nobody who could have chosen
            return ""

    def speaks(self, user: User, language: str) -> None:
        """Know the language that somebody has just chosen."""
        self.recollection.languages.keep((self.account.bot_id, user.id), language)

    def is_first(self, user: User, what: str) -> bool:
        """Whether somebody has not been told this in the last minute; they are now."""
        notices, told = self.recollection.notices, (self.account.bot_id, user.id, what)
        first = notices.get(told) is None
        if first:
            notices.keep(told, True)  # noqa: FBT003 - a value, not a switch
        return first

    def said_before(self, *, replayed: bool) -> bool:
        """Whether the confirmation of a command may have been sent by a process that died."""
        return self.again and replayed


def language_of(user: User | None) -> str:
    """The language of a user's Telegram; Russian if it is not told."""
    return (user.language_code if user else None) or "ru"
