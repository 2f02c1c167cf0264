"""A conversation: what a ticket remembers of its messages."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Final
from uuid import UUID

from domain.aggregate import Refused
from domain.messages import Content, Place

MINUTE: Final = timedelta(minutes=1)
MESSAGES_A_MINUTE: Final = 20


class Way(StrEnum):
    """Where a message goes: from the client, to the client, or to the staff only."""

    IN = "in"
    OUT = "out"
    NOTE = "note"


class Kept(StrEnum):
    """What became of a manager's comment: it went to the client, or stayed with the staff."""

    SENT = "sent"
    NOTE = "note"
    UNCLAIMED = "unclaimed"
    HELD_BY_OTHER = "held_by_other"
    CLOSED = "closed"
    REVEALING = "revealing"


class NoSuchMessage(Refused):
    """There is no such message of yours in this ticket."""


class TooManyMessages(Refused):
    """You write faster than anybody can read; wait a minute and go on."""


@dataclass(slots=True)
class Said:
    """A message: where it was written, and where its copy stands on the other side.

    `pieces` are the numbers of an album's items there. `digests` tell what the present version
    says, by the number of the piece (the whole: ""), `reactions` whose emoji are under it (the
    client's: "").
    """

    way: Way
    by: UUID | None
    place: Place | None
    digests: dict[str, str]
    version: int = 1
    copy: Place | None = None
    pieces: list[int] = field(default_factory=list[int])
    withdrawn: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


@dataclass(slots=True)
class Conversation:
    """The messages of one ticket by id, and what is still under way to the other side."""

    messages: dict[UUID, Said] = field(default_factory=dict[UUID, Said])
    undelivered: set[UUID] = field(default_factory=set[UUID])
    heard: list[datetime] = field(default_factory=list[datetime])
    answered_at: datetime | None = None

    @property
    def heard_at(self) -> datetime | None:
        """When the client wrote last."""
        return self.heard[-1] if self.heard else None

    def add(
        self, id: UUID, way: Way, by: UUID | None, content: Content, place: Place | None
    ) -> None:
        """Remember a message; whatever is not for the staff only is under way now."""
        self.messages[id] = Said(way, by, place, {"": digest(content)})
        if way is not Way.NOTE:
            self.undelivered.add(id)

    def said(self, id: UUID) -> Said:
        """A message, for an event about it; one that is not remembered changes nothing."""
        return self.messages.get(id) or Said(Way.NOTE, None, None, {})

    def hear(self, at: datetime) -> None:
        """Remember when the client wrote."""
        self.heard = [*self.heard[1 - MESSAGES_A_MINUTE :], at]

    def is_flooded(self, now: datetime) -> bool:
        """Whether the client has written as much in the last minute as may be."""
        return len(self.heard) == MESSAGES_A_MINUTE and now - self.heard[0] < MINUTE

    def is_among_staff(self, reply_to: UUID | None, by: UUID) -> bool:
        """Whether a reply of `by` to this is talk of the staff: to a note, or to a colleague."""
        said = self.messages.get(reply_to) if reply_to else None
        return said is not None and (said.way is Way.NOTE or said.by not in {None, by})


def digest(content: Content) -> str:
    """The same for what reads the same."""
    return blake2b(repr(content).encode(), digest_size=12).hexdigest()
