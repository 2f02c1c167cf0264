"""When nobody claims, the company's ladder is climbed step by step, until the offer ends."""

from typing import Any

import pytest

from application.letters import Withdrawal
from application.offers import EscalateOffer
from application.order_letters import OfferCard, OfferIgnored
from application.pipelines import Act, Step
from domain.offering import BadOffering
from domain.offers import Offer, offer_of
from domain.pipelines import Pipeline
from domain.stages import NoSuchStage
from tests.facts import ANNA, STRANGER
from tests.firm import Firm, firm
from tests.sales import CHAT, DEAL, IVAN, LOST, NEW, OTHER_CHAT, SALES, SEARCH, WON

LADDER = [Step(15, Act.REPEAT), Step(30, Act.CHAT, OTHER_CHAT), Step(45, Act.REPEAT)]
TO_MANAGER = Step(60, Act.MANAGER)


async def by(**rules: Any) -> Firm:
    """A firm with an offer of Anna's deal, under these rules."""
    acme = await firm()
    await acme.offer_by(**rules)
    await acme.deal(by=ANNA)
    return acme


def cards(acme: Firm, chat_id: int) -> list[Any]:
    """What was written into a chat: new cards, and the removal of old ones."""
    every = acme.told(chat_id, OfferCard, Withdrawal)
    return ["gone" if isinstance(one, Withdrawal) else one.offer.standing for one in every]


@pytest.mark.proves("S0-E7")
async def test_each_step_is_taken_in_its_time() -> None:
    acme = await by(ladder=[*LADDER, TO_MANAGER])
    await acme.wait(minutes=14.9)
    assert (cards(acme, CHAT), cards(acme, OTHER_CHAT)) == (["open"], [])
    await acme.wait(minutes=0.1)
    assert (cards(acme, CHAT), cards(acme, OTHER_CHAT)) == (["open", "gone", "open"], [])
    await acme.wait(minutes=15)
    assert cards(acme, OTHER_CHAT) == ["open"]
    await acme.wait(minutes=15)
    assert cards(acme, CHAT) == ["open", "gone", "open", "gone", "open"]
    assert cards(acme, OTHER_CHAT) == ["open", "gone", "open"]
    assert acme.told(500, OfferIgnored) == []
    await acme.wait(minutes=15)
    [ignored] = acme.told(500, OfferIgnored)
    assert (ignored.minutes, ignored.expired, ignored.deal.number) == (60, False, 1)
    assert [one.step for one in acme.happened(Offer.Escalated)] == [0, 1, 2, 3]


@pytest.mark.proves("S0-E7")
async def test_nothing_is_escalated_once_somebody_has_it() -> None:
    acme = await by(ladder=[*LADDER, TO_MANAGER], expires=90, expired_stage_id=LOST)
    await acme.wait(minutes=20)
    await acme.claim(IVAN)
    await acme.wait(minutes=100)
    assert [one.step for one in acme.happened(Offer.Escalated)] == [0]
    assert acme.happened(Offer.Expired) == []


async def test_steps_that_come_late_and_out_of_order_are_taken_once_each() -> None:
    acme = await by(ladder=LADDER)
    for step in (1, 0, 1, 2, 0):
        await acme.do(EscalateOffer, offer_id=offer_of(DEAL, 1), step=step)
    assert [one.step for one in acme.happened(Offer.Escalated)] == [1, 0, 2]


async def test_all_the_cards_that_stand_are_kept_up_to_date() -> None:
    acme = await by(ladder=LADDER[:2])
    await acme.wait(minutes=40)
    await acme.claim(IVAN)
    assert cards(acme, CHAT) == ["open", "gone", "open", "claimed"]
    assert cards(acme, OTHER_CHAT) == ["open", "claimed"]


@pytest.mark.proves("S0-E7")
async def test_an_offer_that_nobody_wants_ends_and_its_deal_goes_on() -> None:
    acme = await by(expires=90, expired_stage_id=NEW)
    await acme.wait(minutes=89)
    assert (await acme.the_offer()).standing == "open"
    await acme.wait(minutes=1)
    assert (await acme.the_offer()).standing == "expired"
    assert (await acme.the_deal()).stage_id == NEW
    [ignored] = acme.told(500, OfferIgnored)
    assert (ignored.minutes, ignored.expired) == (90, True)
    assert cards(acme, CHAT) == ["open", "expired"]
    answer = await acme.claim(IVAN)
    assert (answer["outcome"], answer["reason"]) == ("lost", "expired")


async def test_a_deal_may_stay_where_it_is_when_its_offer_ends() -> None:
    acme = await by(expires=90)
    await acme.wait(minutes=90)
    deal = await acme.the_deal()
    assert (deal.stage_id, deal.entry) == (SEARCH, 1)
    await acme.move(NEW)
    await acme.move(SEARCH)
    assert (await acme.the_offer(3)).standing == "open"


async def test_the_times_of_an_entry_are_its_own() -> None:
    acme = await by(ladder=[Step(15, Act.MANAGER)], expires=30)
    await acme.wait(minutes=10)
    await acme.move(NEW)
    await acme.move(SEARCH)
    await acme.wait(minutes=10)
    assert acme.happened(Offer.Escalated) == []
    await acme.wait(minutes=5)
    assert len(acme.happened(Offer.Escalated)) == 1
    await acme.wait(minutes=15)
    assert (await acme.the_offer(3)).standing == "expired"


async def test_whoever_leads_hears_of_deals_of_nobody() -> None:
    acme = await firm()
    await acme.offer_by(ladder=[Step(15, Act.MANAGER)])
    await acme.deal()
    await acme.wait(minutes=15)
    assert len(acme.told(502, OfferIgnored)) == 1


@pytest.mark.parametrize(
    "rules",
    [
        {"ladder": [Step(0, Act.REPEAT)]},
        {"ladder": [Step(30, Act.REPEAT), Step(15, Act.MANAGER)]},
        {"ladder": [Step(15, Act.CHAT)]},
        {"ladder": [Step(15, Act.REPEAT, CHAT)]},
        {"ladder": [Step(n, Act.REPEAT) for n in range(1, 12)]},
        {"ladder": [Step(-1, Act.REPEAT)]},
        {"expires": -1},
        {"cool_down": 527_041},
        {"window": 601},
        {"window": -1},
        {"template": "x" * 3001},
        {"claimed_stage_id": SEARCH},
        {"expired_stage_id": SEARCH},
    ],
)
async def test_rules_that_nobody_could_work_by_are_refused(rules: dict[str, Any]) -> None:
    acme = await firm(None)
    with pytest.raises(BadOffering):
        await acme.offer_by(**rules)
    assert (await acme.get(Pipeline, SALES)).offerings == {}


async def test_search_stages_do_not_expire_into_each_other() -> None:
    acme = await firm(None)
    await acme.offer_by(expired_stage_id=NEW)
    await acme.offer_on(NEW, expired_stage_id=LOST)
    with pytest.raises(BadOffering):
        await acme.offer_on(NEW, expired_stage_id=SEARCH)
    await acme.offer_by(expired_stage_id=LOST)
    await acme.offer_on(NEW, expired_stage_id=SEARCH)


async def test_deals_that_are_over_are_not_offered_and_go_to_stages_that_exist() -> None:
    acme = await firm(None)
    with pytest.raises(BadOffering):
        await acme.offer_on(WON)
    for rules in ({"claimed_stage_id": STRANGER}, {"expired_stage_id": STRANGER}):
        with pytest.raises(NoSuchStage):
            await acme.offer_by(**rules)
