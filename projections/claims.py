"""Claims: who tried to become a ticket's holder, how it ended, and how quick they were."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.claims import Attempt
from domain.events import Recorded
from domain.tickets import Ticket
from projections.projection import Fold, Key, Page, ReadModel, Rows, Table


class ClaimRow(NamedTuple):
    """One attempt: `seconds` passed since the ticket was opened, `holder_id` holds it now."""

    position: int
    ticket_id: UUID
    number: int
    by: UUID
    outcome: str
    holder_id: UUID
    at: datetime
    seconds: float

    @property
    def cursor(self) -> int:
        """What a page after this row gets as `after`."""
        return self.position


class ClaimTotals(NamedTuple):
    """How often a person won, lost, or pressed again on what they held."""

    person_id: UUID
    won: int
    lost: int
    repeated: int


@dataclass(slots=True)
class StoredClaim:
    """What the table of claims keeps."""

    workspace_id: UUID
    position: int
    ticket_id: UUID
    number: int
    by: UUID
    outcome: str
    holder_id: UUID
    at: datetime
    seconds: float


@dataclass(slots=True)
class StoredOpening:
    """When a ticket was opened."""

    workspace_id: UUID
    ticket_id: UUID
    number: int
    opened_at: datetime


@dataclass(slots=True)
class StoredTotals:
    """What the table of claimants keeps."""

    workspace_id: UUID
    person_id: UUID
    won: int = 0
    lost: int = 0
    repeated: int = 0


CLAIMS = Table(
    "claims",
    StoredClaim,
    ("workspace_id", "position"),
    ("(workspace_id, ticket_id, position)", "(workspace_id, by, position)"),
    written_once=True,
)
OPENINGS = Table("claim_openings", StoredOpening, ("workspace_id", "ticket_id"))
CLAIMANTS = Table("claimants", StoredTotals, ("workspace_id", "person_id"))

fold = Fold()


def _claimant(event: Ticket.ClaimAttempted) -> Key:
    return event.workspace_id, event.by


@fold.on(Ticket.Opened)
def _opened(_: Recorded, event: Ticket.Opened, rows: Rows) -> None:
    place = (event.workspace_id, event.originator_id)
    rows.put(OPENINGS, StoredOpening(*place, event.number, event.timestamp))


@fold.on(Ticket.ClaimAttempted, reads=[OPENINGS, (CLAIMANTS, _claimant)])
def _attempted(recorded: Recorded, event: Ticket.ClaimAttempted, rows: Rows) -> None:
    opening = rows.look(OPENINGS, event.workspace_id, event.originator_id)
    if opening is None:
        raise LookupError(f"the ticket {event.originator_id} was never opened")
    rows.put(
        CLAIMS,
        StoredClaim(
            event.workspace_id,
            recorded.position,
            event.originator_id,
            opening.number,
            event.by,
            event.outcome,
            event.holder_id,
            event.timestamp,
            (event.timestamp - opening.opened_at).total_seconds(),
        ),
    )
    totals = rows.change(CLAIMANTS, *_claimant(event))
    if totals is None:
        totals = StoredTotals(event.workspace_id, event.by)
        rows.put(CLAIMANTS, totals)
    match Attempt(event.outcome):
        case Attempt.WON:
            totals.won += 1
        case Attempt.LOST:
            totals.lost += 1
        case Attempt.REPEATED:
            totals.repeated += 1


class Claims(ReadModel):
    """Every attempt to claim a ticket."""

    name = "claims"
    version = 1
    tables = (CLAIMS, OPENINGS, CLAIMANTS)
    fold = fold

    async def page(  # noqa: PLR0913 - each narrows the list
        self,
        workspace_id: UUID,
        *,
        ticket_id: UUID | None = None,
        by: UUID | None = None,
        outcome: str | None = None,
        first: int = 50,
        after: int | None = None,
    ) -> Page[ClaimRow]:
        """Attempts, the newest first; `after` is the `cursor` of the last row seen."""
        question = """
            SELECT position, ticket_id, number, by, outcome, holder_id, at, seconds
              FROM read.claims WHERE workspace_id = %(workspace_id)s"""
        if ticket_id is not None:
            question += " AND ticket_id = %(ticket_id)s"
        if by is not None:
            question += " AND by = %(by)s"
        if outcome is not None:
            question += " AND outcome = %(outcome)s"
        if after is not None:
            question += " AND position < %(after)s"
        return await self._ask_page(
            ClaimRow,
            question + " ORDER BY position DESC LIMIT %(limit)s",
            first,
            workspace_id=workspace_id,
            ticket_id=ticket_id,
            by=by,
            outcome=outcome,
            after=after,
        )

    async def totals(self, workspace_id: UUID) -> list[ClaimTotals]:
        """Each person who ever tried, the one with the most wins first."""
        return await self._ask(
            ClaimTotals,
            """SELECT person_id, won, lost, repeated FROM read.claimants
                WHERE workspace_id = %(workspace_id)s ORDER BY won DESC, person_id""",
            workspace_id=workspace_id,
        )
