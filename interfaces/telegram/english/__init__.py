"""Everything that the bots say in English: one file for each kind of reader."""

from typing import Final

from interfaces.telegram.english import (
    clients,
    deal_refusals,
    deals,
    executors,
    kinds,
    lacks,
    letters,
    offers,
    office,
    office_deals,
    office_pipelines,
    owners,
    pipelines,
    profiles,
    refusals,
    rules,
    staff,
)
from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    **clients.TEXTS,
    **deals.TEXTS,
    **executors.TEXTS,
    **kinds.TEXTS,
    **letters.TEXTS,
    **staff.TEXTS,
    **offers.TEXTS,
    **office.TEXTS,
    **office_deals.TEXTS,
    **office_pipelines.TEXTS,
    **lacks.TEXTS,
    **owners.TEXTS,
    **pipelines.TEXTS,
    **rules.TEXTS,
    **profiles.TEXTS,
    **refusals.TEXTS,
    **deal_refusals.TEXTS,
}
