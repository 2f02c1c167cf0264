"""Whoever won stays the winner; the deal follows as soon as it can."""

from typing import Any

import pytest

from application.deals import ChangeDeal, DeleteDeal, MoveDeal
from application.executors import LinkExecutor
from application.offers import PublishOffer
from application.order_letters import DealGiven, ExecutorFound, OrderPending, OrderReturned
from application.orders import ClaimOffer, GiveBackOrder
from application.ownership import AssignDeal
from application.pipelines import RequireFields, RetireStage
from application.settling import SettleOrder
from domain.deals import Deal
from domain.executors import Executor
from domain.offers import Offer, offer_of
from domain.slots import slot_of
from domain.staff import Person
from tests.facts import ANNA, BORIS, Fact
from tests.firm import Firm, firm
from tests.sales import DEAL, IVAN, LOST, NEW, PETR, SALES, SEARCH, WON, WORK

FIRST = offer_of(DEAL, 1)


async def claimed(*wanted: str, **told: Any) -> Firm:
    """A firm whose claimed deals need these fields; Ivan has won the first."""
    acme = await firm()
    await acme.do(RequireFields, pipeline_id=SALES, stage_id=WORK, keys=wanted)
    await acme.deal(**told)
    await acme.claim(IVAN)
    return acme


async def unsettled() -> Firm:
    """Ivan has won, and nothing has followed from that yet."""
    acme = await firm()
    await acme.deal()
    told = {"offer_id": FIRST, "account": IVAN, "actor": "executor:ivan"}
    await acme.tell(ClaimOffer, **told)
    return acme


@pytest.mark.proves("S0-E13")
async def test_the_winner_stays_the_winner_and_the_manager_hears_what_is_missing() -> None:
    acme = await claimed("address", "flat", by=ANNA)
    offer, deal = await acme.the_offer(), await acme.the_deal()
    assert (offer.standing, offer.executor_id) == ("claimed", acme.id_of(IVAN))
    assert (offer.settled, offer.problem) == (False, "Address, Flat")
    assert (deal.stage_id, deal.executor_id) == (SEARCH, acme.id_of(IVAN))
    assert [one.missing for one in acme.told(500, OrderPending)] == ["Address, Flat"]
    answer = await acme.claim(PETR)
    assert (answer["outcome"], answer["winner_name"]) == ("lost", "Ivan")
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"flat": "5"})
    assert [one.missing for one in acme.told(500, OrderPending)] == ["Address, Flat", "Address"]
    assert (await acme.the_offer()).problem == "Address"
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"address": "Lenina 1"})
    assert (await acme.the_offer()).settled
    assert (await acme.the_deal()).stage_id == WORK
    assert len(acme.happened(Deal.ExecutorFound)) == 1


async def test_the_manager_hears_who_does_the_work() -> None:
    acme = await claimed(by=ANNA)
    [found] = acme.told(500, ExecutorFound)
    assert found.told == {"name": "Ivan", "username": "ivan", "telegram_id": "900"}
    assert acme.told(501) == []


async def test_what_was_wanted_is_wanted_no_more_when_a_person_has_moved_the_deal() -> None:
    acme = await claimed("address")
    await acme.move(NEW)
    offer, deal = await acme.the_offer(), await acme.the_deal()
    assert (offer.settled, offer.standing) == (True, "claimed")
    assert (deal.stage_id, deal.executor_id) == (NEW, acme.id_of(IVAN))


@pytest.mark.parametrize(
    ("stage", "standing", "orders"),
    [(NEW, "claimed", 1), (WON, "claimed", 0), (LOST, "claimed", 0), (SEARCH, "claimed", 1)],
)
async def test_a_deal_that_was_moved_since_the_claim_stays_where_it_is(
    stage: Any, standing: str, orders: int
) -> None:
    acme = await unsettled()
    await acme.tell(MoveDeal, deal_id=DEAL, stage_id=stage)
    await acme.rest()
    deal, offer = await acme.the_deal(), await acme.the_offer()
    assert deal.stage_id == (WORK if stage == SEARCH else stage)
    assert (offer.standing, offer.settled, deal.executor_id) == (standing, True, acme.id_of(IVAN))
    assert len((await acme.executor(IVAN)).orders) == orders


async def test_a_deal_that_was_offered_anew_since_the_claim_is_nobodys() -> None:
    acme = await unsettled()
    for stage in (NEW, SEARCH):
        await acme.tell(MoveDeal, deal_id=DEAL, stage_id=stage)
    await acme.rest()
    assert [(await acme.the_offer(n)).standing for n in (1, 3)] == ["revoked", "open"]
    deal = await acme.the_deal()
    assert (deal.stage_id, deal.entry, deal.executor_id) == (SEARCH, 3, None)
    assert (await acme.executor(IVAN)).orders == []


async def test_an_order_whose_deal_is_deleted_binds_nobody() -> None:
    for acme in (await unsettled(), await claimed("address"), await claimed()):
        await acme.tell(DeleteDeal, deal_id=DEAL)
        await acme.rest()
        assert (await acme.the_offer()).settled
        assert (await acme.executor(IVAN)).orders == []


@pytest.mark.parametrize("stage", [WON, LOST])
async def test_an_order_whose_deal_is_over_is_done(stage: Any) -> None:
    acme = await claimed()
    await acme.move(stage)
    left = acme.happened(Executor.OfferLeft)
    assert [(one.offer_id, one.reason) for one in left] == [(FIRST, "done")]
    assert (await acme.the_deal()).executor_id == acme.id_of(IVAN)


async def test_a_claimed_deal_goes_to_whatever_followed_the_stage_of_the_rules() -> None:
    acme = await firm()
    await acme.deal()
    await acme.do(RetireStage, pipeline_id=SALES, stage_id=WORK, successor_id=NEW)
    await acme.claim(IVAN)
    assert (await acme.the_deal()).stage_id == NEW


@pytest.mark.parametrize("wanted", [(), ("address",)])
async def test_settling_or_publishing_once_more_changes_nothing(wanted: tuple[str, ...]) -> None:
    acme = await claimed(*wanted)
    known = len(acme.log.entries)
    await acme.do(SettleOrder, offer_id=FIRST)
    await acme.do(PublishOffer, deal_id=DEAL, entry=1)
    assert len(acme.log.entries) == known


async def lent(**told: Any) -> Firm:
    """Ivan, who is Boris of the staff, has won."""
    acme = await firm()
    await acme.do(LinkExecutor, executor_id=acme.id_of(IVAN), person_id=BORIS)
    await acme.deal(**told)
    await acme.claim(IVAN)
    return acme


@pytest.mark.proves("S0-E4")
@pytest.mark.parametrize("by", [ANNA, None])
async def test_a_deal_that_was_lent_to_an_executor_comes_back_to_whose_it_was(by: Any) -> None:
    acme = await lent(by=by)
    assert await acme.responsible() == BORIS
    told = {"offer_id": FIRST, "executor_id": acme.id_of(IVAN), "reason": "ill"}
    await acme.do(GiveBackOrder, **told)
    assert await acme.responsible() == by
    assert [one.reason for one in acme.told(500 if by else 502, OrderReturned)] == ["ill"]
    assert acme.told(501, OrderReturned, DealGiven) == []
    changed = [(one.to_id, one.cause) for one in acme.happened(Deal.ResponsibleChanged)]
    back = slot_of(ANNA, 1) if by else None
    assert changed == [(slot_of(BORIS, 1), "claim"), (back, "returned")]


async def test_what_a_person_decided_since_is_not_undone() -> None:
    acme = await lent()
    await acme.do(AssignDeal, deal_id=DEAL, person_id=ANNA)
    await acme.do(GiveBackOrder, offer_id=FIRST, executor_id=acme.id_of(IVAN))
    assert await acme.responsible() == ANNA


async def test_somebody_who_has_left_the_staff_is_an_executor_like_others() -> None:
    acme = await firm()
    await acme.do(LinkExecutor, executor_id=acme.id_of(IVAN), person_id=BORIS)
    await acme.note(Fact(Person.Left, on=BORIS))
    await acme.deal(by=ANNA)
    await acme.claim(IVAN)
    assert await acme.responsible() == ANNA
    assert (await acme.the_deal()).executor_id == acme.id_of(IVAN)


async def test_no_attempt_is_lost_while_the_deal_waits() -> None:
    acme = await claimed("address")
    await acme.claim(PETR)
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"address": "Lenina 1"})
    await acme.claim(PETR)
    assert [one.outcome for one in acme.happened(Offer.ClaimAttempted)] == ["won", "lost", "lost"]
