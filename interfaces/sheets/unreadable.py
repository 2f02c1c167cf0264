"""What keeps a file from being read as a sheet; the docstring of each is what a person reads."""

from typing import Final

LARGEST: Final = 5_000_000  # bytes
UNPACKED: Final = 64_000_000  # bytes, of all parts of a workbook together
ROWS: Final = 20_000
COLUMNS: Final = 100


class UnreadableSheet(Exception):
    """The file cannot be read as a sheet; `named` are the columns that stand in the way."""

    def __init__(self, *named: str) -> None:
        told = type(self).__doc__ or ""
        super().__init__(f"{told.rstrip('.')}: {', '.join(named)}." if named else told)
        self.named = named


class SheetTooLarge(UnreadableSheet):
    """A sheet has at most 5 MB; divide it into several."""


class TooManyRows(UnreadableSheet):
    """A sheet has at most 20,000 rows; divide it into several."""


class TooManyColumns(UnreadableSheet):
    """A sheet has at most 100 columns; remove those that are not needed."""


class NotASheet(UnreadableSheet):
    """This is neither a CSV file nor a whole XLSX file."""


class OldSheet(UnreadableSheet):
    """Old Excel files and files with a password cannot be read; save the sheet as XLSX."""


class EmptySheet(UnreadableSheet):
    """There is nothing below the first line, which names the columns."""


class NoTitle(UnreadableSheet):
    """The first line names the columns, and one of them must be the title of the deals."""


class DoubledColumn(UnreadableSheet):
    """Two columns say the same; leave one of them."""
