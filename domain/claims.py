"""Claims: who answers for a ticket, and every attempt to."""

from enum import StrEnum
from uuid import UUID

from domain.aggregate import Aggregate, Refused


class Attempt(StrEnum):
    """How an attempt to claim a ticket ended."""

    WON = "won"
    LOST = "lost"
    REPEATED = "repeated"


class TicketIsUnclaimed(Refused):
    """Nobody holds the ticket yet; claim it first."""


class TicketHeldByOther(Refused):
    """Another manager holds the ticket; ask them or an admin to transfer it."""


class ClaimAttempted(Aggregate.Event):
    """Somebody pressed Claim: who held the ticket after that, and how it ended for them."""

    by: UUID
    outcome: str
    holder_id: UUID


class Claimed(Aggregate.Event):
    """A manager became the one who answers for the ticket."""

    by: UUID


class Transferred(Aggregate.Event):
    """The ticket went from one manager to another."""

    from_id: UUID | None
    to_id: UUID
    by: UUID | None
    reason: str = ""


class Released(Aggregate.Event):
    """The ticket's manager answers for it no longer, and nobody does yet."""

    from_id: UUID
    by: UUID | None
    reason: str = ""
