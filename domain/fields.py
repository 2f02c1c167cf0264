"""Fields: what a company wants to know about its deals, each of a type."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from domain.aggregate import Refused

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
PHONE: Final = re.compile(r"\+?\(?\d[\d\s().-]{4,22}\d")
LONGEST: Final = 2000
LONGEST_LABEL: Final = 60
CHOICES: Final = 50
DIGITS: Final = 18
FLAGS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("yes", "true", "1", "да", "+"), "yes"),
    **dict.fromkeys(("no", "false", "0", "нет", "-"), "no"),
}


class FieldKind(StrEnum):
    """Which values a field takes."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PHONE = "phone"
    CHOICE = "choice"
    FLAG = "flag"


class BadField(Refused):
    """A field has a key of small Latin letters, digits and _, a label, and choices if it wants one."""  # noqa: E501 - one sentence for people


class NoSuchField(Refused):
    """The pipeline has no such field."""


class BadValue(Refused):
    """This cannot be the value of the field."""


@dataclass(frozen=True, slots=True)
class Field:
    """What people fill in under `label`; values are texts, empty when there is none.

    Numbers and money are decimals (`1500.50`), dates ISO (`2026-11-22`), flags `yes` or `no`.
    """

    key: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    choices: list[str] = field(default_factory=list[str])

    def accept(self, value: str) -> str:
        """The value as it is kept, however people wrote it; raises BadValue."""
        told = value.strip()
        if not told:
            return ""
        try:
            return self._kept(told)
        except (ValueError, InvalidOperation):
            raise BadValue(self.label) from None

    def _kept(self, told: str) -> str:
        match self.kind:
            case FieldKind.NUMBER | FieldKind.MONEY:
                return _decimal(told)
            case FieldKind.DATE:
                return _day(told)
            case FieldKind.FLAG:
                return _known(FLAGS.get(told.lower()))
            case FieldKind.CHOICE:
                same = (one for one in self.choices if one.strip().lower() == told.lower())
                return _known(next(same, None))
            case FieldKind.PHONE if not PHONE.fullmatch(told):
                raise ValueError(told)
            case _ if len(told) > LONGEST:
                raise ValueError(told)
            case _:
                return told

    def must_be_usable(self) -> None:
        """Refuse a field that nobody could fill in."""
        wants_choices = self.kind is FieldKind.CHOICE
        labelled = 0 < len(self.label.strip()) <= LONGEST_LABEL
        told = {choice.strip().lower() for choice in self.choices}
        fits = len(told) == len(self.choices) <= CHOICES
        if not (KEY.fullmatch(self.key) and labelled and fits):
            raise BadField
        if wants_choices != bool(self.choices) or "" in told:
            raise BadField


def accepted(fields: Mapping[str, Field], told: Mapping[str, str]) -> dict[str, str]:
    """The values as they are kept; raises NoSuchField and BadValue."""
    unknown = [key for key in told if key not in fields]
    if unknown:
        raise NoSuchField(*unknown)
    return {key: fields[key].accept(value) for key, value in told.items()}


def labels(fields: Mapping[str, Field], keys: Sequence[str]) -> list[str]:
    """What people call the fields."""
    return [fields[key].label for key in keys]


def _decimal(told: str) -> str:
    plain = re.sub(r"[\s\u00a0_₽$€]|руб\.?", "", told).replace(",", ".")
    number = Decimal(plain)
    if not number.is_finite() or abs(number.adjusted()) > DIGITS:
        raise ValueError(told)
    if len(number.as_tuple().digits) > DIGITS:
        raise ValueError(told)
    return f"{number:f}"


def _day(told: str) -> str:
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", told):
        day, month, year = map(int, found.groups())
        return date(year, month, day).isoformat()
    return date.fromisoformat(told).isoformat()


def _known(value: str | None) -> str:
    if value is None:
        raise ValueError
    return value
