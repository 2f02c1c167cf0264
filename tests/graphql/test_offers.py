"""Offers over the API: claimed by one, every attempt explained, phones told with a record."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from tests.graphql.company import ANNA, BORIS, EVE, EXECUTORS, FRANK, Company, GraphQLRefused
from tests.graphql.orders import Orders

OFFER = """query($id: ID!, $at: BigInt) { offer(id: $id, minPosition: $at) {
  number entry standing card skill executor { name } settled problem decidesAt attempts losers
  deal { title } claims { nodes { by { name } outcome reason winner { name } seconds behind } }
  disclosures { nodes { to { name } told reason again claimed } } } }"""
OFFERS = """query($at: BigInt, $s: OfferStanding, $first: Int! = 50) {
  offers(minPosition: $at, standing: $s, first: $first) {
    nodes { number } pageInfo { hasNextPage } } }"""
OLGA = 503


@pytest.fixture
def orders(acme: Company) -> Orders:
    """A company whose owner is Olga, and whose managers are Anna and Boris."""
    acme.hire("Olga", OLGA, "[OWNER]")
    return Orders(acme)


@pytest.mark.proves("S0-09", "S0-16", "P1")
def test_one_wins_and_the_ledger_explains_every_loser(orders: Orders, acme: Company) -> None:
    offer = orders.offer()
    won, lost = orders.claim(EVE, offer), orders.claim(FRANK, offer)
    assert (won["outcome"], won["number"], won["start"], won["language"]) == ("WON", 1, True, "en")
    told = (lost["outcome"], lost["reason"], lost["winnerName"])
    assert told == ("LOST", "TAKEN", "Executor 951")
    assert orders.claim(EVE, offer)["outcome"] == "REPEATED"
    orders.settle(offer)
    seen = orders.asks(acme.admin, OFFER, id=offer)["offer"]
    assert (seen["standing"], seen["executor"]["name"]) == ("CLAIMED", "Executor 951")
    assert (seen["settled"], seen["attempts"], seen["losers"]) == (True, 3, 1)
    repeated, loser, winner = seen["claims"]["nodes"]
    assert (loser["by"]["name"], loser["reason"]) == ("Executor 952", "TAKEN")
    assert (winner["outcome"], winner["reason"], winner["behind"]) == ("WON", None, None)
    assert loser["winner"] == winner["by"] == repeated["by"]
    assert loser["behind"] > 0


def test_the_same_press_gets_the_first_answer_again(orders: Orders) -> None:
    offer = orders.offer()
    first = orders.claim(EVE, offer, commandId="press")
    assert orders.claim(EVE, offer, commandId="press") == {**first, "replayed": True}


@pytest.mark.proves("S0-06", "S0-E9")
def test_whom_to_call_is_told_in_private_and_recorded(orders: Orders, acme: Company) -> None:
    offer = orders.offer()
    asked = orders.request(EVE, offer)
    assert (asked["reason"], asked["start"]) == (None, True)
    assert orders.start(EVE)["wanted"] == 1
    assert orders.request(EVE, offer)["start"] is False
    orders.claim(FRANK, offer)
    assert orders.request(EVE, offer)["reason"] == "TAKEN"
    silent = orders.offer(title="No phone", contact={"name": "Nobody"})
    assert orders.request(EVE, silent)["reason"] == "NO_PHONE"
    query = """query($at: BigInt, $only: Boolean!) { disclosures(minPosition: $at,
      lookedOnly: $only) { nodes { number to { name } told reason again claimed } } }"""
    rows = orders.asks(acme.admin, query, only=False)["disclosures"]["nodes"]
    refused, told = [(one["reason"], one["told"]) for one in rows[:2]], rows[2:]
    assert refused == [("NO_PHONE", False), ("TAKEN", False)]
    assert [(one["told"], one["reason"], one["again"]) for one in told] == [
        (True, None, True),
        (True, None, False),
    ]
    looked = orders.asks(acme.admin, query, only=True)["disclosures"]["nodes"]
    assert [(one["number"], one["claimed"]) for one in looked] == [(1, False)] * 2


def test_an_executor_has_orders_with_what_only_they_may_read(orders: Orders) -> None:
    offer = orders.offer(fields=[{"key": "address", "value": "Tverskaya 1"}])
    mine = "query($at: BigInt) { myOrders(minPosition: $at) { %s } }" % (  # noqa: UP031
        "offerId number card parties { name phones } details { label value }"
    )
    own = partial(orders.asks, partial(orders.company.executor, EVE), mine)
    assert own()["myOrders"] == []
    orders.claim(EVE, offer)
    assert own()["myOrders"] == [
        {
            "offerId": offer,
            "number": 1,
            "card": "A wardrobe",
            "parties": [{"name": "Ольга", "phones": ["+79161234567"]}],
            "details": [{"label": "Адрес", "value": "Tverskaya 1"}],
        }
    ]
    ask = partial(orders.company.executor, EVE)
    back = orders.company.order(ask, "giveBackOrder", "number", offerId=offer, reason="ill")
    assert back["number"] == 1
    assert own()["myOrders"] == []
    with pytest.raises(GraphQLRefused) as refused:
        orders.company.order(ask, "giveBackOrder", "number", offerId=orders.offer(title="Another"))
    assert refused.value.code == "OrderIsNotYours"


def test_an_executor_is_who_they_say_and_speaks_what_they_choose(orders: Orders) -> None:
    acme = orders.company
    orders.start(EVE)
    ask = partial(acme.executor, EVE)
    acme.order(ask, "sharePhone", "position", phone="8 916 777-88-99")
    acme.order(ask, "chooseLanguage", "position", language="ru")
    query = (
        "query($at: BigInt) { me(minPosition: $at) { language executor { name phone skills } } }"
    )
    told = orders.asks(ask, query)["me"]
    about: dict[str, Any] = {"name": "Executor 951", "phone": "+79167778899", "skills": []}
    assert told == {"language": "ru", "executor": about}
    with pytest.raises(GraphQLRefused) as refused:
        acme.executor(EVE, "{ me { executor { admissionReason } } }")
    assert refused.value.code == "NotAllowed"


@pytest.mark.proves("S0-E12")
def test_a_leader_says_who_may_and_a_manager_does_not(orders: Orders) -> None:
    acme = orders.company
    offer = orders.offer()
    orders.start(EVE)
    query = (
        "query($at: BigInt) { executors(minPosition: $at) { nodes { id name admission skills } } }"
    )
    [eve] = orders.asks(acme.admin, query)["executors"]["nodes"]
    bar = {"executorId": eve["id"], "admission": "BARRED", "reason": "did not come"}
    with pytest.raises(GraphQLRefused) as refused:
        acme.order(partial(acme.manager, ANNA), "setAdmission", "position", **bar)
    assert refused.value.code == "NotAllowed"
    olga = partial(acme.manager, OLGA)
    acme.order(olga, "setAdmission", "position", **bar)
    acme.order(olga, "setSkills", "position", executorId=eve["id"], skills=["Welding", "welding "])
    refusal = orders.claim(EVE, offer)
    assert (refusal["outcome"], refusal["reason"]) == ("REFUSED", "BARRED")
    [eve] = orders.asks(acme.admin, query)["executors"]["nodes"]
    assert (eve["admission"], eve["skills"]) == ("BARRED", ["welding"])
    found = "query($s: String) { executors(search: $s, admission: BARRED) { nodes { name } } }"
    assert acme.admin(found, s="weld")["executors"]["nodes"] == [{"name": "Executor 951"}]
    assert acme.admin(found, s="paint")["executors"]["nodes"] == []


@pytest.mark.proves("S3-16")
def test_a_manager_sees_offers_of_their_own_deals_alone(orders: Orders, acme: Company) -> None:
    mine, theirs = orders.offer(ANNA, "Anna's"), orders.offer(BORIS, "Boris's")
    for offer in (mine, theirs):
        orders.claim(EVE, offer)
    anna = partial(acme.manager, ANNA)
    assert [one["number"] for one in orders.asks(anna, OFFERS)["offers"]["nodes"]] == [1]
    for who in (partial(acme.manager, OLGA), acme.admin):
        assert [one["number"] for one in orders.asks(who, OFFERS)["offers"]["nodes"]] == [2, 1]
    assert orders.asks(anna, OFFER, id=mine)["offer"]["deal"] == {"title": "Anna's"}
    assert orders.asks(anna, OFFER, id=theirs)["offer"] is None
    ledgers = {
        "offerClaims": "query($o: ID) { offerClaims(offerId: $o) { nodes { number } } }",
        "disclosures": "query($o: ID) { disclosures(offerId: $o) { nodes { number } } }",
    }
    assert acme.manager(ANNA, ledgers["offerClaims"], o=mine)["offerClaims"]["nodes"]
    for name, query in ledgers.items():
        assert acme.manager(ANNA, query, o=theirs)[name]["nodes"] == []
        with pytest.raises(GraphQLRefused) as refused:
            acme.manager(ANNA, query, o=None)
        assert refused.value.code == "NotAllowed"
    with pytest.raises(GraphQLRefused) as refused:
        acme.order(anna, "revokeOrder", "number", offerId=theirs)
    assert refused.value.code == "DealIsNotYours"
    query = "query($at: BigInt) { executors(minPosition: $at) { nodes { orders { number } } } }"
    [eve] = orders.asks(anna, query)["executors"]["nodes"]
    assert eve["orders"] == [{"number": 1}]
    assert acme.order(anna, "revokeOrder", "number", offerId=mine)["number"] == 1


def test_offers_are_paged_and_narrowed(orders: Orders, acme: Company) -> None:
    offers = [orders.offer(ANNA if n % 2 else BORIS, f"Deal {n}") for n in range(6)]
    orders.withdraw(offers[0])
    anna = partial(acme.manager, ANNA)
    page = orders.asks(anna, OFFERS, first=2)["offers"]
    assert [one["number"] for one in page["nodes"]] == [6, 4]
    assert page["pageInfo"]["hasNextPage"]
    gone = orders.asks(acme.admin, OFFERS, s="WITHDRAWN")["offers"]
    assert [one["number"] for one in gone["nodes"]] == [1]


def test_the_figures_of_contention_are_for_leaders(orders: Orders, acme: Company) -> None:
    first, second = orders.offer(), orders.offer(title="Second")
    orders.claim(EVE, first)
    orders.claim(FRANK, first)
    orders.withdraw(second)
    query = """query($at: BigInt, $since: DateTime) { contention(minPosition: $at, since: $since) {
      published claimed contested withdrawn presses mostPresses claimMedian behindMedian
      executors { executor { name } won lost share } } }"""
    told = orders.asks(partial(acme.manager, OLGA), query)["contention"]
    counted = [told[name] for name in ("published", "claimed", "contested", "withdrawn")]
    assert counted == [2, 1, 1, 1]
    assert (told["presses"], told["mostPresses"]) == (2, 2)
    fared = [(one["executor"]["name"], one["won"], one["share"]) for one in told["executors"]]
    assert fared == [("Executor 951", 1, 1.0), ("Executor 952", 0, 0.0)]
    later = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    assert acme.admin(query, since=later)["contention"]["published"] == 0
    with pytest.raises(GraphQLRefused) as refused:
        acme.manager(ANNA, query)
    assert refused.value.code == "NotAllowed"


def test_the_bot_reports_where_a_card_stands_and_who_cannot_be_reached(orders: Orders) -> None:
    acme, offer = orders.company, orders.offer()
    bot = partial(acme.service.ask, acme.executor_key)
    place = {"chatId": EXECUTORS, "messageId": 7}
    acme.order(bot, "showOffer", "position", offerId=offer, place=place)
    orders.start(EVE)
    query = "query($at: BigInt) { executors(minPosition: $at) { nodes { id reachable } } }"
    [eve] = orders.asks(acme.admin, query)["executors"]["nodes"]
    told = {"executorId": eve["id"], "reason": "blocked"}
    acme.order(bot, "markExecutorUnreachable", "position", **told)
    assert orders.asks(acme.admin, query)["executors"]["nodes"][0]["reachable"] is False


@pytest.mark.proves("P43")
def test_what_another_company_offers_is_as_if_it_were_not(acme: Company, globex: Company) -> None:
    ours, theirs = Orders(acme), Orders(globex)
    foreign = theirs.offer()
    theirs.claim(EVE, foreign)
    with pytest.raises(GraphQLRefused) as refused:
        ours.claim(EVE, foreign)
    assert refused.value.code == "NotFound"
    assert ours.asks(acme.admin, OFFER, id=foreign)["offer"] is None
    query = "query($at: BigInt) { offers(minPosition: $at) { nodes { number } } offerClaims { nodes { number } } executors { nodes { name } } }"  # noqa: E501 - one line
    told: dict[str, Any] = ours.asks(acme.admin, query)
    assert [told[name]["nodes"] for name in told] == [[], [], []]
