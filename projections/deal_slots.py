"""Who sits in which slot, for the deals that belong to it."""

from dataclasses import dataclass
from uuid import UUID

from domain.events import Recorded
from domain.slots import Slot
from projections.projection import Fold, Rows, Table


@dataclass(slots=True)
class StoredSeat:
    """Who sits in a slot now."""

    workspace_id: UUID
    slot_id: UUID
    person_id: UUID


SEATS = Table(
    "deal_slots",
    StoredSeat,
    ("workspace_id", "slot_id"),
    ("(workspace_id, person_id)",),
)

fold = Fold()


@fold.on(Slot.Opened, Slot.Bound)
def _taken(_: Recorded, event: Slot.Opened | Slot.Bound, rows: Rows) -> None:
    rows.put(SEATS, StoredSeat(event.workspace_id, event.originator_id, event.person_id))
