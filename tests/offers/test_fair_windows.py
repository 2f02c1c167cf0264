"""In a fair window not the quickest wins, but who waited longest for an order."""

from datetime import timedelta

from application.executors import Account, SetAdmission
from application.order_letters import OfferCard, OrderLost, OrderWon
from application.orders import DecideOffer
from domain.executors import Admission
from domain.offers import Offer, offer_of
from tests.firm import Firm, firm
from tests.sales import CHAT, DEAL, IVAN, NEW, OLEG, OTHER_DEAL, PETR, SEMYON

LATER = 20


async def fair(*winners: Account) -> Firm:
    """A firm whose executors wait ten seconds for a decision; these have had orders, in turn."""
    acme = await firm()
    for n, account in enumerate(winners):
        await acme.deal(deal_id=offer_of(OTHER_DEAL, n))
        await acme.claim(account, offer_of(offer_of(OTHER_DEAL, n), 1))
        await acme.wait(minutes=1)
    await acme.offer_by(window=10)
    await acme.deal()
    return acme


async def bar(acme: Firm, *accounts: Account) -> None:
    for one in accounts:
        told = {"executor_id": acme.id_of(one), "admission": Admission.BARRED}
        await acme.do(SetAdmission, **told)


async def holder(acme: Firm) -> object:
    return (await acme.the_offer()).executor_id


def attempts(acme: Firm) -> list[tuple[str, str]]:
    """How the attempts at the contested offer have ended so far."""
    every = acme.happened(Offer.ClaimAttempted)
    mine = [one for one in every if one.originator_id == offer_of(DEAL, 1)]
    return [(one.outcome, one.reason) for one in mine]


async def test_nobody_wins_before_the_window_is_over() -> None:
    acme = await fair()
    answer = await acme.claim(IVAN)
    until = acme.now + timedelta(seconds=10)
    assert (answer["outcome"], answer["decides_at"]) == ("waiting", until.isoformat())
    assert acme.told(CHAT, OfferCard)[-1].offer.decides_at == until
    await acme.wait(seconds=9)
    assert (await acme.claim(PETR))["decides_at"] == until.isoformat()
    assert (await acme.claim(IVAN))["outcome"] == "repeated"
    await acme.do(DecideOffer, offer_id=offer_of(DEAL, 1))
    assert acme.happened(Offer.Claimed) == []
    await acme.wait(seconds=1)
    assert await holder(acme) == acme.id_of(IVAN)
    assert (await acme.the_deal()).executor_id == acme.id_of(IVAN)


async def test_whoever_waited_longest_for_an_order_wins() -> None:
    acme = await fair(PETR, SEMYON, IVAN)
    for account in (IVAN, SEMYON, PETR):
        await acme.claim(account)
    await acme.wait(seconds=LATER)
    assert await holder(acme) == acme.id_of(PETR)
    assert attempts(acme)[-2:] == [("lost", "waited_less")] * 2
    assert acme.told(PETR.telegram_id, OrderWon)
    for loser in (IVAN, SEMYON):
        [told] = acme.told(loser.telegram_id, OrderLost)
        assert (told.reason, told.winner) == ("waited_less", "Petr")


async def test_whoever_never_had_one_goes_first_and_among_equals_who_pressed_first() -> None:
    acme = await fair(IVAN)
    for account in (IVAN, OLEG, SEMYON):
        await acme.claim(account)
    await acme.wait(seconds=LATER)
    assert await holder(acme) == acme.id_of(OLEG)


async def test_whoever_may_not_have_it_any_more_at_the_end_has_lost() -> None:
    acme = await fair(PETR)
    for account in (IVAN, PETR):
        await acme.claim(account)
    await bar(acme, IVAN)
    await acme.wait(seconds=LATER)
    assert await holder(acme) == acme.id_of(PETR)
    assert [told.reason for told in acme.told(IVAN.telegram_id, OrderLost)] == ["barred"]


async def test_where_nobody_may_have_it_at_the_end_it_is_open_again() -> None:
    acme = await fair()
    for account in (IVAN, PETR):
        await acme.claim(account)
    await bar(acme, IVAN, PETR)
    await acme.wait(seconds=LATER)
    offer = await acme.the_offer()
    assert (offer.standing, offer.decides_at, offer.waiting) == ("open", None, {})
    assert attempts(acme)[-2:] == [("refused", "barred")] * 2
    for account in (IVAN, PETR):
        assert [told.reason for told in acme.told(account.telegram_id, OrderLost)] == ["barred"]
    assert acme.told(CHAT, OfferCard)[-1].offer.decides_at is None
    assert (await acme.claim(SEMYON))["outcome"] == "waiting"
    await acme.wait(seconds=LATER)
    assert await holder(acme) == acme.id_of(SEMYON)


async def test_whoever_loses_twice_is_told_twice() -> None:
    acme = await fair()
    for _ in range(2):
        told = {"executor_id": acme.id_of(IVAN), "admission": Admission.NEUTRAL}
        await acme.do(SetAdmission, **told)
        await acme.claim(IVAN)
        await bar(acme, IVAN)
        await acme.wait(seconds=LATER)
    assert len(acme.told(IVAN.telegram_id, OrderLost)) == 2


async def test_a_press_after_the_end_finds_the_order_taken_also_before_the_clock_has_struck() -> (
    None
):
    acme = await fair(IVAN)
    await acme.claim(IVAN)
    acme.now += timedelta(seconds=10)
    answer = await acme.claim(PETR)
    assert (answer["outcome"], answer["reason"]) == ("lost", "taken")
    assert answer["winner"] == str(acme.id_of(IVAN))
    await acme.wait(seconds=LATER)
    assert len(acme.happened(Offer.Claimed)) == 2
    assert await holder(acme) == acme.id_of(IVAN)


async def test_the_winner_who_presses_after_the_end_has_it() -> None:
    acme = await fair()
    await acme.claim(IVAN)
    acme.now += timedelta(seconds=11)
    assert (await acme.claim(IVAN))["outcome"] == "repeated"
    assert await holder(acme) == acme.id_of(IVAN)


async def test_whoever_waits_for_an_offer_that_goes_is_told() -> None:
    acme = await fair()
    await acme.claim(IVAN)
    await acme.move(NEW)
    await acme.claim(IVAN)
    await acme.wait(seconds=LATER)
    assert attempts(acme) == [("waiting", "")] + [("lost", "withdrawn")] * 2
    assert [told.reason for told in acme.told(IVAN.telegram_id, OrderLost)] == ["withdrawn"]
    assert acme.happened(Offer.Claimed) == []
    assert (await acme.executor(IVAN)).orders == []


async def test_a_contested_offer_does_not_expire_before_it_is_decided() -> None:
    acme = await firm()
    await acme.offer_by(window=60, expires=1)
    await acme.deal()
    await acme.wait(seconds=30)
    await acme.claim(IVAN)
    await bar(acme, IVAN)
    await acme.wait(seconds=40)
    assert (await acme.the_offer()).standing == "open"
    await acme.wait(seconds=40)
    assert (await acme.the_offer()).standing == "expired"
