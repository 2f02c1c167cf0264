"""Phones to search by: a number is found however people write it, and by its last digits.

A number is kept as its last ten digits, the last one first; so `+7 916 123-45-67` and
`8 (916) 1234567` are the same, and `45-67` is the beginning of both.
"""

import re
from dataclasses import dataclass
from typing import Final, LiteralString
from uuid import UUID

from projections.projection import Rows, Table

SAME: Final = 10  # digits; what comes before them is written in several ways
FEWEST: Final = 4  # digits that are worth a search


@dataclass(slots=True)
class StoredPhone:
    """What a table of phones keeps: whose the number is."""

    workspace_id: UUID
    backwards: str
    owner_id: UUID


def phones(table: LiteralString) -> Table[StoredPhone]:
    """A table of phones."""
    return Table(table, StoredPhone, ("workspace_id", "backwards", "owner_id"))


def kept(written: str) -> str:
    """A number as it is kept."""
    return _digits(written)[: -SAME - 1 : -1]


def wanted(written: str) -> str | None:
    """What kept numbers begin with that end like this one; None with too few digits.

    They are those BETWEEN this AND this || 'a'.
    """
    digits = _digits(written)
    found = kept(digits.lstrip("0") if len(digits) >= SAME else digits)
    return found if len(found) >= FEWEST else None


def swap(
    table: Table[StoredPhone],
    place: tuple[UUID, UUID],
    old: list[str],
    new: list[str],
    rows: Rows,
) -> None:
    """Let an owner, `place` is the workspace and who it is, have other numbers than before."""
    workspace_id, owner_id = place
    before, after = {kept(one) for one in old}, {kept(one) for one in new}
    for gone in before - after:
        rows.drop(table, workspace_id, gone, owner_id)
    for come in after - before:
        rows.put(table, StoredPhone(workspace_id, come, owner_id))


def _digits(written: str) -> str:
    return re.sub(r"\D", "", written)
