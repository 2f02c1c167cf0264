"""What the bots say, by language: one file of texts each, the same keys in all of them."""

from typing import Final

from interfaces.telegram import english, russian

RUSSIAN_READERS: Final = frozenset({"", "ru", "be", "uk", "kk", "ky", "uz", "tg", "hy", "az"})


def words(language: str, key: str, **values: object) -> str:
    """The text in the reader's language (an IETF tag such as `ru` or `en-GB`)."""
    return texts(language)[key].format(**values)


def refusal(language: str, code: str) -> str:
    """What a refusal means, by the name of its class."""
    known = texts(language)
    return known.get(code, known["refused"])


def texts(language: str) -> dict[str, str]:
    """All texts of a language; who reads neither Russian nor a neighbour of it gets English."""
    readers = language.partition("-")[0].lower()
    return russian.TEXTS if readers in RUSSIAN_READERS else english.TEXTS
