"""An order that is given back or taken away goes to the chat again; its history stays."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from application.deals import DeleteDeal
from application.desk import NotFound
from application.order_letters import OfferCard, OrderReturned, OrderRevoked
from application.orders import GiveBackOrder, RevokeOrder
from application.ownership import DealIsNotYours
from application.pipelines import EndOffering, RequireFields, RetireStage
from application.settling import ReturnOrder
from domain.deals import Deal
from domain.executors import Executor
from domain.offers import Offer, OfferIsNotClaimed, OrderIsNotYours, offer_of
from tests.facts import ANNA, BORIS
from tests.firm import Firm, firm
from tests.sales import CHAT, DEAL, IVAN, NEW, OLGA, PETR, SALES, SEARCH, WON, WORK

FIRST, SECOND, THIRD = (offer_of(DEAL, n) for n in (1, 2, 3))


async def claimed(**told: Any) -> Firm:
    acme = await firm()
    await acme.deal(**told)
    await acme.claim(IVAN)
    return acme


async def give_back(acme: Firm, **told: Any) -> None:
    usual = {"offer_id": FIRST, "executor_id": acme.id_of(IVAN), "reason": "ill"}
    await acme.do(GiveBackOrder, **usual | told)


async def revoke(acme: Firm, **told: Any) -> None:
    await acme.do(RevokeOrder, **{"offer_id": FIRST, "reason": "too slow"} | told)


WAYS = pytest.mark.parametrize(
    ("way", "standing"), [(give_back, "given_back"), (revoke, "revoked")]
)
Way = Callable[..., Awaitable[None]]


@pytest.mark.proves("S0-E6")
@WAYS
async def test_it_is_offered_anew_and_somebody_else_may_have_it(way: Way, standing: str) -> None:
    acme = await claimed()
    await way(acme)
    deal, offer = await acme.the_deal(), await acme.the_offer()
    assert (deal.stage_id, deal.entry, deal.executor_id, deal.executor) == (SEARCH, 3, None, {})
    assert (offer.standing, offer.executor_id) == (standing, acme.id_of(IVAN))
    assert (await acme.executor(IVAN)).orders == []
    cards = acme.told(CHAT, OfferCard)
    assert [(one.offer.offer_id, one.offer.standing) for one in cards[-2:]] == [
        (FIRST, standing),
        (THIRD, "open"),
    ]
    assert (await acme.claim(PETR))["reason"] == "given_back"
    assert (await acme.claim(PETR, THIRD))["outcome"] == "won"
    assert (await acme.the_deal()).executor_id == acme.id_of(PETR)
    assert len(acme.happened(Offer.Claimed)) == 2


@WAYS
async def test_doing_it_twice_is_doing_it_once(way: Way, standing: str) -> None:
    acme = await claimed()
    await way(acme)
    await way(acme)
    await acme.do(ReturnOrder, offer_id=FIRST)
    assert len(acme.happened(Offer.GivenBack, Offer.Revoked)) == 1
    assert (await acme.the_deal()).entry == 3


@WAYS
async def test_an_order_that_never_left_the_search_is_offered_anew_too(
    way: Way, standing: str
) -> None:
    acme = await firm()
    await acme.do(RequireFields, pipeline_id=SALES, stage_id=WORK, keys=("address",))
    await acme.deal()
    await acme.claim(IVAN)
    await way(acme)
    deal = await acme.the_deal()
    assert (deal.stage_id, deal.entry, deal.executor_id) == (SEARCH, 2, None)
    assert (await acme.the_offer(2)).standing == "open"
    assert (await acme.claim(PETR, SECOND))["outcome"] == "won"


@WAYS
async def test_it_comes_back_from_wherever_the_deal_has_gone(way: Way, standing: str) -> None:
    acme = await claimed()
    await acme.move(NEW)
    await way(acme)
    assert (await acme.the_deal()).stage_id == SEARCH
    assert (await acme.the_offer(4)).standing == "open"


async def test_both_sides_hear_of_it() -> None:
    acme = await claimed(by=ANNA)
    await give_back(acme)
    [returned] = acme.told(500, OrderReturned)
    assert (returned.executor, returned.reason) == ("Ivan", "ill")
    acme = await claimed(by=ANNA)
    await revoke(acme, by=ANNA)
    [revoked] = acme.told(IVAN.telegram_id, OrderRevoked)
    assert (revoked.number, revoked.reason) == (1, "too slow")
    assert acme.happened(Offer.Revoked)[0].by == ANNA


@pytest.mark.proves("S0-E6")
async def test_only_whoever_has_an_order_gives_it_back() -> None:
    acme = await claimed()
    for told in ({"executor_id": acme.id_of(PETR)}, {"executor_id": BORIS}):
        with pytest.raises(OrderIsNotYours):
            await give_back(acme, **told)
    with pytest.raises(NotFound):
        await give_back(acme, offer_id=SECOND)
    await revoke(acme)
    with pytest.raises(OrderIsNotYours):
        await give_back(acme)


async def test_only_the_manager_of_a_deal_or_a_leader_revokes_its_order() -> None:
    acme = await claimed(by=ANNA)
    with pytest.raises(DealIsNotYours):
        await revoke(acme, by=BORIS)
    await revoke(acme, by=OLGA)
    with pytest.raises(OfferIsNotClaimed):
        await revoke(acme, by=ANNA, offer_id=THIRD)


async def test_an_order_that_is_done_is_not_given_back() -> None:
    acme = await claimed()
    await acme.move(WON)
    with pytest.raises(OrderIsNotYours):
        await give_back(acme)
    assert (await acme.executor(IVAN)).gave_back_at is None
    with pytest.raises(OfferIsNotClaimed):
        await revoke(acme)
    deal = await acme.the_deal()
    assert (deal.stage_id, deal.executor_id is None) == (WON, False)


async def test_a_deal_that_goes_on_gives_its_executor_the_order_back() -> None:
    acme = await claimed()
    await acme.move(WON)
    assert (await acme.executor(IVAN)).orders == []
    await acme.move(WORK)
    assert len((await acme.executor(IVAN)).orders) == 1


async def test_an_order_of_a_deleted_deal_goes_nowhere() -> None:
    acme = await claimed()
    await acme.do(DeleteDeal, deal_id=DEAL)
    with pytest.raises(OfferIsNotClaimed):
        await revoke(acme)
    assert acme.happened(Offer.Published)[1:] == []
    assert (await acme.the_deal()).stage_id == WORK


async def test_where_nothing_is_offered_any_more_the_deal_waits_on_the_stage() -> None:
    acme = await claimed()
    await acme.do(EndOffering, pipeline_id=SALES, stage_id=SEARCH)
    await give_back(acme)
    assert (await acme.the_deal()).stage_id == SEARCH
    assert len(acme.happened(Offer.Published)) == 1


async def test_a_deal_comes_back_to_whatever_followed_its_stage() -> None:
    acme = await claimed()
    await acme.do(RetireStage, pipeline_id=SALES, stage_id=SEARCH, successor_id=NEW)
    await give_back(acme)
    assert (await acme.the_deal()).stage_id == NEW


async def test_a_deal_that_a_manager_offers_again_elsewhere_stays_there() -> None:
    """The order is revoked by that, and its return does not drag the deal back."""
    acme = await claimed()
    await acme.do(EndOffering, pipeline_id=SALES, stage_id=SEARCH)
    await acme.offer_on(NEW)
    await acme.move(NEW)
    deal = await acme.the_deal()
    assert (deal.stage_id, deal.entry, deal.executor_id) == (NEW, 3, None)
    assert (await acme.the_offer()).standing == "revoked"
    assert (await acme.claim(PETR, THIRD))["outcome"] == "won"


async def test_what_happened_stays_on_record() -> None:
    acme = await claimed()
    await give_back(acme)
    kinds = (Offer.Claimed, Offer.GivenBack, Deal.ExecutorFound, Deal.ExecutorLeft)
    of_the_order = [type(one).__name__ for one in acme.happened(*kinds)]
    assert of_the_order == ["Claimed", "ExecutorFound", "GivenBack", "ExecutorLeft"]
    of_ivan = [type(one).__name__ for one in acme.happened(Executor.OfferTaken, Executor.OfferLeft)]
    assert of_ivan == ["OfferTaken", "OfferLeft"]
