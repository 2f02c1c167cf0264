"""Targets: in how long a client should be answered first, and a ticket closed."""

from collections.abc import Mapping, Sequence
from typing import Final

from interfaces.telegram.buttons import Outdated
from interfaces.telegram.owners.buttons import Pressed
from interfaces.telegram.owners.durations import DAY, HOUR, lasting, minutes_of
from interfaces.telegram.owners.owner import Answer, Misunderstood, Owner, Press, Shown, columns
from interfaces.telegram.screens import Screen

READY: Final[Mapping[str, Sequence[int]]] = {
    "first": (5, 15, 30, HOUR),
    "closing": (4 * HOUR, DAY, 2 * DAY, 3 * DAY),
}
"""Minutes to choose from; none at all is always a choice too."""
LONGEST: Final = 366 * DAY


async def targets(owner: Owner, since: int | None = None, note: str = "") -> Screen:
    """Both targets, each with its choices."""
    now = await _now(owner, since)
    lines, rows = [owner.say("targets_head")], list[list[dict[str, str]]]()
    for name, ready in READY.items():
        lines.append(owner.say(f"target_{name}", target=in_words(owner, now[name])))
        short = owner.say(f"target_{name}_short")
        buttons = [
            owner.choice(
                f"{short}: {in_words(owner, each)}", name, each or 0, chosen=each == now[name]
            )
            for each in (*ready, None)
        ]
        rows += columns(buttons, 2)
        rows[-1].append(owner.button("own_target", "ownterm", name))
    return Screen("\n".join(lines), [*rows, [owner.button("back", "settings")]], note)


def in_words(owner: Owner, minutes: int | None) -> str:
    """A target, or that there is none."""
    return owner.say("no_target") if minutes is None else lasting(minutes, owner.language)


async def _now(owner: Owner, since: int | None = None) -> dict[str, int | None]:
    settings = (await owner.desk(since)).settings
    return {"first": settings.first_reaction, "closing": settings.closing}


async def _targets(owner: Owner, _: Pressed) -> Shown:
    return await targets(owner)


async def _choose(owner: Owner, pressed: Pressed) -> Shown:
    return await _set(owner, pressed.action, pressed.number or None)


async def _ask(owner: Owner, pressed: Pressed) -> Shown:
    if pressed.about not in READY:
        raise Outdated
    return owner.ask(f"ask_{pressed.about}", "target", pressed.about)


async def _own(owner: Owner, answer: str, about: str) -> Shown:
    minutes = minutes_of(answer)
    if about not in READY:
        raise Outdated
    if minutes is None or not 1 <= minutes <= LONGEST:
        raise Misunderstood("duration_wrong")
    return await _set(owner, about, minutes)


async def _set(owner: Owner, name: str, minutes: int | None) -> Shown:
    wanted = {**await _now(owner), name: minutes}
    done = (
        await owner.api.set_targets(owner.command_id, wanted["first"], wanted["closing"])
    ).set_targets
    return await targets(owner, done.position, owner.say("saved"))


PRESSES: Final[Mapping[str, Press]] = {
    "targets": _targets,
    "first": _choose,
    "closing": _choose,
    "ownterm": _ask,
}
ANSWERS: Final[Mapping[str, Answer]] = {"target": _own}
