"""Hours: when the company is there for its clients, and in which time zone."""

from collections.abc import Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from interfaces.telegram.owners.buttons import Pressed
from interfaces.telegram.owners.owner import (
    Answer,
    Misunderstood,
    Owner,
    Press,
    Shown,
    columns,
    one_of,
)
from interfaces.telegram.owners.weeks import ALL_DAY, DAYS, NotAWeek, Week, spelled, week_of
from interfaces.telegram.screens import Screen
from interfaces.telegram.words import spoken

PRESETS: Final[Sequence[Week]] = (
    [["09:00-18:00"]] * 5 + [[], []],
    [["09:00-21:00"]] * DAYS,
    [[ALL_DAY]] * DAYS,
)
ZONES: Final = (
    *("Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg"),
    *("Asia/Omsk", "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk"),
    *("Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka"),
)
"""One for each time zone of Russia, from west to east."""
USUAL: Final = "Europe/Moscow"


async def hours(owner: Owner, since: int | None = None, note: str = "") -> Screen:
    """The week that holds, ready-made ones, and ways to write an own one."""
    desk = await owner.desk(since)
    language, now = spoken(owner.language), desk.settings
    rows = [
        [owner.choice(spelled(week, language), "week", n, chosen=(now.week or PRESETS[-1]) == week)]
        for n, week in enumerate(PRESETS)
    ]
    rows.append([owner.button("own_week", "ownweek"), owner.button("zone", "zones")])
    rows.append([owner.button("back", "settings")])
    return Screen(
        "\n".join([owner.say("hours_head"), *in_words(owner, now.zone, now.week)]), rows, note
    )


def in_words(owner: Owner, zone: str | None, week: Sequence[Sequence[str]] | None) -> list[str]:
    """The hours and the zone, a line each."""
    if zone is None or week is None:
        return [owner.say("hours_always")]
    shown = spelled(week, spoken(owner.language)) or owner.say("hours_never")
    return [shown, owner.say("zone_is", zone=named(owner, zone))]


def named(owner: Owner, zone: str) -> str:
    """A zone as people know it."""
    return owner.say(f"zone_{zone.partition('/')[2].lower()}") if zone in ZONES else zone


async def _hours(owner: Owner, _: Pressed) -> Shown:
    return await hours(owner)


async def _choose_week(owner: Owner, pressed: Pressed) -> Shown:
    if pressed.number >= len(PRESETS):
        return await hours(owner)
    return await _set(owner, None, PRESETS[pressed.number])


async def _ask_week(owner: Owner, _: Pressed) -> Shown:
    return owner.ask("ask_week", "week")


async def _own_week(owner: Owner, answer: str, _: str) -> Shown:
    try:
        return await _set(owner, None, week_of(answer))
    except NotAWeek:
        raise Misunderstood("week_wrong") from None


async def _zones(owner: Owner, _: Pressed) -> Shown:
    zone = (await owner.desk()).settings.zone
    buttons = [
        owner.choice(named(owner, each), "zone", n, chosen=each == zone)
        for n, each in enumerate(ZONES)
    ]
    rows = [*columns(buttons, 2), [owner.button("own_zone", "ownzone")]]
    return Screen(owner.say("zones_head"), [*rows, [owner.button("back", "hours")]])


async def _choose_zone(owner: Owner, pressed: Pressed) -> Shown:
    return await _set(owner, one_of(ZONES, pressed), None)


async def _ask_zone(owner: Owner, _: Pressed) -> Shown:
    return owner.ask("ask_zone", "zone")


async def _own_zone(owner: Owner, answer: str, _: str) -> Shown:
    wanted = answer.strip().replace(" ", "_").lower()
    zone = next((known for known in available_timezones() if known.lower() == wanted), None)
    if zone is None:
        raise Misunderstood("zone_wrong")
    return await _set(owner, ZoneInfo(zone).key, None)


async def _set(owner: Owner, zone: str | None, week: Week | None) -> Shown:
    """Set one of the two and leave the other as it is."""
    now = (await owner.desk()).settings
    zone = zone or now.zone or USUAL
    week = week or now.week or PRESETS[-1]
    done = (await owner.api.set_hours(owner.command_id, zone, week)).set_hours
    return await hours(owner, done.position, owner.say("saved"))


PRESSES: Final[Mapping[str, Press]] = {
    "hours": _hours,
    "week": _choose_week,
    "ownweek": _ask_week,
    "zones": _zones,
    "zone": _choose_zone,
    "ownzone": _ask_zone,
}
ANSWERS: Final[Mapping[str, Answer]] = {"week": _own_week, "zone": _own_zone}
