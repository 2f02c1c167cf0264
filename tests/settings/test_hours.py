"""When a company is there: the week in its own zone, nights and changes of the clock included."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.hours import BadHours, Hours, must_be_hours

OFFICE = Hours("Europe/Moscow", [["09:00-13:00", "14:00-18:00"]] * 5 + [["10:00-14:00"], []])
NIGHT = Hours("Europe/Moscow", [["22:00-06:00"]] * 7)
ALWAYS = Hours("UTC", [["00:00-24:00"]] * 7)
NEVER = Hours("UTC", [[]] * 7)


def moscow(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 (the 2nd is a Monday) by Moscow's clock, three hours before UTC."""
    return datetime(2026, 3, day, tzinfo=UTC) + timedelta(hours=hour - 3, minutes=minute)


@pytest.mark.proves("S1-10")
@pytest.mark.parametrize(
    ("at", "there"),
    [
        (moscow(2, 8, 59), False),
        (moscow(2, 9), True),
        (moscow(2, 12, 59), True),
        (moscow(2, 13), False),
        (moscow(2, 14), True),
        (moscow(2, 18), False),
        (moscow(7, 11), True),
        (moscow(8, 11), False),
    ],
)
def test_an_interval_holds_its_beginning_and_not_its_end(at: datetime, there: bool) -> None:
    assert OFFICE.are_open(at) is there


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        (moscow(2, 8), moscow(2, 9)),
        (moscow(2, 13), moscow(2, 14)),
        (moscow(2, 20), moscow(3, 9)),
        (moscow(7, 15), moscow(9, 9)),
        (moscow(8, 1), moscow(9, 9)),
    ],
)
def test_the_next_opening_is_told_also_over_a_weekend(at: datetime, opening: datetime) -> None:
    assert OFFICE.next_opening(at) == opening


def test_an_interval_may_last_into_the_next_day() -> None:
    assert NIGHT.are_open(moscow(2, 23))
    assert NIGHT.are_open(moscow(3, 5))
    assert not NIGHT.are_open(moscow(3, 6))


def test_around_the_clock_and_never() -> None:
    assert ALWAYS.are_open(moscow(8, 3))
    assert not NEVER.are_open(moscow(2, 12))
    assert NEVER.next_opening(moscow(2, 12)) is None


def test_the_clocks_change_and_the_hours_stay_by_the_clock() -> None:
    berlin = Hours("Europe/Berlin", [["09:00-17:00"]] * 7)
    assert berlin.are_open(datetime(2026, 3, 28, 8, 30, tzinfo=UTC))
    assert not berlin.are_open(datetime(2026, 3, 28, 7, 30, tzinfo=UTC))
    assert berlin.are_open(datetime(2026, 3, 29, 7, 30, tzinfo=UTC))


MINUTES = st.integers(0, 24 * 60 - 1).map(lambda n: f"{n // 60:02}:{n % 60:02}")
INTERVALS = st.tuples(MINUTES, MINUTES).filter(lambda two: two[0] != two[1]).map("-".join)
WEEKS = st.lists(st.lists(INTERVALS, max_size=2), min_size=7, max_size=7)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001 - made UTC
    lambda at: at.replace(tzinfo=UTC)
)


@given(WEEKS, MOMENTS)
def test_the_next_opening_is_open_and_lies_ahead(week: list[list[str]], at: datetime) -> None:
    hours = Hours("Europe/Moscow", week)
    must_be_hours(hours.zone, hours.week)
    opening = hours.next_opening(at)
    assert (opening is None) is not any(week)
    if opening is not None:
        assert at < opening <= at + timedelta(days=8)
        assert hours.are_open(opening)


def test_an_unknown_zone_is_no_zone() -> None:
    with pytest.raises(BadHours):
        must_be_hours("Mars/Olympus", [[]] * 7)
