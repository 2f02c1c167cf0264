"""Workbooks (XLSX): their first sheet as texts, and new ones; nothing in them is ever a formula."""

import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any, Final, NamedTuple
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from interfaces.sheets.unreadable import COLUMNS, ROWS, UNPACKED, NotASheet, SheetTooLarge

PARTS: Final = 1_000  # files in a workbook
BOTTOM: Final = 1_048_576  # the last row that Excel knows
TEXT: Final = "@"  # Excel's format of cells that keep a number as it was typed
WIDTH: Final = 24  # characters


class Heading(NamedTuple):
    """A column of a new workbook; with `choices` Excel offers these and takes no others."""

    name: str
    choices: Sequence[str] = ()


def cells_of(data: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet from the top, also empty ones; raises UnreadableSheet.

    Values, not formulas: dates in ISO, numbers without a needless `.0`, flags as yes and no. One
    column more than a sheet may have is read, to be refused.
    """
    _must_fit(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out: colours, charts, rules
        try:
            yield from _rows(data)
        except Exception as error:  # a stranger's file: the library raises whatever it stumbles on
            raise NotASheet from error


def workbook_of(headings: Sequence[Heading]) -> bytes:
    """A workbook with a line of headings, and rows below it that keep what is typed as text."""
    book: Any = Workbook(write_only=True)
    sheet, lists = book.create_sheet("Ledgerdesk"), book.create_sheet("Lists")
    sheet.freeze_panes = "A2"
    lists.sheet_state = "hidden"
    for number, heading in enumerate(headings, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = WIDTH
        sheet.column_dimensions[letter].number_format = TEXT
        if heading.choices:
            offered = f"Lists!${letter}$1:${letter}${len(heading.choices)}"
            rule: Any = DataValidation(type="list", formula1=offered, allow_blank=True)
            rule.add(f"{letter}2:{letter}{ROWS + 1}")
            sheet.data_validations.append(rule)
    sheet.append([_cell(sheet, heading.name, bold=True) for heading in headings])
    for line in range(max((len(heading.choices) for heading in headings), default=0)):
        lists.append(
            [
                _cell(lists, heading.choices[line]) if line < len(heading.choices) else None
                for heading in headings
            ]
        )
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def letter_of(number: int) -> str:
    """What Excel calls a column; the first is 1."""
    return get_column_letter(number)


def _must_fit(data: bytes) -> None:
    """Look at what the parts unpack to before any of them is unpacked."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise NotASheet from error
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise SheetTooLarge
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise NotASheet


def _rows(data: bytes) -> Iterator[list[str]]:
    book: Any = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        for row in sheet.iter_rows(max_row=BOTTOM, max_col=COLUMNS + 1, values_only=True):
            yield [_text(value) for value in row] if row.count(None) < len(row) else []
    finally:
        book.close()


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{Decimal(f'{value:.15g}'):f}"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> Cell:
    """A cell of text, whatever the text looks like."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = TEXT
    cell.font = Font(bold=bold)
    return cell
