"""New deals: a title and what the first stage wants, then who it is for."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Outdated, Pressed
from interfaces.telegram.client.enums import StageKind
from interfaces.telegram.client.input_types import FieldInput
from interfaces.telegram.client.pipelines import PipelinesPipelines, PipelinesPipelinesFields
from interfaces.telegram.colleagues import Action, Colleague, Link, Outcome, labelled, plain
from interfaces.telegram.contents import clean
from interfaces.telegram.office import deal_contacts
from interfaces.telegram.office.lists import EVERYTHING
from interfaces.telegram.screens import Question, Screen
from interfaces.telegram.transport import Refusal

LONGEST_TITLE: Final = 200
UNFIT: Final = frozenset({"BadText", "BadValue", "FieldsMissing"})


async def begin(me: Colleague) -> Screen | Question:
    """Ask for a title, and for the pipeline first if there are several."""
    known = (await me.api.pipelines()).pipelines
    if not known:
        return Screen(me.say("no_pipelines"))
    if len(known) == 1:
        return _question(me, known[0])
    rows = [[labelled(one.name, "newdeal", one.id)] for one in known]
    return Screen(me.say("choose_new_pipeline"), rows)


async def create(me: Colleague, text: str) -> Screen | Question:
    """Begin a deal of the only pipeline at once, by its title; else ask."""
    known = (await me.api.pipelines()).pipelines
    if len(known) != 1 or not text.strip():
        return await begin(me)
    return await _created(me, known[0], text)


def _question(me: Colleague, pipeline: PipelinesPipelines, note: str = "") -> Question:
    """Ask for the title, and in lines of their own for what the first stage wants."""
    wanted = _wanted(pipeline)
    lines = [note] if note else []
    lines += [me.say("ask_new_deal", pipeline=pipeline.name)]
    if wanted:
        lines += [me.say("ask_new_fields"), *(f"{field.label}: …" for field in wanted)]
    asked = me.ask("ask_new_deal", "dn", pipeline.id, pipeline=pipeline.name)
    return asked._replace(text="\n".join(lines))


def _wanted(pipeline: PipelinesPipelines) -> list[PipelinesPipelinesFields]:
    """The fields without which no deal begins."""
    first = next(
        one for one in pipeline.stages if one.kind is StageKind.OPEN and one.successor_id is None
    )
    return [field for field in pipeline.fields if field.key in first.required_keys]


async def _begin(me: Colleague, about: Pressed) -> Outcome:
    if about.about == EVERYTHING:
        return Outcome(shown=await begin(me), apart=True)
    return Outcome(shown=_question(me, await _pipeline(me, about.id)))


async def _pipeline(me: Colleague, id: str) -> PipelinesPipelines:
    for one in (await me.api.pipelines()).pipelines:
        if plain(one.id) == plain(id):
            return one
    raise Outdated(id)


async def answered(me: Colleague, about: Link, text: str) -> Screen | Question:
    """The title, and values in lines `Field: value`."""
    return await _created(me, await _pipeline(me, about.id), text)


async def _created(me: Colleague, pipeline: PipelinesPipelines, text: str) -> Screen | Question:
    title, values = told_in(text, pipeline)
    try:
        done = await me.api.create_deal(me.command_id, pipeline.id, title, values)
    except Refusal as refusal:
        if refusal.code not in UNFIT:
            raise
        return _question(me, pipeline, me.say(refusal.code))
    created = done.create_deal
    note = me.say("deal_created", number=created.number, title=title)
    return deal_contacts.question(me, created.deal_id, note)


def told_in(text: str, pipeline: PipelinesPipelines) -> tuple[str, list[FieldInput]]:
    """The first line and the values of fields; other lines belong to the title."""
    by_label = {field.label.casefold(): field.key for field in pipeline.fields}
    title, values = list[str](), dict[str, str]()
    for line in clean(text).splitlines():
        label, colon, value = line.partition(":")
        key = by_label.get(label.strip().casefold()) if colon else None
        if key is None:
            title.append(line)
        else:
            values[key] = value.strip()
    whole = " ".join(" ".join(title).split())[:LONGEST_TITLE]
    return whole, [FieldInput(key=key, value=value) for key, value in values.items()]


ACTIONS: Mapping[str, Action] = {"newdeal": _begin}
