"""Holdings: who answers for which ticket, and whether it is open."""

from dataclasses import dataclass
from uuid import UUID

from domain.events import Recorded
from domain.tickets import Ticket
from projections.projection import Fold, Rows, Table


@dataclass(slots=True)
class StoredHolding:
    """Who holds a ticket, and whether it is open."""

    workspace_id: UUID
    ticket_id: UUID
    holder_id: UUID
    open: bool = True


HOLDINGS = Table(
    "holdings",
    StoredHolding,
    ("workspace_id", "ticket_id"),
    ("(workspace_id, holder_id) WHERE open",),
)

fold = Fold()


@fold.on(Ticket.Claimed)
def _claimed(_: Recorded, event: Ticket.Claimed, rows: Rows) -> None:
    rows.put(HOLDINGS, StoredHolding(event.workspace_id, event.originator_id, event.by))


@fold.on(Ticket.Transferred)
def _transferred(_: Recorded, event: Ticket.Transferred, rows: Rows) -> None:
    rows.put(HOLDINGS, StoredHolding(event.workspace_id, event.originator_id, event.to_id))


@fold.on(Ticket.Released)
def _released(_: Recorded, event: Ticket.Released, rows: Rows) -> None:
    rows.drop(HOLDINGS, event.workspace_id, event.originator_id)


@fold.on(Ticket.Closed, reads=[HOLDINGS])
def _closed(_: Recorded, event: Ticket.Closed, rows: Rows) -> None:
    if holding := rows.change(HOLDINGS, event.workspace_id, event.originator_id):
        holding.open = False


@fold.on(Ticket.Reopened, reads=[HOLDINGS])
def _reopened(_: Recorded, event: Ticket.Reopened, rows: Rows) -> None:
    if holding := rows.change(HOLDINGS, event.workspace_id, event.originator_id):
        holding.open = True
