"""Executors' chats over the API: who links them, and what is told of them."""

from functools import partial
from typing import Any

import pytest

from tests.graphql.company import ANNA, EVE, EXECUTORS, GROUP, Company, GraphQLRefused

OLGA = 503
CHATS = """query($at: BigInt) { workspace(minPosition: $at) {
  executorsChats { chatId title } bots { role } running readiness { lack hinders } } }"""


@pytest.fixture
def shop(acme: Company) -> Company:
    """A company with an executors' bot and one chat, whose owner is Olga."""
    acme.shows_orders()
    acme.hire("Olga", OLGA, "[OWNER]")
    return acme


def link(company: Company, telegram: int, **chat: Any) -> dict[str, Any]:
    asking = partial(company.executor, telegram)
    return company.order(asking, "linkExecutorsChat", "position replayed", **chat)


def seen(company: Company, at: int | None = None) -> dict[str, Any]:
    told: dict[str, Any] = company.admin(CHATS, at=at)["workspace"]
    return told


def test_an_admin_links_and_unlinks_chats(shop: Company) -> None:
    main = {"chatId": EXECUTORS, "title": "Masters"}
    other = {"chatId": -100334, "title": "Couriers"}
    order = partial(shop.order, shop.admin)
    at = order("linkExecutorsChat", "position", **other)["position"]
    told = seen(shop, at)
    assert told["executorsChats"] == [main, other]
    assert {"role": "EXECUTOR"} in told["bots"]
    at = order("unlinkExecutorsChat", "position", chatId=EXECUTORS)["position"]
    assert seen(shop, at)["executorsChats"] == [other]


def test_a_leader_links_a_chat_by_adding_the_bot_to_it(shop: Company) -> None:
    at = link(shop, OLGA, chatId=-100335, title="Movers")["position"]
    assert seen(shop, at)["executorsChats"][1:] == [{"chatId": -100335, "title": "Movers"}]
    actors = shop.admin('{ events(kinds: ["Workspace.ExecutorsChatLinked"]) { nodes { actor } } }')
    assert actors["events"]["nodes"][-1]["actor"].startswith("person:")


@pytest.mark.parametrize("telegram", [ANNA, EVE])
def test_nobody_else_links_or_unlinks_one(shop: Company, telegram: int) -> None:
    before = seen(shop, shop.service.head())["executorsChats"]
    asking = partial(shop.executor, telegram)
    for name, chat in (
        ("linkExecutorsChat", {"chatId": -100336, "title": "Mine"}),
        ("unlinkExecutorsChat", {"chatId": EXECUTORS}),
    ):
        with pytest.raises(GraphQLRefused) as refused:
            shop.order(asking, name, "position", **chat)
        assert refused.value.code == "NotAllowed"
    assert seen(shop, shop.service.head())["executorsChats"] == before


def test_the_staffs_own_group_is_refused(shop: Company) -> None:
    with pytest.raises(GraphQLRefused) as refused:
        link(shop, OLGA, chatId=GROUP, title="Discussion")
    assert refused.value.code == "ChatIsTheStaffs"


def test_a_leader_of_another_company_links_nothing_here(shop: Company, globex: Company) -> None:
    globex.hire("Gina", 504, "[OWNER]")
    with pytest.raises(GraphQLRefused) as refused:
        link(shop, 504, chatId=-100337, title="Theirs")
    assert refused.value.code == "NotAllowed"


def test_the_bot_follows_a_chat_to_its_new_id(shop: Company) -> None:
    asking = partial(shop.service.ask, shop.executor_key)
    moved = shop.order(asking, "migrateGroup", "position", fromId=EXECUTORS, toId=-100338)
    told = seen(shop, moved["position"])["executorsChats"]
    assert told == [{"chatId": -100338, "title": "Masters"}]


def test_a_desk_runs_on_without_executors_and_tells_what_they_lack(shop: Company) -> None:
    at = shop.order(shop.admin, "unlinkExecutorsChat", "position", chatId=EXECUTORS)["position"]
    told = seen(shop, at)
    assert told["readiness"] == [{"lack": "EXECUTORS_CHAT", "hinders": False}]
    assert told["running"]


def test_an_executor_reads_the_companys_name_and_is_somebody(shop: Company) -> None:
    told = shop.executor(EVE, "{ me { language workspace { name language } } }")["me"]
    assert told == {"language": None, "workspace": {"name": "ACME", "language": "ru"}}
