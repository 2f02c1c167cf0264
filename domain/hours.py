"""Working hours: when a company is there for its clients."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.aggregate import Refused

DAYS: Final = 7
INTERVAL: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)")
DAY_LENGTH: Final = 24 * 60


class BadHours(Refused):
    """Hours are an IANA time zone and seven days of intervals such as 09:00-18:00."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A week from Monday: each day's intervals `HH:MM-HH:MM` in the company's zone.

    An interval that does not end after it begins (22:00-06:00) ends on the next day; 00:00-24:00
    is the whole day. A week without any interval is always closed.
    """

    zone: str
    week: Sequence[Sequence[str]]

    def are_open(self, at: datetime) -> bool:
        """Whether somebody is there at this moment."""
        return any(start <= at < end for start, end in self._around(at, days=1))

    def next_opening(self, at: datetime) -> datetime | None:
        """When somebody is there again, in the company's zone; None: never."""
        starts = [start for start, _ in self._around(at, days=DAYS + 1) if start > at]
        return min(starts, default=None)

    def _around(self, at: datetime, days: int) -> Iterator[tuple[datetime, datetime]]:
        zone = ZoneInfo(self.zone)
        today = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        for n in range(-1, days + 1):
            day = today + timedelta(days=n)
            for interval in self.week[day.weekday()]:
                begin, length = _minutes(interval)
                start = day + timedelta(minutes=begin)
                yield start, day + timedelta(minutes=begin + length)


def must_be_hours(zone: str, week: Sequence[Sequence[str]]) -> None:
    """Refuse an unknown zone, a week of other than seven days, and what is no interval."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadHours from None
    if len(week) != DAYS:
        raise BadHours
    for interval in (one for day in week for one in day):
        if not INTERVAL.fullmatch(interval) or not 0 < _minutes(interval)[1] <= DAY_LENGTH:
            raise BadHours


def _minutes(interval: str) -> tuple[int, int]:
    """When an interval begins and how long it is, in minutes; 09:00-09:00 has no length."""
    start, _, end = interval.partition("-")
    begin, finish = (int(one[:2]) * 60 + int(one[3:]) for one in (start, end))
    length = finish - begin
    return begin, length if length >= 0 else length + DAY_LENGTH
