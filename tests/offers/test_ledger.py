"""The ledger explains every loser: when, how late, why, and who has the order."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.offers import Card, Offer
from projections.attempts import AttemptRow
from projections.offer_rows import OfferRow
from tests.offers.ledger import ANNA, BORIS, DEAL, STAGE, VERA, pressed, published, told, won
from tests.projections.conftest import World
from tests.projections.facts import NOON, fact


def after(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


@pytest.mark.proves("S0-09", "P1")
async def test_every_press_is_told_with_its_delay_its_reason_and_who_has_the_order(
    questions: World,
) -> None:
    acme, other, offer, ended = (uuid4() for _ in range(4))
    for workspace in (acme, other):
        await questions.book.record(workspace, published(offer), *won(offer, 1, ANNA))
    last = await questions.book.record(
        acme,
        published(ended, number=8),
        pressed(offer, 1.5, BORIS, "lost", "taken", ANNA),
        pressed(offer, 2, ANNA, "repeated", winner=ANNA),
        fact(Offer.Withdrawn, ended, 2, reason="moved"),
        pressed(ended, 3, VERA, "refused", "barred"),
        pressed(ended, 4, VERA, "lost", "withdrawn"),
    )
    await questions.know("contests")
    attempts = questions.models.contests.attempts
    rows = (await attempts(acme)).rows
    assert [(r.by, r.outcome, r.reason, r.winner_id, r.seconds, r.behind) for r in rows] == [
        (VERA, "lost", "withdrawn", None, 240, None),
        (VERA, "refused", "barred", None, 180, None),
        (ANNA, "repeated", "", ANNA, 120, 60),
        (BORIS, "lost", "taken", ANNA, 90, 30),
        (ANNA, "won", "", ANNA, 60, None),
    ]
    at = NOON + after(4)
    assert rows[0] == AttemptRow(
        last, ended, DEAL, 8, VERA, "lost", "withdrawn", None, at, at, 240.0, None
    )
    assert (await attempts(acme, offer_id=offer)).rows == rows[2:]
    assert (await attempts(acme, by=VERA)).rows == rows[:2]
    assert (await attempts(acme, outcome="lost", first=1)).rows == rows[:1]
    assert (await attempts(acme, after=rows[2].cursor)).rows == rows[3:]
    assert [row.outcome for row in (await attempts(other)).rows] == ["won"]


async def test_who_waits_in_a_fair_window_is_told_its_end(questions: World) -> None:
    acme, offer, nobodys = uuid4(), uuid4(), uuid4()
    await questions.book.record(
        acme,
        published(offer, window=60),
        pressed(offer, 1, ANNA, "waiting"),
        fact(Offer.Contested, offer, 1, until=NOON + after(2)),
        pressed(offer, 1.5, BORIS, "waiting"),
        pressed(offer, 1.6, ANNA, "repeated"),
        pressed(offer, 1.7, VERA, "waiting"),
        published(nobodys, window=60),
        pressed(nobodys, 1, VERA, "waiting"),
    )
    await questions.know("contests", "offers")
    models = questions.models

    async def ledger(offer_id: UUID) -> list[tuple[object, ...]]:
        rows = (await models.contests.attempts(acme, offer_id=offer_id)).rows
        return [(r.by, r.outcome, r.reason, r.winner_id, r.at - NOON, r.behind) for r in rows]

    assert await ledger(offer) == [
        (VERA, "waiting", "", None, after(1.7), None),
        (ANNA, "repeated", "", None, after(1.6), None),
        (BORIS, "waiting", "", None, after(1.5), None),
        (ANNA, "waiting", "", None, after(1), None),
    ]
    row = await models.offers.one(acme, offer)
    assert row is not None
    assert (row.attempts, row.losers, row.decides_at) == (4, 0, NOON + after(2))

    await questions.book.record(
        acme,
        fact(Offer.Claimed, offer, 2, by=BORIS),
        pressed(offer, 2, ANNA, "lost", "waited_less", BORIS),
        pressed(offer, 2, VERA, "lost", "too_many", BORIS),
        pressed(nobodys, 2, VERA, "refused", "barred"),
        fact(Offer.Unclaimed, nobodys, 2),
    )
    await questions.know("contests", "offers")
    assert await ledger(offer) == [
        (VERA, "lost", "too_many", BORIS, after(1.7), 12),
        (ANNA, "repeated", "", None, after(1.6), None),
        (BORIS, "won", "", BORIS, after(1.5), None),
        (ANNA, "lost", "waited_less", BORIS, after(1), -30),
    ]
    assert await ledger(nobodys) == [(VERA, "refused", "barred", None, after(1), None)]
    row = await models.offers.one(acme, offer)
    assert row is not None
    assert (row.attempts, row.losers, row.decides_at) == (4, 2, None)


async def test_an_offer_tells_where_it_stands(questions: World) -> None:
    acme, other, offer, again = (uuid4() for _ in range(4))
    card = {"bot_id": 30, "chat_id": -500, "message_id": 9}
    position = await questions.book.record(other, published(offer)) + 1
    await questions.book.record(
        acme,
        published(offer, tells_winner=False, disclosed=["note"]),
        fact(Offer.CardShown, offer, 1, **card | {"message_id": 8}),
        fact(Offer.Escalated, offer, 5, step=0, act="repeat", chat_id=None),
        fact(Offer.CardShown, offer, 5, **card),
        fact(Offer.Revised, offer, 6, card="Kitchen, white", skill="tiles"),
        *won(offer, 7, ANNA),
        fact(Offer.SettlingFailed, offer, 8, reason="FieldsMissing: Phone"),
    )
    await questions.know("offers")
    offers = questions.models.offers
    row = OfferRow(
        offer_id=offer,
        position=position,
        deal_id=DEAL,
        number=7,
        entry=1,
        stage_id=STAGE,
        standing="claimed",
        card="Kitchen, white",
        skill="tiles",
        published_at=NOON,
        claimed_at=NOON + after(7),
        ended_at=None,
        executor_id=ANNA,
        settled=False,
        problem="FieldsMissing: Phone",
        decides_at=None,
        steps=1,
        attempts=1,
        losers=0,
        cards=[Card(**card)],
        tells_winner=False,
        disclosed=["note"],
    )
    assert await offers.one(acme, offer) == row
    assert (await offers.page(acme, standing="claimed", executor_id=ANNA)).rows == [row]
    assert (await offers.page(acme, standing="open")).rows == []

    await questions.book.record(
        acme,
        fact(Offer.Settled, offer, 9),
        fact(Offer.GivenBack, offer, 10, by=ANNA, reason="ill"),
        published(again, 10),
    )
    await questions.know("offers")
    first = await offers.page(acme, deal_id=DEAL, first=1)
    assert ([one.offer_id for one in first.rows], first.more) == ([again], True)
    (old,) = (await offers.page(acme, after=first.rows[0].cursor)).rows
    assert (old.standing, old.ended_at) == ("given_back", NOON + after(10))
    assert (old.settled, old.problem, old.executor_id) == (True, "", ANNA)
    assert [one.offer_id for one in await offers.of_deal(acme, DEAL)] == [again, offer]
    assert [one.standing for one in await offers.of_deal(other, DEAL)] == ["open"]


@pytest.mark.proves("S0-06")
async def test_who_saw_which_phone_when_is_on_record_and_who_never_claimed(
    questions: World,
) -> None:
    acme, other, offer = uuid4(), uuid4(), uuid4()
    for workspace in (acme, other):
        await questions.book.record(workspace, published(offer), told(offer, 1, ANNA))
    await questions.book.record(
        acme,
        told(offer, 2, BORIS),
        told(offer, 3, ANNA, again=True),
        fact(Offer.ContactRefused, offer, 4, to_id=VERA, reason="too_many_phones"),
        *won(offer, 5, ANNA),
    )
    await questions.know("contests")
    disclosures = questions.models.contests.disclosures
    rows = (await disclosures(acme)).rows
    assert [(r.to_id, r.told, r.reason, r.again, r.seconds, r.claimed) for r in rows] == [
        (VERA, False, "too_many_phones", False, 240, False),
        (ANNA, True, "", True, 180, True),
        (BORIS, True, "", False, 120, False),
        (ANNA, True, "", False, 60, True),
    ]
    assert {(r.offer_id, r.deal_id, r.number) for r in rows} == {(offer, DEAL, 7)}
    assert (await disclosures(acme, told=True, claimed=False)).rows == [rows[2]]
    assert (await disclosures(acme, offer_id=offer, to_id=ANNA)).rows == [rows[1], rows[3]]
    page = await disclosures(acme, first=1, after=rows[0].cursor)
    assert (page.rows, page.more) == ([rows[1]], True)
    assert [(r.to_id, r.claimed) for r in (await disclosures(other)).rows] == [(ANNA, False)]
