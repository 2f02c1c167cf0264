"""Cards: what a chat of executors may read of a deal; phones are for those alone who ask."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from domain.aggregate import Refused
from domain.fields import Field, FieldKind

PLACE: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
OWN: Final = frozenset({"title", "number"})
DAY: Final = r"(?:(?:19|20)\d\d-[01]\d-[0-3]\d|[0-3]?\d\.[01]?\d\.(?:19|20)\d\d)(?![.-]?\d)"
SUM: Final = r"\d{1,3}(?:[^\S\n]?\d{3}){0,3}[^\S\n]?000"
SUMS: Final = rf"{SUM}[^\S\n]?[\u2010-\u2015\u2212-][^\S\n]?{SUM}(?!\d)"
BETWEEN: Final = r"(?:[^\S\n]|[().\u2010-\u2015\u2212-]){0,4}"
PHONE: Final = rf"\+?\d(?:{BETWEEN}\d){{9,14}}(?!\d)"
NUMBERS: Final = re.compile(rf"(?<!\d)(?:(?P<kept>{DAY}|{SUMS})|{PHONE})")
"""What reads as a phone: ten digits and more, with the usual signs between them.

Days, and from how many thousands to how many, are no phones.
"""
MASK: Final = "•••"


class BadTemplate(Refused):
    """A card shows the title, the number and fields that are neither phones nor told in private; not these."""  # noqa: E501 - one sentence for people


def must_be_template(template: str, fields: Mapping[str, Field], disclosed: Sequence[str]) -> None:
    """Refuse a template with places for what a chat may not read, or for nothing."""
    allowed = OWN | {key for key, field in fields.items() if is_public(field, disclosed)}
    wrong = [place for place in PLACE.findall(template) if place not in allowed]
    if wrong:
        raise BadTemplate(*wrong)


def is_public(field: Field, disclosed: Sequence[str]) -> bool:
    """Whether a field may stand in a chat."""
    return field.kind is not FieldKind.PHONE and field.key not in disclosed


def card(
    template: str,
    told: Mapping[str, str],
    fields: Mapping[str, Field],
    values: Mapping[str, str],
    disclosed: Sequence[str],
) -> str:
    """The text of a card; `told` are `title` and `number`. What reads as a phone is masked.

    Lines of a template whose places are all empty are left out.
    """
    public = {
        key: values[key]
        for key, field in fields.items()
        if values.get(key) and is_public(field, disclosed)
    }
    if not template:
        lines = [told["title"], *(f"{fields[key].label}: {public[key]}" for key in public)]
        return masked("\n".join(lines))
    known = {**public, **told}
    lines = [_filled(line, known) for line in template.splitlines()]
    return masked("\n".join(line for line in lines if line is not None).strip())


def masked(text: str) -> str:
    """The text without what reads as a phone."""
    return NUMBERS.sub(lambda found: found["kept"] or MASK, text)


def _filled(line: str, known: Mapping[str, str]) -> str | None:
    places: list[str] = PLACE.findall(line)
    if places and not any(known.get(place) for place in places):
        return None
    return PLACE.sub(lambda found: known.get(found[1], ""), line)
