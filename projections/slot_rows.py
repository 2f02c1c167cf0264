"""Slots as they are now, who ever sat there, and which open deals belong to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.deals import Deal
from domain.events import Recorded
from domain.slots import Slot
from projections.projection import Fold, Rows, Table


@dataclass(slots=True)
class StoredSlot:
    """What the table of slots keeps."""

    workspace_id: UUID
    slot_id: UUID
    name: str
    person_id: UUID
    opened_at: datetime
    bound_at: datetime


@dataclass(slots=True)
class StoredBinding:
    """Who sat in a slot from when on; `position` is of the event."""

    workspace_id: UUID
    slot_id: UUID
    position: int
    person_id: UUID
    since: datetime
    by: UUID | None


@dataclass(slots=True)
class StoredHeld:
    """Whose a deal is, and whether there is still something to do."""

    workspace_id: UUID
    deal_id: UUID
    slot_id: UUID | None
    open: bool = True


SLOTS = Table(
    "slots", StoredSlot, ("workspace_id", "slot_id"), ("(workspace_id, person_id, opened_at)",)
)
BINDINGS = Table(
    "slot_bindings", StoredBinding, ("workspace_id", "slot_id", "position"), written_once=True
)
HELD = Table(
    "slot_deals",
    StoredHeld,
    ("workspace_id", "deal_id"),
    ("(workspace_id, slot_id) WHERE open",),
)

fold = Fold()


@fold.on(Slot.Opened)
def _opened(recorded: Recorded, event: Slot.Opened, rows: Rows) -> None:
    place, at = (event.workspace_id, event.originator_id), event.timestamp
    rows.put(SLOTS, StoredSlot(*place, event.name, event.person_id, at, at))
    rows.put(BINDINGS, StoredBinding(*place, recorded.position, event.person_id, at, None))


def _change(event: Slot.Event, rows: Rows) -> StoredSlot:
    slot = rows.change(SLOTS, event.workspace_id, event.originator_id)
    if slot is None:
        raise LookupError(f"the slot {event.originator_id} was never opened")
    return slot


@fold.on(Slot.Bound, reads=[SLOTS])
def _bound(recorded: Recorded, event: Slot.Bound, rows: Rows) -> None:
    slot = _change(event, rows)
    slot.person_id, slot.bound_at = event.person_id, event.timestamp
    place = (event.workspace_id, event.originator_id, recorded.position)
    rows.put(BINDINGS, StoredBinding(*place, event.person_id, event.timestamp, event.by))


@fold.on(Slot.Renamed, reads=[SLOTS])
def _renamed(_: Recorded, event: Slot.Renamed, rows: Rows) -> None:
    _change(event, rows).name = event.name


@fold.on(Deal.Opened)
def _deal_opened(_: Recorded, event: Deal.Opened, rows: Rows) -> None:
    rows.put(HELD, StoredHeld(event.workspace_id, event.originator_id, event.slot_id))


def _change_deal(event: Deal.Event, rows: Rows) -> StoredHeld:
    deal = rows.change(HELD, event.workspace_id, event.originator_id)
    if deal is None:
        raise LookupError(f"the deal {event.originator_id} was never opened")
    return deal


@fold.on(Deal.ResponsibleChanged, reads=[HELD])
def _responsible_changed(_: Recorded, event: Deal.ResponsibleChanged, rows: Rows) -> None:
    _change_deal(event, rows).slot_id = event.to_id


@fold.on(Deal.Resumed, reads=[HELD])
def _resumed(_: Recorded, event: Deal.Resumed, rows: Rows) -> None:
    _change_deal(event, rows).open = True


@fold.on(Deal.Won, Deal.Lost, Deal.Deleted, reads=[HELD])
def _over(_: Recorded, event: Deal.Won | Deal.Lost | Deal.Deleted, rows: Rows) -> None:
    _change_deal(event, rows).open = False
