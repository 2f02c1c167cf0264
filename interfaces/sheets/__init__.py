"""Sheets of deals: what their columns mean, and sheets to be filled in or mended."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol, TypedDict

from interfaces.sheets.files import Line, Sheet, csv_of, guarded, read
from interfaces.sheets.unreadable import (
    COLUMNS,
    LARGEST,
    ROWS,
    DoubledColumn,
    NoTitle,
    UnreadableSheet,
)
from interfaces.sheets.workbooks import Heading, workbook_of

__all__ = ["COLUMNS", "LARGEST", "ROWS", "Line", "Sheet", "UnreadableSheet", "read"]

NAMES: Final[Mapping[str, Sequence[str]]] = {
    "title": ("название", "title", "сделка", "deal"),
    "stage": ("этап", "stage", "стадия"),
    "responsible": ("ответственный", "responsible", "менеджер", "manager"),
    "contactName": ("имя", "contact", "контакт", "клиент", "client"),
    "phones": ("телефон", "phone", "телефоны", "phones"),
    "email": ("email", "email", "e-mail", "почта"),
    "why": ("ошибка", "error"),
}
"""How columns are called: first in Russian, then in English, then otherwise."""
LANGUAGES: Final = ("ru", "en")
MANY: Final = ("phones", "why")
SEVERAL: Final = re.compile(r"[,;\n]")


class Meaning(NamedTuple):
    """What a column says of deals: something of `NAMES`, or the field with a key."""

    what: str
    key: str = ""


KNOWN: Final = {name: Meaning(what) for what, names in NAMES.items() for name in names}


class Asked(Protocol):
    """A field of a pipeline: its name for programs, its name for people, and what it takes."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def choices(self) -> Sequence[str]: ...


class FieldValue(TypedDict):
    """The API's FieldInput."""

    key: str
    value: str


class DealRow(TypedDict):
    """The API's DealRowInput: a deal as a row tells it; what is empty is not known."""

    row: int
    title: str
    stage: str
    responsible: str
    contactName: str
    phones: list[str]
    email: str
    fields: list[FieldValue]


def rows_of(sheet: Sheet, fields: Sequence[Asked]) -> list[DealRow]:
    """What each row says; raises NoTitle and DoubledColumn."""
    meanings = _meanings(sheet, fields)
    if Meaning("title") not in meanings:
        raise NoTitle
    doubled = [
        column
        for column, meaning in zip(sheet.columns, meanings, strict=True)
        if meaning and meaning.what not in MANY and meanings.count(meaning) > 1
    ]
    if doubled:
        raise DoubledColumn(*doubled)
    return [_row(line, meanings) for line in sheet.rows]


def unknown(sheet: Sheet, fields: Sequence[Asked]) -> list[str]:
    """The columns that mean nothing for deals with these fields: they are passed over."""
    meanings = _meanings(sheet, fields)
    return [column for column, meaning in zip(sheet.columns, meanings, strict=True) if not meaning]


def template(fields: Sequence[Asked], language: str = "ru") -> bytes:
    """A workbook (XLSX) with a line of headings, to be filled in."""
    own = [Heading(_name(what, language)) for what in NAMES if what != "why"]
    known = _known(fields)
    asked = [Heading(guarded(_heading(field, known)), field.choices) for field in fields]
    return workbook_of([*own, *asked])


def failures(sheet: Sheet, why: Mapping[int, str], language: str = "ru") -> bytes:
    """The rows with these numbers as they were, and why (CSV): to be mended and sent again."""
    told = _meanings(sheet, ())
    kept = [number for number, meaning in enumerate(told) if meaning != Meaning("why")]
    failed = [line for line in sheet.rows if line.number in why]
    return csv_of(
        [
            [*(sheet.columns[n] for n in kept), _name("why", language)],
            *([*(line.cells[n] for n in kept), why[line.number]] for line in failed),
        ]
    )


def _meanings(sheet: Sheet, fields: Sequence[Asked]) -> list[Meaning | None]:
    known = _known(fields)
    return [known.get(_plain(column)) for column in sheet.columns]


def _known(fields: Sequence[Asked]) -> dict[str, Meaning]:
    asked = {
        _plain(name): Meaning("fields", field.key)
        for field in fields
        for name in (field.key, field.label, _in_full(field))
    }
    return asked | KNOWN


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").rstrip("*: ").split())


def _heading(field: Asked, known: Mapping[str, Meaning]) -> str:
    """The label, unless a column of that name means something else."""
    clear = known[_plain(field.label)] == Meaning("fields", field.key)
    return field.label if clear else _in_full(field)


def _in_full(field: Asked) -> str:
    return f"{field.label} ({field.key})"


def _name(what: str, language: str) -> str:
    return NAMES[what][LANGUAGES.index(language)].capitalize()


def _row(line: Line, meanings: Sequence[Meaning | None]) -> DealRow:
    told = {meaning: cell for meaning, cell in zip(meanings, line.cells, strict=True) if meaning}
    phones = [
        phone.strip()
        for meaning, cell in zip(meanings, line.cells, strict=True)
        if meaning == Meaning("phones")
        for phone in SEVERAL.split(cell)
    ]
    return DealRow(
        row=line.number,
        title=told[Meaning("title")],
        stage=told.get(Meaning("stage"), ""),
        responsible=told.get(Meaning("responsible"), ""),
        contactName=told.get(Meaning("contactName"), ""),
        phones=[phone for phone in phones if phone],
        email=told.get(Meaning("email"), ""),
        fields=[
            FieldValue(key=meaning.key, value=cell)
            for meaning, cell in told.items()
            if meaning.what == "fields" and cell
        ],
    )
