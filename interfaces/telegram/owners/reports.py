"""Reports: how often the company wants them, and at what time of its day."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from interfaces.telegram.client.enums import ReportEvery
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
from interfaces.telegram.screens import Screen

CLOCKS: Final[Sequence[str]] = ("08:00", "09:00", "18:00", "20:00")
CLOCK: Final = re.compile(r"\s*([01]?\d|2[0-3])(?:[:.]([0-5]\d))?\s*")
EVERY: Final = [every.value for every in ReportEvery]


async def reports(owner: Owner, since: int | None = None, note: str = "") -> Screen:
    """The schedule that is kept."""
    now = (await owner.desk(since)).settings
    often = [
        owner.choice(
            owner.say(f"report_{every.value.lower()}"), "often", n, chosen=every is now.report_every
        )
        for n, every in enumerate(ReportEvery)
    ]
    at = [
        owner.choice(clock, "clock", n, chosen=clock == now.report_at)
        for n, clock in enumerate(CLOCKS)
    ]
    rows = [*columns(often, 2), *columns(at, 4), [owner.button("own_clock", "ownclock")]]
    text = owner.say(
        "reports_head",
        every=owner.say(f"report_{now.report_every.value.lower()}"),
        clock=now.report_at,
    )
    return Screen(text, [*rows, [owner.button("back", "settings")]], note)


async def _reports(owner: Owner, _: Pressed) -> Shown:
    return await reports(owner)


async def _often(owner: Owner, pressed: Pressed) -> Shown:
    return await _schedule(owner, every=ReportEvery(one_of(EVERY, pressed)))


async def _clock(owner: Owner, pressed: Pressed) -> Shown:
    return await _schedule(owner, clock=one_of(CLOCKS, pressed))


async def _ask(owner: Owner, _: Pressed) -> Shown:
    return owner.ask("ask_clock", "clock")


async def _own(owner: Owner, answer: str, _: str) -> Shown:
    found = CLOCK.fullmatch(answer)
    if found is None:
        raise Misunderstood("clock_wrong")
    return await _schedule(owner, clock=f"{int(found[1]):02}:{found[2] or '00'}")


async def _schedule(
    owner: Owner, every: ReportEvery | None = None, clock: str | None = None
) -> Shown:
    now = (await owner.desk()).settings
    done = (
        await owner.api.schedule_report(
            owner.command_id, every or now.report_every, clock or now.report_at
        )
    ).schedule_report
    return await reports(owner, done.position, owner.say("saved"))


PRESSES: Final[Mapping[str, Press]] = {
    "reports": _reports,
    "often": _often,
    "clock": _clock,
    "ownclock": _ask,
}
ANSWERS: Final[Mapping[str, Answer]] = {"clock": _own}
