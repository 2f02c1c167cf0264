"""Cycles: a ticket is open, is closed and rated, and may be opened again."""

from enum import StrEnum
from uuid import UUID

from domain.aggregate import Aggregate, Refused


class Status(StrEnum):
    """Where a ticket stands in its life."""

    OPEN = "open"
    CLOSED = "closed"


class TicketIsClosed(Refused):
    """The ticket is closed; reopen it first."""


class TicketIsOpen(Refused):
    """The ticket is open already; go on writing in it."""


class NothingToRate(Refused):
    """There is nothing to rate: the ticket is open, or this closing was rated already."""


class StarsOutOfRange(Refused):
    """A rating has from one to five stars."""


class Closed(Aggregate.Event):
    """The client, a manager or an admin (`by` is None) ended the cycle."""

    by: UUID | None
    by_client: bool
    cycle: int


class RatingAsked(Aggregate.Event):
    """The client was asked how good the service of this cycle was."""

    cycle: int


class Reopened(Aggregate.Event):
    """The client, a manager or an admin (`by` is None) began a new cycle."""

    by: UUID | None
    by_client: bool
    cycle: int


class Rated(Aggregate.Event):
    """The client gave this cycle one to five stars."""

    cycle: int
    stars: int
    comment: str = ""


class RatingCommented(Aggregate.Event):
    """The client said why they rated this cycle as they did."""

    cycle: int
    comment: str
