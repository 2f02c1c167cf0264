"""The history of deals: everything that happened to one, as it was recorded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain.aggregate import Aggregate
from domain.events import Recorded, catalogue, encode
from projections.projection import Fold, Rows, Table


class HistoryRow(NamedTuple):
    """What happened: `what` is the name of the event (`MovedToStage`), `data` its other fields."""

    position: int
    deal_id: UUID
    at: datetime
    what: str
    by: UUID | None
    data: dict[str, Any]

    @property
    def cursor(self) -> int:
        """What a page after this row gets as `after`."""
        return self.position


@dataclass(slots=True)
class StoredHappening:
    """What the table of histories keeps."""

    workspace_id: UUID
    deal_id: UUID
    position: int
    at: datetime
    what: str
    by: UUID | None
    data: dict[str, Any]


HISTORY = Table(
    "deal_history",
    StoredHappening,
    ("workspace_id", "deal_id", "position"),
    written_once=True,
)
EVENTS = tuple(kind for topic, kind in catalogue().items() if topic.startswith("Deal."))

fold = Fold()


@fold.on(*EVENTS)
def _happened(recorded: Recorded, event: Aggregate.Event, rows: Rows) -> None:
    data: dict[str, Any] = msgspec.json.decode(encode(event))
    by = data.pop("by", None)
    del data["at"]
    rows.put(
        HISTORY,
        StoredHappening(
            event.workspace_id,
            event.originator_id,
            recorded.position,
            event.timestamp,
            type(event).__name__,
            UUID(by) if by else None,
            data,
        ),
    )
