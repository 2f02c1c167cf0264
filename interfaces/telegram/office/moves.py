"""Moves: a deal goes to another stage, and what the stage wants is asked for one by one.

Buttons and questions know where the deal stood when they were made: what is stale moves nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from interfaces.telegram.buttons import Outdated, Pressed, mark_of
from interfaces.telegram.client.deal_shown import (
    DealShownDeal,
    DealShownDealPipelineFields,
    DealShownDealPipelineStages,
)
from interfaces.telegram.colleagues import Action, Colleague, Link, Outcome, labelled
from interfaces.telegram.office.deal_cards import deal_of, seen, titled
from interfaces.telegram.office.deal_fields import (
    Field,
    Return,
    asking,
    change,
    option_in,
    refused,
)
from interfaces.telegram.office.deals import SIGNS
from interfaces.telegram.office.lists import cut, turned_to, turns
from interfaces.telegram.screens import Question, Screen
from interfaces.telegram.transport import Refusal

SIZE: Final = 20


class Asked(NamedTuple):
    """What was asked on the way of a deal to a stage."""

    stage: DealShownDealPipelineStages
    field: DealShownDealPipelineFields


async def stages(me: Colleague, id: str, number: int = 0) -> Screen:
    """Where a deal can go."""
    deal = await deal_of(me, id)
    shown, there = cut(_elsewhere(deal), number, SIZE)
    rows = [[labelled(SIGNS[one.kind] + one.name, "move", id, 0, _to(deal, one))] for one in shown]
    back = [me.button("go_back", "card", id)]
    text = me.say("choose_move", title=titled(deal), stage=deal.stage.name)
    return Screen(text, [*rows, turns(there, "stages", id), back])


def _elsewhere(deal: DealShownDeal) -> list[DealShownDealPipelineStages]:
    return [
        stage
        for stage in deal.pipeline.stages
        if stage.successor_id is None and stage.id != deal.stage.id
    ]


def _to(deal: DealShownDeal, stage: DealShownDealPipelineStages, *about: str) -> str:
    """The mark of a way, from where the deal stands now, and of what is asked on it."""
    return mark_of("\n".join([deal.stage.id, stage.id, *about]))


def _on(deal: DealShownDeal, stage: DealShownDealPipelineStages, field: Field) -> str:
    return _to(deal, stage, field.key, *field.choices)


def _questions(deal: DealShownDeal) -> Iterator[Asked]:
    for stage in _elsewhere(deal):
        for field in deal.pipeline.fields:
            yield Asked(stage, field)


async def _choose(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await stages(me, about.id, turned_to(about)))


async def _go(me: Colleague, about: Pressed) -> Outcome:
    deal = await deal_of(me, about.id)
    for stage in _elsewhere(deal):
        if about.mark == _to(deal, stage):
            return await move(me, deal, stage)
    return await _stale(me, deal)


async def _go_lost(me: Colleague, about: Pressed) -> Outcome:
    deal = await deal_of(me, about.id)
    for stage in _elsewhere(deal):
        for reason in deal.pipeline.lost_reasons:
            if about.mark == _to(deal, stage, reason):
                return await move(me, deal, stage, reason)
    return await _stale(me, deal)


async def _go_on(me: Colleague, about: Pressed) -> Outcome:
    """A value was chosen: know it, and go on to the stage."""
    deal = await deal_of(me, about.id)
    for stage, field in _questions(deal):
        if about.mark == _on(deal, stage, field):
            since = await change(me, deal.id, field, option_in(field, about.value))
            return await move(me, deal, stage, since=since)
    return await _stale(me, deal)


async def answered(me: Colleague, about: Link, text: str) -> Screen | Question:
    """A value was written: know it, and go on to the stage; what cannot be is asked again."""
    deal = await deal_of(me, about.id)
    for stage, field in _questions(deal):
        if about.mark == _on(deal, stage, field):
            return await _known(me, deal, Asked(stage, field), text)
    told = await _stale(me, deal)
    return told.shown or Screen(told.text)


async def _known(me: Colleague, deal: DealShownDeal, asked: Asked, text: str) -> Screen | Question:
    try:
        since = await change(me, deal.id, asked.field, text)
    except Refusal as refusal:
        if refusal.code != "BadValue":
            raise
        return refused(me, _question(me, deal, asked.stage, asked.field))
    gone = await move(me, deal, asked.stage, since=since)
    return gone.shown or Screen(gone.text)


async def move(
    me: Colleague,
    deal: DealShownDeal,
    stage: DealShownDealPipelineStages,
    reason: str = "",
    since: int | None = None,
) -> Outcome:
    """Go to the stage, or ask for what it wants; `since` is when the last answer was known."""
    command_id = f"{me.command_id}:move"
    try:
        done = await me.api.move_deal(command_id, deal.id, stage.id, deal.stage.id, reason)
    except Refusal as refusal:
        match refusal.code:
            case "FieldsMissing":
                return Outcome(shown=await _missing(me, deal, stage, since))
            case "LostReasonNeeded":
                return Outcome(shown=_reasons(me, deal, stage))
            case "DealHasMoved":
                return await _stale(me, await deal_of(me, deal.id))
            case _:
                raise
    told = me.say("deal_has_come", stage=stage.name)
    return Outcome(told, await seen(me, deal.id, done.move_deal.position))


async def _missing(
    me: Colleague, deal: DealShownDeal, stage: DealShownDealPipelineStages, since: int | None
) -> Screen | Question:
    """Ask for the first of the fields that the stage wants."""
    lacking = (await me.api.deal_missing(deal.id, stage.id, since)).deal
    if lacking is None or not lacking.missing:
        raise Outdated(stage.id)
    first, *more = lacking.missing
    asked = _question(me, deal, stage, first)
    if not more:
        return asked
    return asked._replace(text=f"{asked.text}\n\n{me.say('ask_then', count=len(more))}")


def _question(
    me: Colleague, deal: DealShownDeal, stage: DealShownDealPipelineStages, field: Field
) -> Screen | Question:
    title = me.say("deal_on_its_way", title=titled(deal), stage=stage.name)
    return asking(me, field, title, Return("go", "mf", deal.id, _on(deal, stage, field)))


def _reasons(me: Colleague, deal: DealShownDeal, stage: DealShownDealPipelineStages) -> Screen:
    rows = [
        [labelled(reason, "lost", deal.id, 0, _to(deal, stage, reason))]
        for reason in deal.pipeline.lost_reasons
    ]
    back = [me.button("go_back", "card", deal.id)]
    return Screen(me.say("choose_reason", title=titled(deal)), [*rows, back])


async def _stale(me: Colleague, deal: DealShownDeal) -> Outcome:
    """Say where the deal stands now."""
    told = me.say("deal_stands_on", stage=deal.stage.name)
    return Outcome(told, await seen(me, deal.id, note=told), alert=True)


ACTIONS: Mapping[str, Action] = {
    "stages": _choose,
    "move": _go,
    "lost": _go_lost,
    "go": _go_on,
}
