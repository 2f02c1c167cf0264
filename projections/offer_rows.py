"""Offers as lists show them: one row each."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.contests import Outcome
from domain.events import Recorded
from domain.offering import Act
from domain.offers import Card, Offer, Standing
from projections.projection import Fold, Rows, Table


class OfferRow(NamedTuple):
    """A stay of a deal on a search stage; `position` is that of its publication.

    `executor_id` has it since `claimed_at`, or had it until `ended_at`; `settled`: the deal knows,
    else `problem` tells why not. In a fair window it is decided at `decides_at`. `steps` of the
    ladder are done, `attempts` presses were made, `losers` of them came too late. `cards` are its
    places in Telegram, `disclosed` the keys of fields told only in private.
    """

    offer_id: UUID
    position: int
    deal_id: UUID
    number: int
    entry: int
    stage_id: UUID
    standing: str
    card: str
    skill: str
    published_at: datetime
    claimed_at: datetime | None
    ended_at: datetime | None
    executor_id: UUID | None
    settled: bool
    problem: str
    decides_at: datetime | None
    steps: int
    attempts: int
    losers: int
    cards: list[Card]
    tells_winner: bool
    disclosed: list[str]

    @property
    def cursor(self) -> int:
        """What a page after this row gets as `after`."""
        return self.position


@dataclass(slots=True)
class StoredOffer:
    """What the table of offers keeps."""

    workspace_id: UUID
    offer_id: UUID
    position: int
    deal_id: UUID
    number: int
    entry: int
    stage_id: UUID
    card: str
    skill: str
    tells_winner: bool
    disclosed: list[str]
    published_at: datetime
    standing: str = Standing.OPEN.value
    claimed_at: datetime | None = None
    ended_at: datetime | None = None
    executor_id: UUID | None = None
    settled: bool = True
    problem: str = ""
    decides_at: datetime | None = None
    steps: int = 0
    attempts: int = 0
    losers: int = 0
    waiting: list[str] = field(default_factory=list[str])
    cards: list[dict[str, int]] = field(default_factory=list[dict[str, int]])


OFFERS = Table(
    "offers",
    StoredOffer,
    ("workspace_id", "offer_id"),
    (
        "(workspace_id, position)",
        "(workspace_id, standing, position)",
        "(workspace_id, deal_id, position)",
        "(workspace_id, executor_id, position)",
    ),
)

fold = Fold()


@fold.on(Offer.Published)
def _published(recorded: Recorded, event: Offer.Published, rows: Rows) -> None:
    rows.put(
        OFFERS,
        StoredOffer(
            event.workspace_id,
            event.originator_id,
            recorded.position,
            event.deal_id,
            event.number,
            event.entry,
            event.stage_id,
            event.card,
            event.skill,
            event.offering.tells_winner,
            event.offering.disclosed,
            event.timestamp,
        ),
    )


def _change(event: Offer.Event, rows: Rows) -> StoredOffer:
    offer = rows.change(OFFERS, event.workspace_id, event.originator_id)
    if offer is None:
        raise LookupError(f"the offer {event.originator_id} was never published")
    return offer


@fold.on(Offer.Revised, reads=[OFFERS])
def _revised(_: Recorded, event: Offer.Revised, rows: Rows) -> None:
    offer = _change(event, rows)
    offer.card, offer.skill = event.card, event.skill


@fold.on(Offer.CardShown, reads=[OFFERS])
def _card_shown(_: Recorded, event: Offer.CardShown, rows: Rows) -> None:
    offer = _change(event, rows)
    place = {"bot_id": event.bot_id, "chat_id": event.chat_id, "message_id": event.message_id}
    offer.cards = [*offer.cards, place]


@fold.on(Offer.ClaimAttempted, reads=[OFFERS])
def _claim_attempted(_: Recorded, event: Offer.ClaimAttempted, rows: Rows) -> None:
    offer, by, outcome = _change(event, rows), str(event.by), Outcome(event.outcome)
    offer.losers += outcome is Outcome.LOST
    if by in offer.waiting and outcome is not Outcome.REPEATED:
        offer.waiting.remove(by)  # no other press: how the one in the window ended
        return
    offer.attempts += 1
    if outcome is Outcome.WAITING:
        offer.waiting.append(by)


@fold.on(Offer.Contested, reads=[OFFERS])
def _contested(_: Recorded, event: Offer.Contested, rows: Rows) -> None:
    _change(event, rows).decides_at = event.until


@fold.on(Offer.Claimed, reads=[OFFERS])
def _claimed(_: Recorded, event: Offer.Claimed, rows: Rows) -> None:
    offer = _change(event, rows)
    offer.standing, offer.executor_id = Standing.CLAIMED.value, event.by
    offer.claimed_at, offer.decides_at = event.timestamp, None
    offer.waiting = [one for one in offer.waiting if one != str(event.by)]
    offer.settled = False


@fold.on(Offer.Unclaimed, reads=[OFFERS])
def _unclaimed(_: Recorded, event: Offer.Unclaimed, rows: Rows) -> None:
    _change(event, rows).decides_at = None


@fold.on(Offer.Escalated, reads=[OFFERS])
def _escalated(_: Recorded, event: Offer.Escalated, rows: Rows) -> None:
    offer = _change(event, rows)
    offer.steps += 1
    if event.act == Act.REPEAT:
        offer.cards = []


def _end(event: Offer.Event, standing: Standing, rows: Rows) -> None:
    offer = _change(event, rows)
    offer.standing, offer.ended_at = standing.value, event.timestamp
    offer.decides_at = None


@fold.on(Offer.Withdrawn, reads=[OFFERS])
def _withdrawn(_: Recorded, event: Offer.Withdrawn, rows: Rows) -> None:
    _end(event, Standing.WITHDRAWN, rows)


@fold.on(Offer.Expired, reads=[OFFERS])
def _expired(_: Recorded, event: Offer.Expired, rows: Rows) -> None:
    _end(event, Standing.EXPIRED, rows)


@fold.on(Offer.GivenBack, reads=[OFFERS])
def _given_back(_: Recorded, event: Offer.GivenBack, rows: Rows) -> None:
    _end(event, Standing.GIVEN_BACK, rows)


@fold.on(Offer.Revoked, reads=[OFFERS])
def _revoked(_: Recorded, event: Offer.Revoked, rows: Rows) -> None:
    _end(event, Standing.REVOKED, rows)


@fold.on(Offer.Settled, reads=[OFFERS])
def _settled(_: Recorded, event: Offer.Settled, rows: Rows) -> None:
    offer = _change(event, rows)
    offer.settled, offer.problem = True, ""


@fold.on(Offer.SettlingFailed, reads=[OFFERS])
def _settling_failed(_: Recorded, event: Offer.SettlingFailed, rows: Rows) -> None:
    _change(event, rows).problem = event.reason
