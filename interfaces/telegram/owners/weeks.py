"""Weeks of working hours as people write and read them: `пн-пт 9:00-18:00, сб 10-14`."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, TypeAlias

Week: TypeAlias = list[list[str]]
"""Seven days from Monday, each of intervals `HH:MM-HH:MM`."""

DAYS: Final = 7
ALL_DAY: Final = "00:00-24:00"
NAMES: Final = {
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "en": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
}
BEGINNINGS: Final = (
    ("пн", "пон", "mon"),
    ("вт", "tue"),
    ("ср", "wed"),
    ("чт", "чет", "thu"),
    ("пт", "пят", "fri"),
    ("сб", "суб", "sat"),
    ("вс", "вос", "sun"),
)
BETWEEN: Final = {"с", "и", "from", "and"}
EVERY_DAY: Final = {"ежедневно", "daily", "everyday"}
WORKDAYS: Final = {"будни", "weekdays"}
WEEKEND: Final = {"выходные", "weekends", "weekend"}
AROUND: Final = {"круглосуточно", "24/7", "24x7"}
OFF: Final = {"выходной", "closed", "off"}
EVERY: Final = re.compile(r"\b(?:каждый\s+день|every\s+day)\b")
TOKEN: Final = re.compile(
    r"(?P<time>(?P<h1>\d{1,2})(?:[:.](?P<m1>\d\d))?\s*(?:-|до|to)\s*"
    r"(?P<h2>\d{1,2})(?:[:.](?P<m2>\d\d))?)"
    r"|(?P<all>24/7|24x7)"
    r"|(?P<days>[а-яёa-z]+\s*-\s*[а-яёa-z]+)"
    r"|(?P<word>[а-яёa-z]+)"
    r"|(?P<other>[^\s,;]+)"
)


class NotAWeek(ValueError):
    """The text cannot be read as days with hours."""


def week_of(text: str) -> Week:
    """Read a week: days, then their hours, as often as needed; raises NotAWeek."""
    plain = EVERY.sub("daily", re.sub(r"[–—−]", "-", text.lower()))
    week: Week = [[] for _ in range(DAYS)]
    days: list[int] = []
    fresh = True
    for kind, token in _tokens(plain):
        if kind in {"days", "word"} and token not in AROUND | OFF:
            days = [*([] if fresh else days), *_days(token)]
            fresh = False
            continue
        if not days and token in AROUND:
            days = list(range(DAYS))
        if not days:
            raise NotAWeek(token)
        fresh = True
        if token not in OFF:
            interval = ALL_DAY if token in AROUND else _interval(token)
            for day in days:
                week[day].append(interval)
    if not fresh or not any(week):
        raise NotAWeek(text)
    return week


def spelled(week: Sequence[Sequence[str]], language: str) -> str:
    """A week in words: neighbouring days with the same hours together, free days left out."""
    names = NAMES[language]
    parts: list[str] = []
    for hours, run in groupby(enumerate(week), key=lambda day: list(day[1])):
        numbers = [number for number, _ in run]
        if not hours:
            continue
        ends = [names[numbers[0]], names[numbers[-1]]][: min(len(numbers), 2)]
        times = ["24/7" if len(numbers) == DAYS else "0–24"] if hours == [ALL_DAY] else hours
        shown = ", ".join(each.replace("-", "–") for each in times)
        parts.append(shown if shown == "24/7" else "–".join(ends) + " " + shown)
    return ", ".join(parts)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in TOKEN.finditer(text):
        if found["other"] is not None:
            raise NotAWeek(found["other"])
        if found["word"] not in BETWEEN:
            yield str(found.lastgroup), re.sub(r"\s", "", found[0])


def _days(token: str) -> list[int]:
    if token in EVERY_DAY:
        return list(range(DAYS))
    if token in WORKDAYS:
        return list(range(5))
    if token in WEEKEND:
        return [5, 6]
    first, _, last = token.partition("-")
    start, end = _day(first), _day(last or first)
    return [day % DAYS for day in range(start, end + 1 + (DAYS if end < start else 0))]


def _day(word: str) -> int:
    for number, beginnings in enumerate(BEGINNINGS):
        if word.startswith(beginnings):
            return number
    raise NotAWeek(word)


def _interval(token: str) -> str:
    found = TOKEN.fullmatch(token)
    if found is None or found["time"] is None:
        raise NotAWeek(token)
    start, end = (int(found[f"h{n}"]) * 60 + int(found[f"m{n}"] or 0) for n in (1, 2))
    wrong = start >= 24 * 60 or end > 24 * 60 or start == end
    if wrong or int(found["m1"] or 0) > 59 or int(found["m2"] or 0) > 59:  # noqa: PLR2004
        raise NotAWeek(token)
    return "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (start, end))
