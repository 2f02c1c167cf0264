"""Phones: however people write a number, it is kept in one form (E.164, `+79161234567`)."""

from collections.abc import Iterable
from typing import Final

import phonenumbers

from domain.aggregate import Refused

REGIONS: Final = {"ru": "RU", "en": "US"}
"""Where a number without a country is, by the company's language."""


class BadPhone(Refused):
    """This is no phone number."""


def e164(written: str, language: str = "ru") -> str:
    """The number as it is kept; raises BadPhone."""
    try:
        number = phonenumbers.parse(written, REGIONS.get(language, "RU"))
    except phonenumbers.NumberParseException:
        raise BadPhone(written) from None
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise BadPhone(written)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def all_e164(written: Iterable[str], language: str = "ru") -> list[str]:
    """The numbers as they are kept, each once and in order; empty ones are left out."""
    told = [e164(one, language) for one in written if one.strip()]
    return list(dict.fromkeys(told))
