"""Whatever a stranger sends is a sheet or is refused, soon and in words."""

import time
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interfaces import sheets
from interfaces.sheets import COLUMNS, LARGEST, ROWS, UnreadableSheet
from interfaces.sheets.unreadable import (
    EmptySheet,
    NotASheet,
    OldSheet,
    SheetTooLarge,
    TooManyColumns,
    TooManyRows,
)
from tests.sheets.files import altered, csv_file, workbook

GOOD = workbook(["title", "phone"], ["Kitchen", "1"], ["Wardrobe", "2"])
BOMB = b"0" * 70_000_000
SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b'
    b"</sheetData></worksheet>"
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(12))
    + b"]>"
    + SHEET % b'<row r="1"><c r="A1" t="inlineStr"><is><t>&m;</t></is></c></row>'
)
FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="%b"><c r="%b1"><v>2</v></c></row>'


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.csv", b"x" * (LARGEST + 1), SheetTooLarge),
        ("a.csv", b"", EmptySheet),
        ("a.csv", b"\n;;\n", EmptySheet),
        ("a.csv", b"title\n", EmptySheet),
        ("a.csv", b"title\n" + b"x\n" * (ROWS + 1), TooManyRows),
        ("a.csv", b";".join([b"x"] * (COLUMNS + 1)) + b"\nx", TooManyColumns),
        ("a.csv", b"title\n" + b"x" * 200_000, NotASheet),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NotASheet),
        ("a.pdf", b"%PDF-1.7\n\x98\xe2\xe3\xcf\xd3", NotASheet),
        ("a.xls", b"title\nx", OldSheet),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OldSheet),
        ("a.xlsx", b"PK\x03\x04 and nothing else", NotASheet),
        ("a.xlsx", altered(GOOD, workbook=b"<nothing/>"), NotASheet),
        ("a.xlsx", altered(GOOD, sheet1=b"<sheetData>"), NotASheet),
        ("a.xlsx", altered(GOOD, sheet1=BOMB), SheetTooLarge),
        ("a.xlsx", altered(GOOD, sheet1=LAUGHS), NotASheet),
        ("a.xlsx", workbook(["x"] * (COLUMNS + 1), ["x"]), TooManyColumns),
        ("a.xlsx", workbook(["title"]), EmptySheet),
        ("a.xlsx", workbook(), EmptySheet),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(
    name: str, data: bytes, why: type[UnreadableSheet]
) -> None:
    began = time.perf_counter()
    with pytest.raises(UnreadableSheet) as refused:
        sheets.read(name, data)
    assert refused.type is why
    assert str(refused.value).endswith(".")
    assert time.perf_counter() - began < 10


def test_a_zip_with_other_things_in_it_is_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(NotASheet):
        sheets.read("a.xlsx", file.getvalue())


@pytest.mark.parametrize(("row", "column"), [(b"1048576", b"A"), (b"2", b"XFD"), (b"9" * 12, b"B")])
def test_a_cell_far_away_costs_nothing(row: bytes, column: bytes) -> None:
    began = time.perf_counter()
    with suppress(UnreadableSheet):
        sheets.read("a.xlsx", altered(GOOD, sheet1=SHEET % (FAR % (row, column))))
    assert time.perf_counter() - began < 20


@settings(deadline=None)
@given(data=st.binary(max_size=200), name=st.sampled_from(["a.csv", "a.xlsx"]))
def test_any_bytes_are_a_sheet_or_refused(data: bytes, name: str) -> None:
    try:
        sheet = sheets.read(name, data)
    except UnreadableSheet:
        return
    assert all(len(line.cells) == len(sheet.columns) for line in sheet.rows)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_workbook_is_a_sheet_or_refused(place: int, byte: int, cut: bool) -> None:
    rest = b"" if cut else GOOD[place + 1 :]
    with suppress(UnreadableSheet):
        sheets.read("a.xlsx", GOOD[:place] + bytes([byte]) + rest)


@settings(deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_is_a_sheet_or_refused(text: str) -> None:
    try:
        sheet = sheets.read("a.csv", csv_file("title", text))
    except UnreadableSheet:
        return
    for row in sheets.rows_of(sheet, ()):
        assert str(row).encode()  # nothing is left that could not be sent
