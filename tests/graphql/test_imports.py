"""Rows of a sheet over the API: tried first, then begun, each once however often it is sent."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.graphql.company import ANNA, Company, GraphQLRefused
from tests.graphql.sales import Sales

CHECK = """query($p: ID!, $rows: [DealRowInput!]!) {
  checkDeals(pipelineId: $p, rows: $rows) { row errors codes named } }"""
RESULTS = "results { row dealId number errors codes named } position replayed"


@pytest.fixture
def sales(acme: Company) -> Sales:
    acme.admin(
        """mutation($i: LinkTelegramInput!) { linkTelegram(input: $i) { position } }""",
        i={
            "commandId": acme.new(),
            "personId": acme.anna,
            "telegramId": ANNA,
            "username": "anna_sells",
        },
    )
    return Sales(acme)


def checked(sales: Sales, rows: Sequence[dict[str, Any]]) -> dict[int, list[str]]:
    told = sales.company.admin(CHECK, p=sales.pipeline, rows=rows)["checkDeals"]
    assert all(len(one["codes"]) == len(one["errors"]) for one in told)
    return {one["row"]: one["codes"] for one in told}


def imported(sales: Sales, rows: Sequence[dict[str, Any]], command: str = "") -> dict[str, Any]:
    told = {"commandId": command or sales.company.new(), "pipelineId": sales.pipeline}
    return sales.lead("importDeals", RESULTS, rows=rows, **told)


def good(row: int, **more: Any) -> dict[str, Any]:
    """A row as a sheet has it, with names instead of ids and labels instead of keys."""
    return {
        "row": row,
        "title": f"Roof {row}",
        "stage": "search",
        "responsible": "@Anna_Sells",
        "contactName": f"Client {row}",
        "phones": [f"8 916 123-45-{row % 100:02}", ""],
        "email": "client@example.org",
        "fields": [{"key": "бюджет", "value": "1 500,5"}, {"key": "address", "value": "Тверская"}],
        **more,
    }


def test_rows_become_deals_with_their_contacts_and_values(sales: Sales) -> None:
    rows = [good(2), good(3, stage="", responsible="Boris", phones=[], contactName="")]
    assert checked(sales, rows) == {2: [], 3: []}
    assert sales.listed() == []
    told = imported(sales, rows)
    assert [(one["row"], one["number"], one["errors"]) for one in told["results"]] == [
        (2, 1, []),
        (3, 2, []),
    ]
    first, second = (sales.seen(one["dealId"]) for one in told["results"])
    assert first["stage"] == {"name": "Search"}
    assert first["responsible"]["name"] == "Anna"
    assert first["contacts"][0]["phones"] == ["+79161234502"]
    assert [one["value"] for one in first["fields"]] == ["1500.5", "Тверская"]
    assert second["stage"] == {"name": "New"}
    assert (second["responsible"]["name"], second["contacts"]) == (
        "Boris",
        [{"name": "client@example.org", "phones": [], "email": "client@example.org"}],
    )


@pytest.mark.proves("P2")
def test_a_repeated_import_changes_nothing_and_goes_on_where_it_was_cut_off(sales: Sales) -> None:
    command, rows = sales.company.new(), [good(n) for n in range(2, 6)]
    half = imported(sales, rows[:2], command)
    head = sales.company.service.head()
    again = imported(sales, rows[:2], command)
    assert again == {**half, "replayed": True}
    assert sales.company.service.head() == head
    whole = imported(sales, rows, command)
    assert whole["replayed"] is False
    assert whole["results"][:2] == half["results"]
    assert sorted(sales.listed()) == [1, 2, 3, 4]


@pytest.mark.proves("S3-01", "S3-E4")
def test_each_row_is_told_all_that_is_wrong_with_it(sales: Sales) -> None:
    sales.require("Work", "budget", "address")
    rows = [
        good(1),
        good(2, title=" ", stage="Nowhere", responsible="Carl", phones=["12"]),
        good(3, fields=[{"key": "Бюджет", "value": "a lot"}, {"key": "Цвет", "value": "red"}]),
        good(4, stage="Work", fields=[{"key": "budget", "value": "1"}]),
        good(5, phones=["call me"]),
        good(6, fields=[{"key": "budget", "value": "1"}, {"key": "Бюджет", "value": "2"}]),
    ]
    wrong = {
        1: [],
        2: ["NoSuchStage", "NoSuchColleague", "BadText"],
        3: ["BadValue", "NoSuchField"],
        4: ["FieldsMissing"],
        5: ["BadPhone"],
        6: ["BadText"],
    }
    assert checked(sales, rows) == wrong
    told = imported(sales, rows)["results"]
    assert {one["row"]: one["codes"] for one in told} == wrong
    assert "Адрес" in told[3]["errors"][0]
    assert (told[3]["named"], told[2]["named"]) == (["Адрес"], ["Бюджет", "Цвет"])
    assert [one["number"] for one in told] == [1, None, None, None, None, None]


def test_trying_rows_changes_nothing_however_often(sales: Sales) -> None:
    head = sales.company.service.head()
    for _ in range(3):
        assert checked(sales, [good(n) for n in range(1, 101)]) == {n: [] for n in range(1, 101)}
    assert sales.company.service.head() == head
    assert imported(sales, [good(1)])["results"][0]["number"] == 1


def test_more_rows_than_fit_or_rows_of_one_number_are_refused(sales: Sales) -> None:
    for rows in ([good(n) for n in range(101)], [good(1), good(1)]):
        with pytest.raises(GraphQLRefused) as refused:
            imported(sales, rows)
        assert refused.value.code == "BadText"
    with pytest.raises(GraphQLRefused) as refused:
        imported(sales, [good(1)], "x" * 199)
    assert refused.value.code == "BadText"


def test_rows_of_a_manager_are_theirs_unless_they_say_otherwise(sales: Sales) -> None:
    told = {"pipelineId": sales.pipeline, "rows": [good(1, responsible="")]}
    sales.manage(ANNA, "importDeals", RESULTS, **told)
    assert sales.listed(ANNA, mine=True) == [1]
