"""Attempts: who pressed «claim» under which offer, how it ended for them, and why."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.contests import Attempt, Outcome, Reason
from domain.events import Recorded
from domain.offers import Offer, Standing
from projections.projection import Fold, Rows, Table


class AttemptRow(NamedTuple):
    """One press, `seconds` after the publication.

    It came `behind` seconds after the press that won; None while nobody had won, and for the
    winning press. Who waits in a fair window gets the outcome when it is decided, at `decided_at`:
    then `behind` is negative for a loser who pressed before the winner.
    """

    position: int
    offer_id: UUID
    deal_id: UUID
    number: int
    by: UUID
    outcome: str
    reason: str
    winner_id: UUID | None
    at: datetime
    decided_at: datetime
    seconds: float
    behind: float | None

    @property
    def cursor(self) -> int:
        """What a page after this row gets as `after`."""
        return self.position


class _Press(NamedTuple):
    by: UUID
    position: int
    at: datetime


@dataclass(slots=True)
class StoredAttempt:
    """What the table of attempts keeps."""

    workspace_id: UUID
    position: int
    offer_id: UUID
    deal_id: UUID
    number: int
    by: UUID
    outcome: str
    reason: str
    winner_id: UUID | None
    at: datetime
    decided_at: datetime
    seconds: float
    behind: float | None = None


@dataclass(slots=True)
class StoredContest:
    """What is known of an offer; `won_at` is the moment of the press that won.

    `waiting` are the position and moment of each press in a fair window, by executor.
    """

    workspace_id: UUID
    offer_id: UUID
    deal_id: UUID
    number: int
    published_at: datetime
    standing: str = Standing.OPEN.value
    executor_id: UUID | None = None
    claimed_at: datetime | None = None
    won_at: datetime | None = None
    waiting: dict[str, tuple[int, str]] = field(default_factory=dict[str, tuple[int, str]])


ATTEMPTS = Table(
    "claim_attempts",
    StoredAttempt,
    ("workspace_id", "position"),
    ("(workspace_id, offer_id, position)", "(workspace_id, by, position)"),
)
CONTESTS = Table(
    "contests",
    StoredContest,
    ("workspace_id", "offer_id"),
    ("(workspace_id, published_at)",),
)

fold = Fold()


@fold.on(Offer.Published)
def _published(_: Recorded, event: Offer.Published, rows: Rows) -> None:
    place = (event.workspace_id, event.originator_id)
    rows.put(CONTESTS, StoredContest(*place, event.deal_id, event.number, event.timestamp))


def _change(event: Offer.Event, rows: Rows) -> StoredContest:
    contest = rows.change(CONTESTS, event.workspace_id, event.originator_id)
    if contest is None:
        raise LookupError(f"the offer {event.originator_id} was never published")
    return contest


@fold.on(Offer.ClaimAttempted, reads=[CONTESTS])
def _claim_attempted(recorded: Recorded, event: Offer.ClaimAttempted, rows: Rows) -> None:
    contest = _change(event, rows)
    attempt = Attempt(Outcome(event.outcome), Reason(event.reason), event.winner_id)
    if str(event.by) in contest.waiting and attempt.outcome is not Outcome.REPEATED:
        _decide(contest, event.by, attempt, event.timestamp, rows)
        return
    if attempt.outcome is Outcome.WAITING:
        contest.waiting[str(event.by)] = (recorded.position, event.timestamp.isoformat())
    press = _Press(event.by, recorded.position, event.timestamp)
    rows.put(ATTEMPTS, _row(contest, press, attempt, event.timestamp))


def _decide(contest: StoredContest, by: UUID, attempt: Attempt, at: datetime, rows: Rows) -> None:
    """Tell of a press in a fair window how it has ended."""
    position, pressed_at = contest.waiting.pop(str(by))
    press = _Press(by, position, datetime.fromisoformat(pressed_at))
    if attempt.outcome is Outcome.WON:
        contest.won_at = press.at
    rows.put(ATTEMPTS, _row(contest, press, attempt, at))


def _row(
    contest: StoredContest, press: _Press, attempt: Attempt, decided_at: datetime
) -> StoredAttempt:
    won_at = None if attempt.outcome is Outcome.WON else contest.won_at
    return StoredAttempt(
        contest.workspace_id,
        press.position,
        contest.offer_id,
        contest.deal_id,
        contest.number,
        press.by,
        attempt.outcome.value,
        attempt.reason.value,
        attempt.winner_id,
        press.at,
        decided_at,
        (press.at - contest.published_at).total_seconds(),
        (press.at - won_at).total_seconds() if won_at else None,
    )


@fold.on(Offer.Claimed, reads=[CONTESTS])
def _claimed(_: Recorded, event: Offer.Claimed, rows: Rows) -> None:
    contest, at = _change(event, rows), event.timestamp
    contest.standing, contest.executor_id = Standing.CLAIMED.value, event.by
    contest.claimed_at = contest.won_at = at
    if str(event.by) in contest.waiting:
        _decide(contest, event.by, Attempt(Outcome.WON, winner_id=event.by), at, rows)


def _end(event: Offer.Event, standing: Standing, rows: Rows) -> None:
    _change(event, rows).standing = standing.value


@fold.on(Offer.Withdrawn, reads=[CONTESTS])
def _withdrawn(_: Recorded, event: Offer.Withdrawn, rows: Rows) -> None:
    _end(event, Standing.WITHDRAWN, rows)


@fold.on(Offer.Expired, reads=[CONTESTS])
def _expired(_: Recorded, event: Offer.Expired, rows: Rows) -> None:
    _end(event, Standing.EXPIRED, rows)


@fold.on(Offer.GivenBack, reads=[CONTESTS])
def _given_back(_: Recorded, event: Offer.GivenBack, rows: Rows) -> None:
    _end(event, Standing.GIVEN_BACK, rows)


@fold.on(Offer.Revoked, reads=[CONTESTS])
def _revoked(_: Recorded, event: Offer.Revoked, rows: Rows) -> None:
    _end(event, Standing.REVOKED, rows)
