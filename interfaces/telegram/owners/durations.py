"""Durations as people write and read them: `15`, `15 мин`, `2 ч`, `1,5 часа`, `3 дня`."""

import re
from typing import Final

from interfaces.telegram.words import words

HOUR: Final = 60
DAY: Final = 24 * HOUR
UNITS: Final = {
    **dict.fromkeys(("", "м", "m"), 1),
    **dict.fromkeys(("ч", "h"), HOUR),
    **dict.fromkeys(("д", "d"), DAY),
}
TEXT: Final = re.compile(r"\s*(\d{1,6}(?:[.,]\d{1,2})?)\s*([а-яa-z]?)[а-яa-z]*\.?\s*")


def minutes_of(text: str) -> int | None:
    """Minutes that a text means, a bare number being minutes; None if it is no duration."""
    found = TEXT.fullmatch(text.lower())
    if found is None or found[2] not in UNITS:
        return None
    return round(float(found[1].replace(",", ".")) * UNITS[found[2]])


def lasting(minutes: int, language: str) -> str:
    """Minutes in words, in the largest unit that is exact."""
    for unit, name in ((DAY, "days"), (HOUR, "hours")):
        if minutes and minutes % unit == 0:
            return words(language, f"lasting_{name}", count=minutes // unit)
    return words(language, "lasting_minutes", count=minutes)
