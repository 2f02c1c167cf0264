"""Filters of deals: what fits behind a button, what comes back, and how people write them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interfaces.telegram.buttons import LONGEST, Outdated, data, pressed
from interfaces.telegram.client.pipelines import Pipelines
from interfaces.telegram.office.deal_filters import (
    EVERY,
    FREE,
    LAST_PAGE,
    MINE,
    Wanted,
    asked,
    between,
    days_of,
    fitting,
    linked_in,
    places,
    wanted_in,
)
from interfaces.telegram.office.deal_words import Unfound, phone_in, wanted_by

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # 1:30 of the next day in Moscow
NO: dict[str, Any] = {"requiredKeys": [], "successorId": None}
SALES: dict[str, Any] = {
    "id": "00000000-0000-0000-0000-000000000001",
    "name": "Продажи",
    "stages": [
        {"id": "00000000-0000-0000-0000-00000000000a", "name": "Новая", "kind": "OPEN", **NO},
        {"id": "00000000-0000-0000-0000-00000000000b", "name": "Поиск дома", "kind": "OPEN", **NO},
    ],
    "fields": [],
}
REPAIR: dict[str, Any] = SALES | {
    "id": "00000000-0000-0000-0000-000000000002",
    "name": "Ремонт",
    "stages": [
        {"id": "00000000-0000-0000-0000-00000000000c", "name": "Новая", "kind": "OPEN", **NO}
    ],
}
ZONE = {"settings": {"zone": "Europe/Moscow"}}
KNOWN = Pipelines.model_validate(
    {
        "pipelines": [SALES, REPAIR],
        "me": {"person": {"id": "1", "roles": ["MANAGER"]}, "workspace": ZONE},
    }
)
PLACES = {place.name: place for place in places(KNOWN)}
days = st.dates(date(2000, 1, 1), date(2068, 12, 31))
filters = st.builds(
    Wanted,
    scope=st.sampled_from([MINE, FREE, EVERY]),
    place=st.sampled_from(["", *(place.mark for place in PLACES.values())]),
    days=st.one_of(st.sampled_from(["", "t", "w", "n"]), st.builds(between, days, days)),
    phone=st.one_of(st.just(""), st.text("0123456789", min_size=4, max_size=20)),
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=120),
)


@given(filters)
def test_every_filter_fits_behind_a_button_and_comes_back(wanted: Wanted) -> None:
    fits = fitting(wanted)
    behind = data("deals", fits.code, LAST_PAGE)
    assert len(behind.encode()) <= LONGEST
    said = pressed(behind)
    assert said is not None
    assert wanted_in(said.about) == fits == fitting(fits)
    assert linked_in(fits.link) == fits
    assert fits[:3] == wanted[:3]
    assert wanted.phone.endswith(fits.phone)
    assert " ".join(wanted.text.replace(":", " ").split()).startswith(fits.text)


@given(st.text(max_size=60))
def test_what_is_no_filter_is_outdated(code: str) -> None:
    try:
        wanted = wanted_in(code)
    except Outdated:
        return
    assert code.startswith(wanted.scope)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Wanted()),
        ("все", Wanted(EVERY)),
        ("ничьи кабель", Wanted(FREE, text="кабель")),
        ("монтаж", Wanted(text="монтаж")),
        ("+79161234567", Wanted(phone="79161234567")),
        ("8 (916) 123-45-67 монтаж", Wanted(phone="89161234567", text="монтаж")),
        ("телефон:45-67", Wanted(phone="4567")),
        ("42", Wanted(text="42")),
        ("этап:поиск", Wanted(place=PLACES["Продажи › Поиск дома"].mark)),
        ("этап: поиск дома лес", Wanted(place=PLACES["Продажи › Поиск дома"].mark, text="лес")),
        ("этап:Новая воронка:Ремонт", Wanted(place=PLACES["Ремонт › Новая"].mark)),
        ("stage=new pipeline:ремонт", None),
        ("воронка:Продажи дата:неделя", Wanted(place=PLACES["Продажи"].mark, days="w")),
        ("дата:сегодня люстра", Wanted(days="t", text="люстра")),
        ("дата:1.11-22.11", Wanted(days="261101261122")),
        ("дата:31.12", Wanted(days="251231251231")),
        ("date:5.3.25", Wanted(days="250305250305")),
        ("дата:31.02", None),
        ("этап:", None),
        ("телефон:1", None),
    ],
)  # fmt: skip
def test_words_become_a_filter(text: str, wanted: Wanted | None) -> None:
    if wanted is None:
        with pytest.raises(Unfound):
            wanted_by(text, KNOWN, TODAY)
    else:
        assert wanted_by(text, KNOWN, TODAY) == wanted


def test_days_are_those_of_the_company() -> None:
    filter_ = asked(Wanted(days="t"), KNOWN, NOW)
    assert filter_.opened_from is not None
    assert filter_.opened_to is not None
    assert filter_.opened_from.isoformat() == "2026-11-23T00:00:00+03:00"
    assert filter_.opened_to.isoformat() == "2026-11-24T00:00:00+03:00"
    assert days_of(Wanted(days="w"), TODAY) == (date(2026, 11, 16), TODAY)


def test_a_list_is_of_open_deals_unless_something_says_more() -> None:
    stage = PLACES["Продажи › Новая"]
    assert asked(Wanted(), KNOWN, NOW).kind == "OPEN"
    assert asked(Wanted(place=PLACES["Продажи"].mark), KNOWN, NOW).kind == "OPEN"
    for wanted in (Wanted(place=stage.mark), Wanted(phone="4567"), Wanted(text="люстра")):
        assert asked(wanted, KNOWN, NOW).kind is None
    assert asked(Wanted(FREE), KNOWN, NOW).unassigned is True
    assert phone_in("+7 (916) 1-2") == "791612"
