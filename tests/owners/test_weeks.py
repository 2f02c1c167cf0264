"""Hours and durations as people write them."""

import pytest

from interfaces.telegram.owners.durations import lasting, minutes_of
from interfaces.telegram.owners.weeks import NotAWeek, spelled, week_of

WORK = ["09:00-18:00"]


@pytest.mark.proves("S1-10")
@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("пн-пт 9:00-18:00", [WORK] * 5 + [[], []]),
        ("пн–пт 9–18, сб 10-14", [WORK] * 5 + [["10:00-14:00"], []]),
        ("Пн, Ср, Пт 9.00-18.00", [WORK, [], WORK, [], WORK, [], []]),
        ("понедельник-среда с 9 до 18", [WORK] * 3 + [[]] * 4),
        ("пн-пт 9-13, 14-18", [["09:00-13:00", "14:00-18:00"]] * 5 + [[], []]),
        ("ежедневно 9-18", [WORK] * 7),
        ("каждый день 9-18", [WORK] * 7),
        ("будни 9-18; выходные 10-16", [WORK] * 5 + [["10:00-16:00"]] * 2),
        ("пн-пт 9-18\nсб, вс выходной", [WORK] * 5 + [[], []]),
        ("круглосуточно", [["00:00-24:00"]] * 7),
        ("24/7", [["00:00-24:00"]] * 7),
        ("сб-пн 22-6", [["22:00-06:00"], [], [], [], [], ["22:00-06:00"], ["22:00-06:00"]]),
        ("mon-fri 9:00-18:00, sat 10-14", [WORK] * 5 + [["10:00-14:00"], []]),
        ("every day 0-24", [["00:00-24:00"]] * 7),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, week: list[list[str]]) -> None:
    assert week_of(text) == week


@pytest.mark.parametrize(
    "text",
    ["", "9-18", "пн-пт", "пн-пт 9-25", "пн 9:60-18", "завтра 9-18", "пн 9-9", "пн 9-18 вт", "??"],
)
def test_what_is_no_week_is_not_guessed_at(text: str) -> None:
    with pytest.raises(NotAWeek):
        week_of(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("пн-пт 9-18, сб 10-14", "пн–пт 09:00–18:00, сб 10:00–14:00"),
        ("пн, ср 9-18", "пн 09:00–18:00, ср 09:00–18:00"),
        ("24/7", "24/7"),
        ("пн 0-24", "пн 0–24"),
    ],
)
def test_hours_are_spelled_shortly_and_read_back(text: str, shown: str) -> None:
    assert spelled(week_of(text), "ru") == shown
    assert week_of(shown) == week_of(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("15", 15), ("15 мин", 15), ("2 ч", 120), ("1,5 часа", 90), ("3 дня", 4320), ("1 day", 1440),
     ("20m", 20), ("скоро", None), ("15 лет", None), ("", None), ("-5", None)],
)  # fmt: skip
def test_durations_are_read_as_people_write_them(text: str, minutes: int | None) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 минута"), (15, "15 минут"), (62, "62 минуты"), (120, "2 часа"), (1440, "1 день"),
     (10080, "7 дней")],
)  # fmt: skip
def test_durations_are_told_in_the_largest_whole_unit(minutes: int, words: str) -> None:
    assert lasting(minutes, "ru") == words
