"""The cycles of tickets: from an opening to the closing that follows, with the client's rating."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.tickets import Ticket
from projections.projection import Fold, Key, Rows, Table


class CycleRow(NamedTuple):
    """A ticket's life from an opening to the next closing.

    `opened_by` and `closed_by` are the client, a manager, or None for an admin; `by_client` tells
    whether the client closed it.
    """

    ticket_id: UUID
    cycle: int
    opened_at: datetime
    opened_by: UUID | None
    closed_at: datetime | None
    closed_by: UUID | None
    by_client: bool
    stars: int | None
    comment: str


@dataclass(slots=True)
class StoredCycle:
    """What the table of cycles keeps."""

    workspace_id: UUID
    ticket_id: UUID
    cycle: int
    opened_at: datetime
    opened_by: UUID | None = None
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    by_client: bool = False
    stars: int | None = None
    comment: str = ""


CYCLES = Table("ticket_cycles", StoredCycle, ("workspace_id", "ticket_id", "cycle"))

fold = Fold()


def _key(event: Ticket.Closed | Ticket.Rated | Ticket.RatingCommented) -> Key:
    return event.workspace_id, event.originator_id, event.cycle


def _change(
    event: Ticket.Closed | Ticket.Rated | Ticket.RatingCommented, rows: Rows
) -> StoredCycle:
    cycle = rows.change(CYCLES, *_key(event))
    if cycle is None:
        raise LookupError(f"cycle {event.cycle} of {event.originator_id} never began")
    return cycle


@fold.on(Ticket.Opened)
def _opened(_: Recorded, event: Ticket.Opened, rows: Rows) -> None:
    place = (event.workspace_id, event.originator_id, 1)
    rows.put(CYCLES, StoredCycle(*place, event.timestamp, event.client_id))


@fold.on(Ticket.Reopened)
def _reopened(_: Recorded, event: Ticket.Reopened, rows: Rows) -> None:
    place = (event.workspace_id, event.originator_id, event.cycle)
    rows.put(CYCLES, StoredCycle(*place, event.timestamp, event.by))


@fold.on(Ticket.Closed, reads=[(CYCLES, _key)])
def _closed(_: Recorded, event: Ticket.Closed, rows: Rows) -> None:
    cycle = _change(event, rows)
    cycle.closed_at, cycle.closed_by = event.timestamp, event.by
    cycle.by_client = event.by_client


@fold.on(Ticket.Rated, reads=[(CYCLES, _key)])
def _rated(_: Recorded, event: Ticket.Rated, rows: Rows) -> None:
    cycle = _change(event, rows)
    cycle.stars, cycle.comment = event.stars, event.comment


@fold.on(Ticket.RatingCommented, reads=[(CYCLES, _key)])
def _rating_commented(_: Recorded, event: Ticket.RatingCommented, rows: Rows) -> None:
    cycle = _change(event, rows)
    cycle.comment = "\n".join(filter(None, (cycle.comment, event.comment)))
