"""Sheets that we hand out come back as they were, and nothing in them is ever a formula."""

import csv
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from interfaces import sheets
from interfaces.sheets import Line, Sheet
from tests.sheets.files import FIELDS, Asked, workbook

SIGNS = "=+-@\t＝＋－＠'"
PAYLOADS = [
    "=1+1",
    "+79161234567",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "  =1",
    "'=1",
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("http://x","y")',
    "＝1",
    "＋1",
    "－1",
    "＠x",
]
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cf")), max_size=8)
CELLS = st.one_of(TEXTS, st.sampled_from([payload.strip() for payload in PAYLOADS])) | st.builds(
    "{}{}".format, st.sampled_from(SIGNS.replace("\t", "")), TEXTS
)


@pytest.mark.proves("P48")
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_that_we_write_is_a_formula(payload: str) -> None:
    sheet = Sheet(["title", payload], [Line(2, [payload, payload])])
    lines = list(
        csv.reader(
            StringIO(sheets.failures(sheet, {2: payload}).decode("utf-8-sig")), delimiter=";"
        )
    )
    assert all(cell.startswith("'") for cell in (lines[0][1], *lines[1]))
    field = Asked("x", payload, [payload, payload + "2"])
    for line in cells(sheets.template([field])):
        for cell in line:
            assert cell.data_type in {"s", "n"}
            assert not str(cell.value or "").startswith(tuple("=+-@"))


def cells(data: bytes) -> list[Any]:
    """The cells of the first sheet."""
    return list(load_workbook(BytesIO(data)).worksheets[0].iter_rows())


def test_the_template_has_a_column_for_everything_and_offers_choices() -> None:
    data = sheets.template(FIELDS)
    [headings] = cells(data)
    names = [cell.value for cell in headings]
    assert names == ["Название", "Этап", "Ответственный", "Имя", "Телефон", "Email", "Адрес", "Вид"]
    with ZipFile(BytesIO(data)) as archive:
        told = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "Lists!$H$1:$H$2" in told
    filled = Sheet(names, [Line(2, list("abcdefgh"))])
    assert sheets.unknown(filled, FIELDS) == []
    assert sheets.rows_of(filled, FIELDS)[0]["fields"][1] == {"key": "kind", "value": "h"}


def test_the_template_speaks_the_companys_language() -> None:
    [headings] = cells(sheets.template((), "en"))
    assert [cell.value for cell in headings][:3] == ["Title", "Stage", "Responsible"]


@settings(max_examples=15, deadline=None)
@given(labels=st.lists(CELLS.filter(lambda text: bool(text.strip())), max_size=4))
@example(labels=["Телефон", "цвёт", "Цвет*", "k0", "***"])
def test_every_heading_of_a_template_is_understood(labels: list[str]) -> None:
    fields = [Asked(f"k{n}", label) for n, label in enumerate(labels)]
    headings = [cell.value for cell in cells(sheets.template(fields))[0]]
    sheet = sheets.read("t.xlsx", workbook(headings, ["x"] * len(headings)))
    meanings = sheets.rows_of(sheet, fields)[0]["fields"]
    assert sheets.unknown(sheet, fields) == []
    assert [one["key"] for one in meanings] == [field.key for field in fields]


@settings(deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5),
    why=CELLS,
)
def test_what_failed_comes_back_as_it_was(rows: list[list[str]], why: str) -> None:
    lines = [Line(n, ["x", *cells]) for n, cells in enumerate(rows, 2)]
    sheet = Sheet(["title", "a", "b", "c"], lines)
    file = sheets.failures(sheet, {line.number: why for line in lines})
    again = sheets.read("failed.csv", file)
    assert [line.cells[:4] for line in again.rows] == [line.cells for line in lines]
    assert sheets.unknown(again, ()) == ["a", "b", "c"]
    assert sheets.failures(again, {line.number: why for line in lines}) == file


def test_only_what_failed_is_handed_back() -> None:
    sheet = Sheet(["title"], [Line(2, ["One"]), Line(3, ["Two"])])
    text = sheets.failures(sheet, {3: "Нет такого этапа"}).decode("utf-8-sig")
    assert text.split("\r\n") == ["title;Ошибка", "Two;Нет такого этапа", ""]
