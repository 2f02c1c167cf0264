"""Slots over the API: deals belong to seats, and whoever takes a seat has them at once."""

from functools import partial
from typing import Any

import pytest

from tests.graphql.company import ANNA, BORIS, Company, GraphQLRefused
from tests.graphql.sales import Sales

SLOTS = """query($at: BigInt) { slots(minPosition: $at) { id name person { name } openDeals boundAt
  bindings { person { name } until by { name } } } }"""


@pytest.fixture
def sales(acme: Company) -> Sales:
    return Sales(acme)


def slots(sales: Sales) -> list[dict[str, Any]]:
    at = sales.company.service.head()
    told: list[dict[str, Any]] = sales.company.manager(ANNA, SLOTS, at=at)["slots"]
    return told


@pytest.mark.proves("S3-17", "S3-E5")
def test_a_rebound_slot_hands_over_deals_rights_and_history_at_once(sales: Sales) -> None:
    deals = [sales.deal(ANNA, f"Roof {n}") for n in range(3)]
    sales.move(deals[0], "Won", ANNA)
    (slot,) = slots(sales)
    assert (slot["name"], slot["person"], slot["openDeals"]) == ("Anna", {"name": "Anna"}, 2)
    sales.company.hire("Olga", 777, "[ADMIN, MANAGER]")
    told = {"slotId": slot["id"], "personId": sales.company.boris}
    sales.manage(777, "bindSlot", "position", **told)
    with pytest.raises(GraphQLRefused) as refused:
        sales.manage(ANNA, "commentDeal", dealId=deals[1], text="still mine?")
    assert refused.value.code == "DealIsNotYours"
    assert sales.listed(BORIS, mine=True) == [3, 2, 1]
    assert sales.listed(ANNA) == []
    query = "query($d: ID!) { deal(id: $d) { history(first: 5) { nodes { what by { name } } } } }"
    seen = sales.company.manager(BORIS, query, d=deals[1])["deal"]["history"]["nodes"]
    assert seen == [{"what": "Opened", "by": {"name": "Anna"}}]
    assert sales.company.manager(ANNA, query, d=deals[1])["deal"] is None
    (slot,) = slots(sales)
    assert slot["person"] == {"name": "Boris"}
    now, before = slot["bindings"]
    assert (now["person"]["name"], now["until"], now["by"]["name"]) == ("Boris", None, "Olga")
    assert (before["person"]["name"], before["until"], before["by"]) == (
        "Anna",
        slot["boundAt"],
        None,
    )


def test_a_seat_is_opened_named_and_given_deals(sales: Sales) -> None:
    command = {"commandId": sales.company.new(), "name": "North", "personId": sales.company.anna}
    opened = sales.lead("openSlot", "slotId replayed", **command)
    assert sales.lead("openSlot", "slotId replayed", **command) == {**opened, "replayed": True}
    sales.lead("renameSlot", slotId=opened["slotId"], name="The North")
    deal = sales.deal(BORIS)
    sales.lead("assignDeal", dealId=deal, slotId=opened["slotId"])
    named = {slot["name"]: slot["openDeals"] for slot in slots(sales)}
    assert named == {"The North": 1, "Boris": 0}
    assert sales.listed(ANNA, slotId=opened["slotId"]) == [1]
    seen = sales.seen(deal, ANNA)
    assert seen["slot"] == {"name": "The North", "person": {"name": "Anna"}}


def test_only_who_manages_takes_a_seat_and_only_leaders_give_one(sales: Sales) -> None:
    boss = sales.company.hire("Olga", 777, "[ADMIN]")
    with pytest.raises(GraphQLRefused) as refused:
        sales.lead("openSlot", "slotId", name="East", personId=boss)
    assert refused.value.code == "NotAManager"
    for name, told in (
        ("openSlot", {"name": "East", "personId": sales.company.anna}),
        ("bindSlot", {"slotId": sales.company.anna, "personId": sales.company.anna}),
        ("renameSlot", {"slotId": sales.company.anna, "name": "East"}),
    ):
        asking = partial(sales.company.manager, ANNA)
        with pytest.raises(GraphQLRefused) as refused:
            sales.company.order(asking, name, "position", **told)
        assert refused.value.code == "NotAllowed"
