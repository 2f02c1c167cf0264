"""Boards: how many deals stand on each stage, and the way to them."""

from collections.abc import Mapping, Sequence

from interfaces.telegram.buttons import Outdated, Pressed, data
from interfaces.telegram.client.board import BoardBoard
from interfaces.telegram.client.pipelines import Pipelines, PipelinesPipelines
from interfaces.telegram.colleagues import Action, Colleague, Outcome
from interfaces.telegram.office.deal_filters import (
    EVERY,
    MINE,
    Place,
    Wanted,
    leads,
    placed,
    wanted_in,
)
from interfaces.telegram.office.deals import SIGNS
from interfaces.telegram.office.lists import EVERYTHING
from interfaces.telegram.office.narrowing import listing
from interfaces.telegram.screens import Button, Screen


async def board(me: Colleague, wanted: Wanted | None = None) -> Screen:
    """The stages of a pipeline with the deals on them: one's own, or all for who leads."""
    known, wanted = await me.api.pipelines(), wanted or Wanted()
    if not known.pipelines:
        return Screen(me.say("no_pipelines"))
    place = placed(wanted, known)
    pipeline = place.pipeline if place else known.pipelines[0]
    columns = (await me.api.board(pipeline.id, wanted.scope == MINE)).board
    stages = [[_column(pipeline, wanted, column)] for column in _worth_showing(pipeline, columns)]
    heading = me.say(f"board_{wanted.scope}", pipeline=pipeline.name)
    return Screen(heading, [*stages, *_others(known, pipeline, wanted), _scopes(me, known, wanted)])


def _worth_showing(pipeline: PipelinesPipelines, columns: Sequence[BoardBoard]) -> list[BoardBoard]:
    """All stages but the retired ones that are empty."""
    retired = {stage.id for stage in pipeline.stages if stage.successor_id}
    return [one for one in columns if one.count or one.stage.id not in retired]


def _column(pipeline: PipelinesPipelines, wanted: Wanted, column: BoardBoard) -> Button:
    stage = next((one for one in pipeline.stages if one.id == column.stage.id), None)
    text = f"{SIGNS[column.stage.kind]}{column.stage.name} · {column.count}"
    return listing(text, wanted._replace(place=Place(pipeline, stage).mark))


def _others(
    known: Pipelines, shown: PipelinesPipelines, wanted: Wanted
) -> Sequence[Sequence[Button]]:
    return [
        [_boarding(f"📊 {one.name}", wanted._replace(place=Place(one).mark))]
        for one in known.pipelines
        if one.id != shown.id
    ]


def _scopes(me: Colleague, known: Pipelines, wanted: Wanted) -> list[Button]:
    person = known.me.person
    if person is None or not leads(person.roles):
        return []
    other = EVERY if wanted.scope == MINE else MINE
    return [_boarding(me.say(f"scope_{other}"), wanted._replace(scope=other))]


def _boarding(text: str, wanted: Wanted) -> Button:
    return {"text": text, "callback_data": data("board", wanted.code)}


async def _see(me: Colleague, about: Pressed) -> Outcome:
    if about.about == EVERYTHING:
        return Outcome(shown=await board(me))
    wanted = wanted_in(about.about)
    if wanted.scope not in {MINE, EVERY}:
        raise Outdated(about.about)
    return Outcome(shown=await board(me, wanted))


ACTIONS: Mapping[str, Action] = {"board": _see}
