"""Deals over the API: begun, found, changed, moved with what is required; each sees their own."""

from functools import partial

import pytest

from tests.graphql.company import ANNA, BORIS, Company, GraphQLRefused
from tests.graphql.sales import DEAL, Sales

HISTORY = """query($id: ID!, $at: BigInt, $first: Int!, $after: String) {
  deal(id: $id, minPosition: $at) { history(first: $first, after: $after) {
    nodes { position what by { name } text fromStage { name } toStage { name }
      fields { label value } slot { name person { name } } contact { name } deal { number } }
    pageInfo { hasNextPage endCursor } } } }"""


@pytest.fixture
def sales(acme: Company) -> Sales:
    return Sales(acme)


def refusal(sales: Sales, who: int | None, name: str, **told: object) -> GraphQLRefused:
    with pytest.raises(GraphQLRefused) as refused:
        sales.lead(name, **told) if who is None else sales.manage(who, name, **told)
    return refused.value


@pytest.mark.proves("S0-02", "S3-19")
def test_a_manager_begins_a_deal_and_runs_it_to_its_end(sales: Sales) -> None:
    begun = sales.manage(
        ANNA,
        "createDeal",
        "dealId number position",
        pipelineId=sales.pipeline,
        title="A roof for Ivan",
        fields=[{"key": "budget", "value": "150 000 ₽"}],
        contact={"name": "Ivan", "phones": ["8 916 123-45-67"], "email": "ivan@example.org"},
    )
    deal = begun["dealId"]
    sales.manage(ANNA, "renameDeal", dealId=deal, title="A new roof")
    sales.manage(ANNA, "changeDeal", dealId=deal, fields=[{"key": "address", "value": "Тверская"}])
    sales.move(deal, "Won", ANNA)
    assert sales.seen(deal, ANNA) == {
        "id": deal,
        "number": 1,
        "title": "A new roof",
        "kind": "WON",
        "reason": "",
        "deleted": False,
        "stage": {"name": "Won"},
        "pipeline": {"name": "Sales"},
        "fields": [
            {"key": "budget", "label": "Бюджет", "value": "150000"},
            {"key": "address", "label": "Адрес", "value": "Тверская"},
        ],
        "slot": {"name": "Anna", "person": {"name": "Anna"}},
        "responsible": {"name": "Anna", "username": None, "isExecutor": False},
        "executor": None,
        "contacts": [
            {"name": "Ivan", "phones": ["+79161234567"], "email": "ivan@example.org"},
        ],
        "origin": None,
        "links": [],
        "offer": None,
    }
    by_number = sales.company.manager(ANNA, DEAL, n=1)["deal"]
    assert by_number["id"] == deal


@pytest.mark.proves("S3-01", "S3-E4")
def test_a_move_is_refused_with_the_name_of_each_missing_field(sales: Sales) -> None:
    sales.require("Work", "budget", "address")
    deal = sales.deal(ANNA)
    told = {"dealId": deal, "stageId": sales.stages["Work"]}
    refused = refusal(sales, ANNA, "moveDeal", **told)
    assert (refused.code, refused.named) == ("FieldsMissing", ["Бюджет", "Адрес"])
    assert "Бюджет, Адрес" in refused.message
    some = [{"key": "budget", "value": "10"}]
    assert refusal(sales, ANNA, "moveDeal", **told, fields=some).named == ["Адрес"]
    asked = "query($d: ID!, $s: ID!) { deal(id: $d) { missing(stageId: $s) { key label kind } } }"
    told_of = {"d": deal, "s": sales.stages["Work"]}
    assert sales.company.manager(ANNA, asked, **told_of)["deal"]["missing"] == [
        {"key": "budget", "label": "Бюджет", "kind": "MONEY"},
        {"key": "address", "label": "Адрес", "kind": "TEXT"},
    ]
    sales.move(deal, "Work", ANNA, fields=[*some, {"key": "address", "value": "Тверская"}])
    assert sales.seen(deal)["stage"] == {"name": "Work"}
    assert sales.company.manager(ANNA, asked, **told_of)["deal"]["missing"] == []


@pytest.mark.proves("S3-02")
def test_whoever_loses_a_deal_says_why(sales: Sales) -> None:
    sales.lead("setLostReasons", pipelineId=sales.pipeline, reasons=["Дорого", "Далеко"])
    deal = sales.deal(ANNA)
    refused = refusal(sales, ANNA, "moveDeal", dealId=deal, stageId=sales.stages["Lost"])
    assert (refused.code, refused.named) == ("LostReasonNeeded", ["Дорого", "Далеко"])
    sales.move(deal, "Lost", ANNA, reason="Дорого")
    seen = sales.seen(deal)
    assert (seen["kind"], seen["reason"]) == ("LOST", "Дорого")


@pytest.mark.proves("P2", "P5")
def test_a_repeated_order_changes_nothing_and_a_late_one_is_told_what_is_so(sales: Sales) -> None:
    command = sales.company.new()
    told = {"commandId": command, "pipelineId": sales.pipeline, "title": "A roof"}
    first = sales.manage(ANNA, "createDeal", "dealId number replayed", **told)
    assert sales.manage(ANNA, "createDeal", "dealId number replayed", **told) == {
        **first,
        "replayed": True,
    }
    moved = {"commandId": sales.company.new(), "fromId": sales.stages["New"]}
    sales.move(first["dealId"], "Search", ANNA, **moved)
    sales.move(first["dealId"], "Work", ANNA)
    assert sales.move(first["dealId"], "Search", ANNA, **moved)["replayed"] is True
    assert sales.seen(first["dealId"])["stage"] == {"name": "Work"}
    late = {"stageId": sales.stages["Won"], "fromId": sales.stages["New"]}
    refused = refusal(sales, ANNA, "moveDeal", dealId=first["dealId"], **late)
    assert refused.code == "DealHasMoved"


@pytest.mark.proves("S3-16", "S3-17")
def test_a_manager_sees_and_changes_their_own_deals_and_those_of_nobody(sales: Sales) -> None:
    company = sales.company
    annas, boriss, nobodys = sales.deal(ANNA), sales.deal(BORIS), sales.deal()
    assert sales.listed(ANNA) == [3, 1]
    assert sales.listed(BORIS) == [3, 2]
    assert sales.listed() == [3, 2, 1]
    assert sales.listed(ANNA, mine=True) == [1]
    assert sales.listed(ANNA, personId=company.boris) == []
    assert sales.seen(boriss, ANNA) is None
    assert company.manager(ANNA, DEAL, n=2)["deal"] is None
    assert sales.seen(nobodys, ANNA)["responsible"] is None
    for name, told in (
        ("renameDeal", {"title": "Mine"}),
        ("changeDeal", {"fields": []}),
        ("moveDeal", {"stageId": sales.stages["Work"]}),
        ("assignDeal", {"personId": company.anna}),
        ("commentDeal", {"text": "hm"}),
        ("linkContact", {"contact": {"name": "Ivan"}}),
        ("unlinkContact", {"contactId": boriss}),
        ("deleteDeal", {}),
    ):
        assert refusal(sales, ANNA, name, dealId=boriss, **told).code == "DealIsNotYours", name
    sales.manage(ANNA, "assignDeal", dealId=annas, personId=company.boris)
    assert sales.seen(annas, ANNA) is None
    assert sales.listed(BORIS, mine=True) == [2, 1]
    company.hire("Olga", 777, "[ADMIN, MANAGER]")
    assert sales.listed(777) == [3, 2, 1]


@pytest.mark.proves("S3-12", "S3-13")
def test_deals_are_found_by_any_filter_and_paged_through(sales: Sales) -> None:
    for n in range(5):
        more = {"contact": {"name": f"Client {n}", "phones": [f"+7916000000{n}"]}}
        sales.deal(ANNA, f"Roof {n}", **more)
    sales.move(sales.deal(ANNA, "Facade"), "Work")
    assert sales.listed(ANNA, text="roo") == [5, 4, 3, 2, 1]
    assert sales.listed(ANNA, stageId=sales.stages["Work"]) == [6]
    assert sales.listed(ANNA, pipelineId=sales.pipeline, kind="OPEN", phone="000-00-03") == [4]
    assert sales.listed(ANNA, unassigned=True) == []
    assert sales.listed(ANNA, openedTo="2020-01-01T00:00:00Z") == []
    assert sales.listed(ANNA, movedFrom="2020-01-01T00:00:00Z", text="facade") == [6]
    pages = """query($a: String) { deals(first: 4, after: $a) { nodes { number }
      pageInfo { hasNextPage endCursor } } }"""
    first = sales.company.manager(ANNA, pages)["deals"]
    rest = sales.company.manager(ANNA, pages, a=first["pageInfo"]["endCursor"])["deals"]
    assert [row["number"] for row in (*first["nodes"], *rest["nodes"])] == [6, 5, 4, 3, 2, 1]
    assert rest["pageInfo"]["hasNextPage"] is False
    with pytest.raises(GraphQLRefused) as refused:
        sales.listed(mine=True)
    assert refused.value.code == "NotStaff"


@pytest.mark.proves("S0-14", "S3-19")
def test_the_history_tells_who_did_what_and_when(sales: Sales) -> None:
    deal = sales.deal(ANNA, fields=[{"key": "budget", "value": "5"}])
    sales.move(deal, "Search", ANNA)
    linked = sales.manage(
        ANNA, "linkContact", "contactId number", dealId=deal, contact={"name": "Petr"}
    )
    sales.manage(ANNA, "commentDeal", dealId=deal, text="Called, will think")
    sales.lead("assignDeal", "number", dealId=deal, personId=sales.company.boris)
    ask = partial(sales.company.manager, BORIS, HISTORY, id=deal)
    newest = ask(at=sales.company.service.head(), first=4)["deal"]["history"]
    assert newest["pageInfo"]["hasNextPage"] is True
    oldest = ask(first=4, after=newest["pageInfo"]["endCursor"])["deal"]["history"]
    entries = [*newest["nodes"], *oldest["nodes"]]
    assert [one["what"] for one in entries] == [
        "ResponsibleChanged",
        "CommentAdded",
        "ContactLinked",
        "MovedToStage",
        "Opened",
    ]
    given, said, contact, moved, opened = entries
    assert (given["by"], given["slot"]["person"]) == (None, {"name": "Boris"})
    assert (said["by"], said["text"]) == ({"name": "Anna"}, "Called, will think")
    assert contact["contact"] == {"name": "Petr"}
    assert (moved["fromStage"], moved["toStage"]) == ({"name": "New"}, {"name": "Search"})
    assert (opened["toStage"], opened["text"]) == ({"name": "New"}, "A roof")
    assert opened["fields"] == [{"label": "Бюджет", "value": "5"}]
    sales.manage(BORIS, "unlinkContact", dealId=deal, contactId=linked["contactId"])
    assert sales.seen(deal)["contacts"] == []


def test_a_deleted_deal_is_in_no_list_and_keeps_its_history(sales: Sales) -> None:
    deal = sales.deal(ANNA)
    sales.manage(ANNA, "deleteDeal", dealId=deal)
    assert sales.listed(ANNA) == []
    assert sales.seen(deal, ANNA)["deleted"] is True
    assert refusal(sales, ANNA, "commentDeal", dealId=deal, text="x").code == "DealIsDeleted"


def test_what_cannot_be_a_deal_is_refused(sales: Sales) -> None:
    deal = sales.deal(ANNA)
    begin, change = {"pipelineId": sales.pipeline, "title": "A roof"}, {"dealId": deal}
    money, twice = {"key": "budget", "value": "a lot"}, {"key": "address", "value": "x"}
    for name, told, code in (
        ("createDeal", {**begin, "title": " "}, "BadText"),
        ("createDeal", {**begin, "stageId": deal}, "NoSuchStage"),
        ("createDeal", {**begin, "pipelineId": deal}, "NotFound"),
        ("createDeal", {**begin, "dealId": deal}, "DealExists"),
        ("createDeal", {**begin, "contact": {"name": "x", "phones": ["1"]}}, "BadPhone"),
        ("createDeal", {**begin, "contactIds": [deal]}, "NotFound"),
        ("changeDeal", {**change, "fields": [money]}, "BadValue"),
        ("changeDeal", {**change, "fields": [twice, twice]}, "BadText"),
        ("changeDeal", {**change, "fields": [{"key": "no", "value": "x"}]}, "NoSuchField"),
        ("commentDeal", {**change, "text": ""}, "BadText"),
        ("assignDeal", change, "BadRequest"),
        ("linkContact", change, "BadRequest"),
        ("moveDeal", {**change, "stageId": deal}, "NoSuchStage"),
    ):
        assert refusal(sales, ANNA, name, **told).code == code, (name, told)
