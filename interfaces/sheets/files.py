"""Files with a sheet in them (CSV or XLSX), as texts; and CSV files that we hand out.

What is written here may be opened in Excel: a text that looks like a formula gets an apostrophe in
front, which is taken away again when the file comes back.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Final, NamedTuple

from interfaces.sheets.unreadable import (
    COLUMNS,
    LARGEST,
    ROWS,
    EmptySheet,
    NotASheet,
    OldSheet,
    SheetTooLarge,
    TooManyColumns,
    TooManyRows,
)
from interfaces.sheets.workbooks import cells_of, letter_of

XLSX: Final = b"PK"
OLD: Final = b"\xd0\xcf\x11\xe0"
UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS: Final = ";,\t"
BINARY: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufeff]")
FORMULA: Final = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n\0]")
APOSTROPHE: Final = re.compile(rf"\A'(?={FORMULA.pattern})")


class Line(NamedTuple):
    """A row that is not empty; its `number` is Excel's, and it has as many cells as columns."""

    number: int
    cells: list[str]


class Sheet(NamedTuple):
    """What the columns are called, and the rows below."""

    columns: list[str]
    rows: list[Line]


def read(name: str, data: bytes) -> Sheet:
    """The sheet in a file of this name; raises UnreadableSheet.

    A large one takes seconds: do it in a thread.
    """
    if len(data) > LARGEST:
        raise SheetTooLarge
    if data.startswith(OLD) or name.lower().endswith(".xls"):
        raise OldSheet
    first, *lines = _filled(cells_of(data) if data.startswith(XLSX) else _csv_cells(data))
    if not lines:
        raise EmptySheet
    width = max(len(line.cells) for line in (first, *lines))
    if width > COLUMNS:
        raise TooManyColumns
    names = _padded(first.cells, width)
    columns = [name or f"({letter_of(number)})" for number, name in enumerate(names, 1)]
    return Sheet(columns, [Line(line.number, _padded(line.cells, width)) for line in lines])


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that Excel opens as it is meant."""
    file = StringIO()
    csv.writer(file, delimiter=DELIMITERS[0]).writerows(map(guarded, row) for row in rows)
    return file.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """The text as no program takes it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def _csv_cells(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=[;,\t]", first, re.IGNORECASE):  # Excel's own way to tell
        delimiter, text = first[-1], rest
    else:
        delimiter = max(DELIMITERS, key=lambda one: len(next(csv.reader([first], delimiter=one))))
    try:
        yield from csv.reader(StringIO(text), delimiter=delimiter)
    except csv.Error as error:
        raise NotASheet from error


def _decoded(data: bytes) -> str:
    """What stands in the file, with one kind of line ends."""
    for encoding in ("utf-16" if data.startswith(UTF16) else "utf-8-sig", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if BINARY.search(text):
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise NotASheet


def _filled(rows: Iterable[Sequence[str]]) -> list[Line]:
    """The rows that say anything, without empty cells at their ends; at least one."""
    lines: list[Line] = []
    for number, row in enumerate(rows, 1):
        cells = [_clean(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            lines.append(Line(number, cells))
        if len(lines) > 1 + ROWS:
            raise TooManyRows
    if not lines:
        raise EmptySheet
    return lines


def _clean(cell: str) -> str:
    return APOSTROPHE.sub("", UNSEEN.sub("", cell).strip()).strip()


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))
