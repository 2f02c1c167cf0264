"""Disclosures: who asked whom to call about which offer, and what they were told."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.offers import Offer
from projections.attempts import CONTESTS, StoredContest
from projections.projection import Fold, Rows, Table


class DisclosureRow(NamedTuple):
    """One question for a phone, `seconds` after the publication.

    `told`, `again` for whoever was told before, or not, and the `reason`; `claimed`: this executor
    has or had the order.
    """

    position: int
    offer_id: UUID
    deal_id: UUID
    number: int
    to_id: UUID
    told: bool
    reason: str
    again: bool
    at: datetime
    seconds: float
    claimed: bool

    @property
    def cursor(self) -> int:
        """What a page after this row gets as `after`."""
        return self.position


@dataclass(slots=True)
class StoredDisclosure:
    """What the table of disclosures keeps."""

    workspace_id: UUID
    position: int
    offer_id: UUID
    deal_id: UUID
    number: int
    to_id: UUID
    told: bool
    reason: str
    again: bool
    at: datetime
    seconds: float


DISCLOSURES = Table(
    "disclosures",
    StoredDisclosure,
    ("workspace_id", "position"),
    ("(workspace_id, offer_id, position)", "(workspace_id, to_id, position)"),
    written_once=True,
)

fold = Fold()


def _row(
    recorded: Recorded, event: Offer.ContactDisclosed | Offer.ContactRefused, rows: Rows
) -> StoredDisclosure:
    contest: StoredContest | None = rows.look(CONTESTS, event.workspace_id, event.originator_id)
    if contest is None:
        raise LookupError(f"the offer {event.originator_id} was never published")
    return StoredDisclosure(
        event.workspace_id,
        recorded.position,
        event.originator_id,
        contest.deal_id,
        contest.number,
        event.to_id,
        told=True,
        reason="",
        again=False,
        at=event.timestamp,
        seconds=(event.timestamp - contest.published_at).total_seconds(),
    )


@fold.on(Offer.ContactDisclosed, reads=[CONTESTS])
def _contact_disclosed(recorded: Recorded, event: Offer.ContactDisclosed, rows: Rows) -> None:
    row = _row(recorded, event, rows)
    row.again = event.again
    rows.put(DISCLOSURES, row)


@fold.on(Offer.ContactRefused, reads=[CONTESTS])
def _contact_refused(recorded: Recorded, event: Offer.ContactRefused, rows: Rows) -> None:
    row = _row(recorded, event, rows)
    row.told, row.reason = False, event.reason
    rows.put(DISCLOSURES, row)
