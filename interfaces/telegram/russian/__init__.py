"""Everything that the bots say in Russian: one file for each kind of reader."""

from typing import Final

from interfaces.telegram.plurals import Plural
from interfaces.telegram.russian import (
    clients,
    kinds,
    lacks,
    letters,
    office,
    owners,
    profiles,
    refusals,
    rules,
    staff,
)

TEXTS: Final[dict[str, str | Plural]] = {
    **clients.TEXTS,
    **kinds.TEXTS,
    **letters.TEXTS,
    **staff.TEXTS,
    **office.TEXTS,
    **lacks.TEXTS,
    **owners.TEXTS,
    **rules.TEXTS,
    **profiles.TEXTS,
    **refusals.TEXTS,
}
