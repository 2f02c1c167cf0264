"""Texts that change with a number, in the plural categories of the reader's language."""

from dataclasses import dataclass
from functools import cache

from babel import Locale


@dataclass(frozen=True, slots=True)
class Plural:
    """A text by CLDR's plural categories; a category that is missing reads as `other`.

    Each form may use `{count}` and other values. Russian needs one (1 час), few (2 часа), many
    (5 часов) and other (1,5 часа); English one and other.
    """

    other: str
    one: str | None = None
    few: str | None = None
    many: str | None = None

    def of(self, language: str, count: float) -> str:
        """The form for a number."""
        forms = {"one": self.one, "few": self.few, "many": self.many}
        return forms.get(_locale(language).plural_form(count)) or self.other


@cache
def _locale(language: str) -> Locale:
    return Locale(language)
