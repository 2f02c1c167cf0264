"""Files as people and strangers make them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook


class Asked(NamedTuple):
    """A field of a pipeline."""

    key: str
    label: str
    choices: Sequence[str] = ()


ADDRESS, KIND = Asked("address", "Адрес"), Asked("kind", "Вид", ("Кухня", "Шкаф"))
FIELDS = (ADDRESS, KIND)


def csv_file(*lines: str, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return end.join(lines).encode(encoding)


def workbook(*rows: Sequence[Any]) -> bytes:
    """A workbook as a spreadsheet program saves it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def altered(data: bytes, **parts: bytes) -> bytes:
    """A workbook with other contents in some of its parts, by the end of their names."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(file, "w", ZIP_DEFLATED) as after:
        for part in before.infolist():
            name = part.filename.rpartition("/")[2].partition(".")[0]
            after.writestr(part.filename, parts.get(name, before.read(part)))
    return file.getvalue()
