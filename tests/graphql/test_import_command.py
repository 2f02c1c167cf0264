"""`ledgerdesk import`: a sheet of deals comes in over the API, once, or says what is wrong."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from typer.testing import CliRunner, Result

from infrastructure.cli import app
from tests.graphql.company import Company
from tests.graphql.sales import Sales
from tests.sheets.files import csv_file, workbook

Import: TypeAlias = Callable[..., Result]
HEAD = "Название;Этап;Имя;Телефон;Бюджет"
GOOD = csv_file(HEAD, "Кухня;new;Пётр;8 916 123-45-67;1 500,50", "Шкаф;;;;", encoding="cp1251")
MIXED = csv_file(HEAD, "Кухня;new;;;", "Шкаф;Nowhere;;;", "Стол;;;;дорого")


@pytest.fixture
def sales(acme: Company) -> Sales:
    """A company whose pipeline everybody sees already."""
    sales, late = Sales(acme), time.monotonic() + 5
    while len(acme.admin("{ pipelines { fields { key } } }")["pipelines"][0]["fields"]) < 2:
        assert time.monotonic() < late
    return sales


@pytest.fixture
def bring_in(acme: Company, sales: Sales, tmp_path: Path) -> Import:
    """Runs the command with a file of these contents."""

    def run(data: bytes, *words: str, name: str = "deals.csv") -> Result:
        (tmp_path / name).write_bytes(data)
        env = {"LEDGERDESK_KEY": acme.admin_key, "LEDGERDESK_API_URL": acme.service.address}
        usual = ["import", str(tmp_path / name), "--pipeline", "Sales"]
        return CliRunner(env=env).invoke(app, [*usual, *words], terminal_width=200)

    return run


def titles(sales: Sales) -> list[str]:
    """The deals there are, the oldest first."""
    query = "query($at: BigInt) { deals(minPosition: $at) { nodes { title } } }"
    told = sales.company.admin(query, at=sales.company.service.head())
    return [deal["title"] for deal in reversed(told["deals"]["nodes"])]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deals.csv", GOOD),
        (
            "deals.xlsx",
            workbook(
                ["Название", "Этап", "Имя", "Телефон", "Бюджет"],
                ["Кухня", "New", "Пётр", 79161234567, 1500.5],
                ["Шкаф"],
            ),
        ),
    ],
    ids=["CSV", "XLSX"],
)
def test_each_row_becomes_a_deal_and_a_repetition_changes_nothing(
    sales: Sales, bring_in: Import, name: str, data: bytes
) -> None:
    for _ in range(2):
        done = bring_in(data, name=name)
        assert done.exit_code == 0, done.output
        assert "2 of 2 rows are deals" in done.output
        assert titles(sales) == ["Кухня", "Шкаф"]
    [kitchen, _] = reversed(sales.listed())
    query = """query($n: Int) { deal(number: $n) {
      stage { name } fields { key value } contacts { name phones } } }"""
    assert sales.company.admin(query, n=kitchen)["deal"] == {
        "stage": {"name": "New"},
        "fields": [{"key": "budget", "value": "1500.50" if name == "deals.csv" else "1500.5"}],
        "contacts": [{"name": "Пётр", "phones": ["+79161234567"]}],
    }


def test_nothing_comes_in_while_a_row_is_wrong(sales: Sales, bring_in: Import) -> None:
    for words in ((), ("--check",)):
        done = bring_in(MIXED, *words)
        assert done.exit_code == 1
        assert "1 of 3 rows are right; none was imported" in done.output
        assert "Nowhere" in done.output
        assert "Бюджет" in done.output
    assert titles(sales) == []


def test_a_check_of_a_good_sheet_imports_nothing(sales: Sales, bring_in: Import) -> None:
    done = bring_in(GOOD, "--check")
    assert (done.exit_code, titles(sales)) == (0, [])


def test_the_right_rows_may_come_in_and_the_others_are_handed_back(
    sales: Sales, bring_in: Import, tmp_path: Path
) -> None:
    done = bring_in(MIXED, "--valid-only")
    assert done.exit_code == 1
    assert titles(sales) == ["Кухня"]
    failed = (tmp_path / "deals-failed.csv").read_text("utf-8-sig")
    assert [line.split(";")[0] for line in failed.splitlines()] == ["Название", "Шкаф", "Стол"]
    mended = failed.replace("Nowhere", "New").replace("дорого", "5000").encode()
    assert bring_in(mended, name="mended.csv").exit_code == 0
    assert titles(sales) == ["Кухня", "Шкаф", "Стол"]


def test_many_rows_go_in_parts(sales: Sales, bring_in: Import) -> None:
    rows = [f"Кухня {n}" for n in range(230)]
    done = bring_in(csv_file("title", *rows))
    assert done.exit_code == 0, done.output
    assert "230 of 230 rows are deals" in done.output
    query = "query($id: ID!, $at: BigInt) { board(pipelineId: $id, minPosition: $at) { count } }"
    at = sales.company.service.head()
    columns = sales.company.admin(query, id=sales.pipeline, at=at)["board"]
    assert sum(column["count"] for column in columns) == 230


@pytest.mark.parametrize(
    ("words", "data", "told"),
    [
        (("--pipeline", "Nothing"), GOOD, "there is no pipeline Nothing, but: Sales"),
        ((), b"phone\n1", "title"),
        ((), b"%PDF\0", "neither a CSV"),
        (("--key", "wrong"), GOOD, "valid key"),
        (("--api", "http://127.0.0.1:9"), GOOD, "does not answer"),
    ],
    ids=["pipeline", "title", "file", "key", "API"],
)
def test_what_is_in_the_way_is_said(
    bring_in: Import,
    words: tuple[str, ...],
    data: bytes,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("infrastructure.imports.PAUSE", 0.001)
    done = bring_in(data, *words)
    assert done.exit_code == 1
    assert told in done.output
    assert "Traceback" not in done.output
