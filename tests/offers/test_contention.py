"""How hard orders are fought for: figures of a period, of all and of each executor."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.offers import Offer
from projections.contention import ContenderRow, ContentionRow
from tests.offers.ledger import ANNA, BORIS, VERA, pressed, published, told, won
from tests.projections.conftest import World
from tests.projections.facts import NOON, fact

HOUR = timedelta(hours=1)


async def test_contention_is_counted_over_the_offers_of_a_period(questions: World) -> None:
    acme, other = uuid4(), uuid4()
    hot, calm, expired, withdrawn, old = (uuid4() for _ in range(5))
    for workspace in (acme, other):
        await questions.book.record(
            workspace,
            published(old, -90),
            *won(old, -80, VERA),
            published(hot),
            told(hot, 0.5, ANNA),
            *won(hot, 1, ANNA),
            pressed(hot, 1.25, BORIS, "lost", "taken", ANNA),
            pressed(hot, 1.5, BORIS, "lost", "taken", ANNA),
            pressed(hot, 2, ANNA, "repeated", winner=ANNA),
        )
    await questions.book.record(
        acme,
        published(calm, 10),
        told(calm, 11, BORIS),
        told(calm, 12, BORIS, again=True),
        *won(calm, 13, BORIS),
        fact(Offer.GivenBack, calm, 20, by=BORIS, reason="ill"),
        published(expired, 10),
        pressed(expired, 11, VERA, "refused", "barred"),
        fact(Offer.Expired, expired, 30),
        published(withdrawn, 10),
        fact(Offer.Withdrawn, withdrawn, 11, reason="moved"),
    )
    await questions.know("contests")
    contention = questions.models.contests.contention
    figures = await contention(acme, NOON, NOON + HOUR)
    assert figures._replace(contenders=[], claim_p90=0, behind_p90=0) == ContentionRow(
        published=4,
        claimed=2,
        contested=1,
        expired=1,
        withdrawn=1,
        given_back=1,
        presses=6,
        most_presses=4,
        claim_median=120,
        claim_p90=0,
        behind_median=22.5,
        behind_p90=0,
        phone_median=45,
        contenders=[],
    )
    assert (figures.claim_p90, figures.behind_p90) == pytest.approx((168, 28.5))
    assert sorted(figures.contenders, key=lambda one: [ANNA, BORIS, VERA].index(one[0])) == [
        ContenderRow(ANNA, 2, 1, 0, 0, 1, 0, 1, 0.5, 60),
        ContenderRow(BORIS, 3, 1, 2, 0, 0, 1, 1, 0.5, 90),
        ContenderRow(VERA, 1, 0, 0, 1, 0, 0, 0, 0, 60),
    ]
    theirs = await contention(other, NOON - 2 * HOUR, NOON + HOUR)
    assert (theirs.published, theirs.claimed, len(theirs.contenders)) == (2, 2, 3)


async def test_where_nothing_was_offered_there_are_no_figures(questions: World) -> None:
    figures = await questions.models.contests.contention(uuid4(), NOON, NOON + HOUR)
    nothing = ContentionRow(0, 0, 0, 0, 0, 0, 0, 0, None, None, None, None, None, [])
    assert figures == nothing
