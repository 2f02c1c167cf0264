"""The world outside the application: the event log, and letters that leave for Telegram."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol, TypeVar
from uuid import UUID

from domain.aggregate import Aggregate

A = TypeVar("A", bound=Aggregate)

TICKETS: Final = "tickets"
DEALS: Final = "deals"
"""What a workspace numbers from 1: each series by itself."""


class Seen(NamedTuple):
    """A stream that a decision relied on, as long as its version (0: not there) is this one."""

    id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Save:
    """What one command wants recorded; a remembered refusal has no events.

    `outcome` is the JSON text that the same command id gets for ever; `fingerprint` tells whether
    it really is the same command. `number` must be the next one of its `series`.
    """

    workspace_id: UUID
    command_id: str
    fingerprint: bytes
    outcome: str
    actor: str
    cause: int | None = None
    events: Sequence[Aggregate.Event] = ()
    seen: Sequence[Seen] = ()
    number: int | None = None
    series: str = TICKETS


class Stored(NamedTuple):
    """The log's answer: the outcome recorded first for the command id, and its last position."""

    outcome: str
    position: int | None
    replayed: bool


class Conflict(Exception):
    """Somebody was quicker: a version, or a number, is taken. Nothing was written."""


class IdReused(Exception):
    """The command id was used for another command. Nothing was written."""


class Busy(Exception):
    """The log cannot take it now. Nothing was written; try again later."""


class OutcomeUnknown(Exception):
    """It may or may not be written: ask again with the same command id."""


class EventLog(Protocol):
    """The one place where facts are kept."""

    async def append(self, save: Save) -> Stored:
        """Record all of it or nothing; raises Conflict, IdReused, Busy or OutcomeUnknown."""
        ...

    async def load(self, workspace_id: UUID, stream_id: UUID) -> Sequence[Aggregate.Event]:
        """Everything that happened to one aggregate, in order."""
        ...

    async def last_number(self, workspace_id: UUID, series: str = TICKETS) -> int:
        """The number given last in a series; 0 before the first."""
        ...


class Colleague(NamedTuple):
    """A working member of the staff: what they may do, whether they are here, what they hold."""

    person_id: UUID
    telegram_id: int | None
    language: str | None
    roles: Sequence[str]
    presence: str
    open_tickets: int


class Past(Protocol):
    """What was true when an event happened: aggregates as of its position in the log.

    Lists are as of the event or of a later moment: who reacts to them checks each item.
    """

    async def get(self, kind: type[A], id: UUID) -> A | None:
        """The aggregate after everything up to and with the event; None: it was not there yet."""
        ...

    async def history(self, id: UUID) -> Sequence[Aggregate.Event]:
        """Everything that happened to the aggregate up to and with the event."""
        ...

    async def held_by(self, person_id: UUID) -> Sequence[UUID]:
        """The open tickets for which a person answers."""
        ...

    async def open_tickets(self, *, unclaimed: bool = False) -> Sequence[UUID]:
        """Every open ticket of the event's workspace, or those that nobody holds."""
        ...

    async def open_offers(self) -> Sequence[UUID]:
        """Every offer of the event's workspace that nobody has yet."""
        ...

    async def staff(self) -> Sequence[Colleague]:
        """Everybody who works in the event's workspace."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Something to be said once in a Telegram chat, by one bot.

    Letters of one (bot, chat) leave in order. `key` is unique for ever: a second letter with it is
    dropped. Of waiting letters with the same `latest` only the newest leaves. `report` tells what
    to record when it has arrived: `kind` (`post`, `group_post`, `card` or `message`), the `ticket`
    and, for a message, the `message`; or the kind `offer` and the `offer`.
    """

    workspace_id: UUID
    bot_id: int
    chat_id: int
    language: str
    said: object
    key: str
    latest: str | None = None
    report: Mapping[str, str] | None = None
