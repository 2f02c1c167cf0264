"""Words of filters: what people write after /deals, in any order and in both languages."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from interfaces.telegram.client.pipelines import Pipelines
from interfaces.telegram.office.deal_filters import (
    EVERY,
    FREE,
    MINE,
    MONTH,
    TODAY,
    WEEK,
    Place,
    Wanted,
    between,
    fitting,
    places,
)

NAMED: Final = re.compile(
    r"(?<!\w)(воронка|pipeline|этап|stage|дата|date|телефон|phone|текст|text)\s*[:=]\s*",
    re.IGNORECASE,
)
"""What begins a value with a name; it ends where the next one begins."""
PHONE: Final = re.compile(r"(?<![\w.])(?:\+\d[\d\s().-]{2,}\d|\d[\d\s()-]{5,}\d)(?![\w.])")
SCOPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("мои", "mine"), MINE),
    **dict.fromkeys(("ничьи", "unassigned"), FREE),
    **dict.fromkeys(("все", "всё", "all"), EVERY),
}
PERIODS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("сегодня", "today"), TODAY),
    **dict.fromkeys(("неделя", "неделю", "week"), WEEK),
    **dict.fromkeys(("месяц", "month"), MONTH),
}
DATES: Final = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?")
CENTURY: Final = 2000
FEWEST: Final = 4
"""Digits of a phone that can be looked for."""


class Unfound(ValueError):
    """There is no such pipeline, stage or day: `key` is what to say of it, `name` what was said."""

    def __init__(self, key: str, name: str) -> None:
        super().__init__(key, name)
        self.key = key
        self.name = name


def wanted_by(text: str, known: Pipelines, today: date) -> Wanted:
    """The filter that somebody has written; raises Unfound."""
    wanted, free = Wanted(), list[str]()
    for name, value in _parts(text):
        match name:
            case "воронка" | "pipeline":
                place, rest = _place(value, known, wanted, whole=True)
                wanted = wanted._replace(place=place.mark)
            case "этап" | "stage":
                place, rest = _place(value, known, wanted, whole=False)
                wanted = wanted._replace(place=place.mark)
            case "дата" | "date":
                days, rest = _days(value, today)
                wanted = wanted._replace(days=days)
            case "телефон" | "phone":
                wanted, rest = wanted._replace(phone=phone_in(value)), ""
            case _:
                rest = value
        free.append(rest)
    return fitting(_with_free(wanted, " ".join(free)))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    first, *named = NAMED.split(text)
    yield "", first
    order = {"воронка": 0, "pipeline": 0}
    pairs = zip(map(str.casefold, named[::2]), map(str.strip, named[1::2]), strict=True)
    yield from sorted(pairs, key=lambda pair: order.get(pair[0], 1))


def _with_free(wanted: Wanted, free: str) -> Wanted:
    phone = PHONE.search(free)
    if phone is not None:
        wanted = wanted._replace(phone=phone[0])
        free = free.replace(phone[0], " ")
    words = list[str]()
    for word in free.split():
        scope = SCOPES.get(word.casefold())
        if scope is None:
            words.append(word)
        else:
            wanted = wanted._replace(scope=scope)
    return wanted._replace(text=" ".join(words))


def _place(value: str, known: Pipelines, wanted: Wanted, *, whole: bool) -> tuple[Place, str]:
    """The pipeline, or the stage, that the first words name, and the words after them."""
    inside = {one.pipeline.id for one in places(known) if one.mark == wanted.place}
    among = [
        place
        for place in places(known)
        if (place.stage is None) == whole and place.pipeline.id in (inside or {place.pipeline.id})
    ]
    words = value.split()
    for count in range(len(words), 0, -1):
        said = " ".join(words[:count]).casefold()
        for fits in (str.__eq__, str.startswith):
            for place in among:
                name = (place.stage or place.pipeline).name
                if fits(name.casefold(), said):
                    return place, " ".join(words[count:])
    raise Unfound("no_pipeline_called" if whole else "no_stage_called", value)


def _days(value: str, today: date) -> tuple[str, str]:
    word, _, rest = value.partition(" ")
    period = PERIODS.get(word.casefold())
    return (period, rest) if period else (days_in(value, today), "")


def days_in(text: str, today: date) -> str:
    """The days that somebody has written: `22.11.2026` or `1.11-22.11`; raises Unfound."""
    try:
        days = [_day(found, today) for found in DATES.finditer(text)]
    except ValueError:
        raise Unfound("no_such_days", text) from None
    if len(days) not in {1, 2}:
        raise Unfound("no_such_days", text)
    return between(min(days), max(days))


def _day(found: re.Match[str], today: date) -> date:
    """The day; without a year it is not more than a month ahead."""
    day, month = int(found[1]), int(found[2])
    if found[3] is not None:
        return date(int(found[3]) % CENTURY + CENTURY, month, day)
    told = date(today.year, month, day)
    return told if told - today < timedelta(days=31) else date(today.year - 1, month, day)


def phone_in(text: str) -> str:
    """The digits of a number, or its last ones; raises Unfound."""
    digits = "".join(filter(str.isdigit, text))
    if len(digits) < FEWEST:
        raise Unfound("no_such_phone", text)
    return digits
