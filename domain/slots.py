"""A slot: a seat in the company, with deals; whoever sits there answers for all of them.

Deals belong to slots, not to people: when somebody else takes the seat, everything follows at once.
"""

from datetime import datetime
from uuid import UUID, uuid5

from eventsourcing.domain import event

from domain.aggregate import Aggregate


class Slot(Aggregate):
    """Called after its work or its first holder; one person at a time sits there."""

    class Opened(Aggregate.Created):
        """There is a new seat."""

        name: str
        person_id: UUID

    class Bound(Aggregate.Event):
        """Somebody else sits here from now on."""

        from_id: UUID
        person_id: UUID
        by: UUID | None

    class Renamed(Aggregate.Event):
        """The slot is called so from now on."""

        name: str
        by: UUID | None

    @event(Opened)
    def __init__(
        self, id: UUID, workspace_id: UUID, timestamp: datetime, name: str, person_id: UUID
    ) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.name = name
        self.person_id = person_id

    def bind(self, person_id: UUID, by: UUID | None) -> None:
        """Let somebody sit here."""
        if person_id != self.person_id:
            self._bound(self.person_id, person_id, by)

    def rename(self, name: str, by: UUID | None) -> None:
        """Call the slot so."""
        if name != self.name:
            self._renamed(name, by)

    @event(Bound)
    def _bound(self, from_id: UUID, person_id: UUID, by: UUID | None) -> None:
        self.person_id = person_id

    @event(Renamed)
    def _renamed(self, name: str, by: UUID | None) -> None:
        self.name = name


def slot_of(person_id: UUID, n: int) -> UUID:
    """The id of the n-th slot that was opened for a person, from 1."""
    return uuid5(person_id, f"slot:{n}")
