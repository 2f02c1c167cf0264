"""Who answers for a deal: its slot's holder, its executor; and deals that follow from others."""

from functools import partial
from typing import Any
from uuid import UUID

import pytest

from application.links import BeginLinkedDeal
from application.settling import ReturnOrder
from tests.graphql.company import ANNA, BORIS, EVE, Company
from tests.graphql.orders import Orders

SEEN = """query($n: Int!, $at: BigInt) { deal(number: $n, minPosition: $at) {
  responsible { name username isExecutor } executor { name username phone telegramId }
  slot { person { name } } stage { name } offer { standing }
  history(first: 9) { nodes { what text deal { number } } } links { number } origin { number }
} }"""


def seen(company: Company, number: int, who: int | None = None) -> Any:
    ask = company.admin if who is None else partial(company.manager, who)
    return ask(SEEN, n=number, at=company.service.head())["deal"]


@pytest.mark.proves("S0-11", "S0-12")
def test_the_executor_answers_for_a_deal_from_the_claim_on(acme: Company) -> None:
    orders = Orders(acme)
    offer = orders.offer(ANNA)
    before = seen(acme, 1)
    assert before["responsible"] == {"name": "Anna", "username": None, "isExecutor": False}
    orders.claim(EVE, offer)
    orders.settle(offer)
    after = seen(acme, 1, ANNA)
    name, login = f"Executor {EVE}", f"executor{EVE}"
    assert after["responsible"] == {"name": name, "username": login, "isExecutor": True}
    assert after["executor"] == {
        "name": name,
        "username": login,
        "phone": None,
        "telegramId": EVE,
    }
    assert after["slot"] == {"person": {"name": "Anna"}}
    assert (after["stage"], after["offer"]) == ({"name": "Work"}, {"standing": "CLAIMED"})
    found = next(one for one in after["history"]["nodes"] if one["what"] == "ExecutorFound")
    assert found["text"] == name


@pytest.mark.proves("S0-11")
def test_a_deal_learns_of_its_executor_what_the_company_wants(acme: Company) -> None:
    orders = Orders(acme, sent=["USERNAME"])
    offer = orders.offer()
    orders.claim(EVE, offer)
    orders.settle(offer)
    told = seen(acme, 1)
    login = f"executor{EVE}"
    assert told["responsible"] == {"name": login, "username": login, "isExecutor": True}
    assert told["executor"] == {
        "name": None,
        "username": login,
        "phone": None,
        "telegramId": None,
    }


def test_whoever_gives_an_order_back_answers_for_it_no_longer(acme: Company) -> None:
    orders = Orders(acme)
    offer = orders.offer(ANNA)
    orders.claim(EVE, offer)
    orders.settle(offer)
    ask = partial(acme.executor, EVE)
    acme.order(ask, "giveBackOrder", "number", offerId=offer, reason="ill")
    orders.carry_out(ReturnOrder, offer_id=UUID(offer))
    told = seen(acme, 1)
    assert (told["executor"], told["responsible"]["name"]) == (None, "Anna")
    assert told["stage"] == {"name": "Search"}


@pytest.mark.proves("S3-06", "S3-16")
def test_what_follows_from_a_deal_is_seen_by_those_whose_it_is(acme: Company) -> None:
    orders = Orders(acme)
    sales = orders.sales
    other = sales.lead("definePipeline", "pipelineId", name="Connection")["pipelineId"]
    slot = sales.lead("openSlot", "slotId", name="Operations", personId=acme.boris)["slotId"]
    rule = sales.lead(
        "setLinkRule",
        "ruleId",
        pipelineId=sales.pipeline,
        stageId=sales.stages["Work"],
        toPipelineId=other,
        toStageId=sales.adds(other, "To plan"),
        slotId=slot,
    )["ruleId"]
    deal = sales.deal(ANNA)
    sales.move(deal, "Work", ANNA)
    orders.carry_out(BeginLinkedDeal, deal_id=UUID(deal), rule_id=UUID(rule), entry=2)
    whole, linked = seen(acme, 1), seen(acme, 2)
    assert (whole["links"], linked["origin"]) == ([{"number": 2}], {"number": 1})
    assert whole["history"]["nodes"][0] == {"what": "Linked", "text": None, "deal": {"number": 2}}
    annas, boriss = seen(acme, 1, ANNA), seen(acme, 2, BORIS)
    assert (annas["links"], annas["history"]["nodes"][0]["deal"]) == ([], None)
    assert (boriss["responsible"]["name"], boriss["origin"]) == ("Boris", None)
    assert seen(acme, 2, ANNA) is seen(acme, 1, BORIS) is None
