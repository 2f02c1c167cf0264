"""Pipelines: a ready one by one press, and how its deals are offered to executors.

Everything else about pipelines is set through GraphQL.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from interfaces.telegram.buttons import Outdated
from interfaces.telegram.client.enums import FieldKind, StageKind, StepAct
from interfaces.telegram.client.input_types import OfferingInput, StepInput
from interfaces.telegram.client.offered_stage import OfferedStagePipelineStages as Stage
from interfaces.telegram.client.offered_stages import OfferedStagesPipelines as Pipeline
from interfaces.telegram.owners.buttons import Pressed, mark
from interfaces.telegram.owners.durations import DAY, HOUR, lasting
from interfaces.telegram.owners.owner import Owner, Press, Shown, columns
from interfaces.telegram.screens import Screen

READY: Final = (
    ("stage_new", StageKind.OPEN),
    ("stage_search", StageKind.OPEN),
    ("stage_work", StageKind.OPEN),
    ("stage_won", StageKind.WON),
    ("stage_lost", StageKind.LOST),
)
SEARCH, WORK = 1, 2
FIELDS: Final = {
    "work": FieldKind.TEXT,
    "address": FieldKind.TEXT,
    "pay": FieldKind.MONEY,
    "due": FieldKind.DATE,
}
REASONS: Final = ("reason_price", "reason_changed", "reason_nobody")
SIGNS: Final = {StageKind.WON: "🏁 ", StageKind.LOST: "✖ ", StageKind.OPEN: ""}
REPEATED: Final = StepInput(after=15, act=StepAct.REPEAT)
LADDERS: Final[Sequence[list[StepInput]]] = (
    [],
    [REPEATED],
    [REPEATED, StepInput(after=30, act=StepAct.MANAGER)],
)
"""What is done while nobody claims: after so many minutes."""


class Rule(NamedTuple):
    """One rule of an offering: its field, and the values that presses go through."""

    field: str
    values: Sequence[object]


RULES: Final = {
    "w": Rule("window", (0, 5, 10, 30)),
    "n": Rule("at_once", (0, 1, 3, 5)),
    "p": Rule("reveals", (20, 50, 0, 5)),
    "c": Rule("cool_down", (0, 30, 2 * HOUR)),
    "e": Rule("expires", (0, HOUR, 4 * HOUR, DAY)),
    "l": Rule("ladder", LADDERS),
    "t": Rule("tells_winner", (True, False)),
    "a": Rule("allow_listed", (False, True)),
}


async def pipelines(owner: Owner, since: int | None = None, note: str = "") -> Screen:
    """Every pipeline with its stages, those with an offering to be opened."""
    found = (await owner.api.offered_stages(since)).pipelines
    lines = [owner.say("pipelines_head" if found else "pipelines_none")]
    lines += [f"🧭 {each.name}: {_path(each)}" for each in found]
    searching = [stage for each in found for stage in each.stages if stage.offering is not None]
    rows = [[owner.labelled(f"🔎 {one.name}", "offering", mark(one.id))] for one in searching]
    ready = owner.button("ready_pipeline", "readypipe")
    return Screen("\n".join(lines), [*rows, [ready], [owner.button("back", "settings")]], note)


def _path(pipeline: Pipeline) -> str:
    there = [stage for stage in pipeline.stages if stage.successor_id is None]
    searched = {stage.id for stage in there if stage.offering is not None}
    names = ("🔎 " * (one.id in searched) + SIGNS[one.kind] + one.name for one in there)
    return " → ".join(names)


async def _pipelines(owner: Owner, _: Pressed) -> Shown:
    return await pipelines(owner)


async def _make_ready(owner: Owner, _: Pressed) -> Shown:
    """The ready pipeline; each step is the same order at a retry."""
    api, told = owner.api, owner.command_id
    made = await api.define_pipeline(f"{told}:pipeline", owner.say("ready_pipeline_name"))
    id_ = made.define_pipeline.pipeline_id
    stages = [
        (await api.add_stage(f"{told}:stage:{n}", id_, owner.say(key), kind)).add_stage.stage_id
        for n, (key, kind) in enumerate(READY)
    ]
    for key, kind in FIELDS.items():
        await api.define_field(f"{told}:field:{key}", id_, key, owner.say(f"field_{key}"), kind)
    await api.set_lost_reasons(f"{told}:reasons", id_, [owner.say(key) for key in REASONS])
    rules = OfferingInput(claimedStageId=stages[WORK], disclosed=["address"])
    done = await api.set_offering(f"{told}:offering", id_, stages[SEARCH], rules)
    return await pipelines(owner, done.set_offering.position, owner.say("saved"))


async def _offering(owner: Owner, pressed: Pressed) -> Shown:
    return await offering(owner, pressed.about)


async def offering(owner: Owner, about: str, since: int | None = None, note: str = "") -> Screen:
    """The rules by which the deals of a stage are offered, each with the button that changes it."""
    _, stage = await _stage(owner, about, since)
    rules = _rules(stage)
    buttons = [
        owner.button(
            f"offering_{rule.field}", "offerrule", about, sign, told=_told(owner, rule.field, rules)
        )
        for sign, rule in RULES.items()
    ]
    text = owner.say("offering_head", stage=stage.name)
    return Screen(text, [*columns(buttons, 1), [owner.button("back", "pipelines")]], note)


async def _change(owner: Owner, pressed: Pressed) -> Shown:
    """Goes on to the next value of one rule."""
    pipeline_id, stage = await _stage(owner, pressed.about, None)
    if pressed.value not in RULES:
        raise Outdated
    rules, rule = _rules(stage), RULES[pressed.value]
    now = getattr(rules, rule.field)
    place = rule.values.index(now) + 1 if now in rule.values else 0
    changed = rules.model_copy(update={rule.field: rule.values[place % len(rule.values)]})
    done = await owner.api.set_offering(owner.command_id, pipeline_id, stage.id, changed)
    return await offering(owner, pressed.about, done.set_offering.position, owner.say("saved"))


def _told(owner: Owner, field: str, rules: OfferingInput) -> str:
    """The value of a rule in words."""
    value = getattr(rules, field)
    if field == "ladder":
        return " · ".join(_step(owner, one) for one in rules.ladder) or owner.say("no")
    if isinstance(value, bool):
        return owner.say("yes" if value else "no")
    if value == 0:
        return owner.say("unlimited" if field in {"at_once", "reveals"} else "no")
    return lasting(value, owner.language) if field in {"cool_down", "expires"} else str(value)


def _step(owner: Owner, step: StepInput) -> str:
    act = owner.say(f"step_{step.act.value.lower()}")
    return f"{lasting(step.after, owner.language)}: {act}"


async def _stage(owner: Owner, about: str, since: int | None) -> tuple[str, Stage]:
    """The stage that a button names, with the id of its pipeline; raises Outdated."""
    for pipeline in (await owner.api.offered_stages(since)).pipelines:
        if any(mark(stage.id) == about for stage in pipeline.stages):
            whole = (await owner.api.offered_stage(pipeline.id, since)).pipeline
            for stage in whole.stages if whole else ():
                if mark(stage.id) == about and stage.offering is not None:
                    return pipeline.id, stage
    raise Outdated


def _rules(stage: Stage) -> OfferingInput:
    """The rules as they are now, to be set again with a change."""
    if stage.offering is None:
        raise Outdated
    return OfferingInput.model_validate(stage.offering.model_dump(by_alias=True))


PRESSES: Final[Mapping[str, Press]] = {
    "pipelines": _pipelines,
    "readypipe": _make_ready,
    "offering": _offering,
    "offerrule": _change,
}
