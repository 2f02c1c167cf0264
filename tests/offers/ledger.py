"""Facts about offers for read models: Anna, Boris and Vera press."""

from typing import Any
from uuid import UUID, uuid4

from domain.offers import Offer
from tests.projections.facts import Fact, fact

ANNA, BORIS, VERA, DEAL, STAGE = (uuid4() for _ in range(5))


def published(offer: UUID, minute: float = 0, number: int = 7, **told: Any) -> Fact:
    """A deal is offered; what is told is of the offering."""
    return fact(
        Offer.Published,
        offer,
        minute,
        deal_id=DEAL,
        number=number,
        entry=1,
        stage_id=STAGE,
        card="Kitchen",
        skill="",
        offering={"claimed_stage_id": STAGE, **told},
    )


def pressed(
    offer: UUID,
    minute: float,
    by: UUID,
    outcome: str,
    reason: str = "",
    winner: UUID | None = None,
) -> Fact:
    return fact(
        Offer.ClaimAttempted, offer, minute, by=by, outcome=outcome, reason=reason, winner_id=winner
    )


def won(offer: UUID, minute: float, by: UUID) -> list[Fact]:
    """Somebody pressed and has it."""
    return [
        pressed(offer, minute, by, "won", winner=by),
        fact(Offer.Claimed, offer, minute, by=by),
    ]


def told(offer: UUID, minute: float, to: UUID, *, again: bool = False) -> Fact:
    return fact(Offer.ContactDisclosed, offer, minute, to_id=to, again=again)
