"""What the bots say, by language: one package of texts each, the same keys in all of them."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from interfaces.telegram import english, russian
from interfaces.telegram.plurals import Plural

Texts: TypeAlias = Mapping[str, str | Plural]

LANGUAGES: Final[Mapping[str, Texts]] = {"ru": russian.TEXTS, "en": english.TEXTS}
"""What can be chosen, by ISO 639-1."""
RUSSIAN_READERS: Final = frozenset({"", "ru", "be", "uk", "kk", "ky", "uz", "tg", "hy", "az"})


def words(language: str, key: str, **values: object) -> str:
    """The text in the reader's language (an IETF tag such as `ru` or `en-GB`).

    A text with plural forms takes its form from the value `count`.
    """
    known = spoken(language)
    text = LANGUAGES[known][key]
    if isinstance(text, Plural):
        count = values["count"]
        text = text.of(known, count if isinstance(count, int | float) else 0)
    return text.format(**values)


def refusal(language: str, code: str) -> str:
    """What a refusal means, by the name of its class."""
    known = spoken(language)
    return words(known, code if code in LANGUAGES[known] else "refused")


def spoken(language: str) -> str:
    """Which of our languages is read: neighbours of Russian read it, all others English."""
    readers = language.partition("-")[0].lower()
    return "ru" if readers in RUSSIAN_READERS else "en"
