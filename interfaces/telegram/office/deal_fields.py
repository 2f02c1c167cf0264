"""Fields of a deal: one is chosen, asked for, and known."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from interfaces.telegram.buttons import Outdated, Pressed, mark_of
from interfaces.telegram.client.deal_shown import DealShownDeal, DealShownDealPipelineFields
from interfaces.telegram.client.enums import FieldKind
from interfaces.telegram.client.input_types import FieldInput
from interfaces.telegram.colleagues import Action, Colleague, Link, Outcome, labelled
from interfaces.telegram.office.deal_cards import brief, deal_of, seen, titled
from interfaces.telegram.office.lists import cut, turned_to, turns
from interfaces.telegram.screens import Question, Screen
from interfaces.telegram.transport import Refusal

SIZE: Final = 20
LONGEST_LABEL: Final = 60
FLAGS: Final = ("yes", "no")
NOTHING: Final = "/clear"
EMPTY: Final = 99
"""The button that takes a value away, as buttons count choices."""


class Return(NamedTuple):
    """How an answer comes back: with a button's action or a question's purpose, and about what."""

    action: str
    purpose: str
    deal_id: str
    mark: str


class Field(Protocol):
    """What a pipeline wants to know."""

    @property
    def key(self) -> str:
        """Its name among fields."""
        ...

    @property
    def label(self) -> str:
        """What people call it."""
        ...

    @property
    def kind(self) -> FieldKind:
        """Which values it takes."""
        ...

    @property
    def choices(self) -> Sequence[str]:
        """What can be chosen."""
        ...


def options_of(field: Field) -> Sequence[str]:
    """The values that are offered as buttons."""
    return FLAGS if field.kind is FieldKind.FLAG else field.choices


def asking(
    me: Colleague, field: Field, title: str, back: Return, *, known: bool = False
) -> Screen | Question:
    """Ask for a value, with buttons or for a reply; `known`: there is one to be taken away."""
    action, purpose, deal_id, mark = back
    head = me.say("ask_field", label=field.label, title=title)
    options = options_of(field)
    if not options:
        lines = [head, me.say(f"asked_{field.kind.value.lower()}")]
        lines += [me.say("ask_field_clear")] if known else []
        link = me.link(purpose, deal_id, mark)
        return Question("\n".join(lines), link, field.label)
    texts = [me.say(f"flag_{one}") for one in options] if options is FLAGS else options
    rows = [
        [labelled(text[:LONGEST_LABEL], action, deal_id, n, mark)] for n, text in enumerate(texts)
    ]
    clearing = [me.button("do_clear", action, deal_id, EMPTY, mark)] if known else []
    return Screen(head, [*rows, clearing, [me.button("go_back", "card", deal_id)]])


def refused(me: Colleague, question: Screen | Question) -> Screen | Question:
    """The same question once more, for a value that cannot be."""
    return question._replace(text=f"{me.say('BadValue')}\n\n{question.text}")


def option_in(field: Field, number: int) -> str:
    """The value behind a button; raises Outdated."""
    options = options_of(field)
    if number == EMPTY:
        return ""
    if number >= len(options):
        raise Outdated(number)
    return options[number]


async def fields(me: Colleague, id: str, number: int = 0) -> Screen:
    """All fields of a deal with what is known, to choose one."""
    deal = await deal_of(me, id)
    values = {one.key: one.value for one in deal.fields}
    asked, there = cut(deal.pipeline.fields, number, SIZE)
    rows = [[me.button("field_title", "retitle", id)]] if not number else []
    for field in asked:
        value = told_value(me, field, values.get(field.key, ""))
        text = f"{field.label}: {value}" if value else field.label
        rows.append([labelled(text[:LONGEST_LABEL], "field", id, 0, mark_of(field.key))])
    back = [me.button("go_back", "card", id)]
    return Screen(
        me.say("choose_field", title=titled(deal)), [*rows, turns(there, "fields", id), back]
    )


def told_value(me: Colleague, field: Field, value: str) -> str:
    """A value as people read it."""
    if field.kind is FieldKind.FLAG and value in FLAGS:
        return me.say(f"flag_{value}")
    return brief(value)


def _field(deal: DealShownDeal, mark: str) -> DealShownDealPipelineFields:
    for field in deal.pipeline.fields:
        if mark in {mark_of(field.key), _offered(field)}:
            return field
    raise Outdated(mark)


def _offered(field: Field) -> str:
    """The mark of a field whose options are on the buttons."""
    return mark_of("\n".join([field.key, *field.choices]))


def _question(me: Colleague, deal: DealShownDeal, field: Field) -> Screen | Question:
    known = any(one.key == field.key and one.value for one in deal.fields)
    back = Return("value", "ff", deal.id, _offered(field))
    return asking(me, field, titled(deal), back, known=known)


async def _choose(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await fields(me, about.id, turned_to(about)))


async def _ask(me: Colleague, about: Pressed) -> Outcome:
    deal = await deal_of(me, about.id)
    return Outcome(shown=_question(me, deal, _field(deal, about.mark)))


async def _choose_value(me: Colleague, about: Pressed) -> Outcome:
    deal = await deal_of(me, about.id)
    field = _field(deal, about.mark)
    if about.mark != _offered(field):
        raise Outdated(about.mark)
    position = await change(me, deal.id, field, option_in(field, about.value))
    return Outcome(me.say("field_changed"), await seen(me, deal.id, position))


async def answered(me: Colleague, about: Link, text: str) -> Screen | Question:
    """The value that was asked for."""
    deal = await deal_of(me, about.id)
    field = _field(deal, about.mark)
    try:
        position = await change(me, deal.id, field, "" if text.strip() == NOTHING else text)
    except Refusal as refusal:
        if refusal.code != "BadValue":
            raise
        return refused(me, _question(me, deal, field))
    return await seen(me, deal.id, position)


async def change(me: Colleague, deal_id: str, field: Field, value: str) -> int | None:
    """Let a field have a value; returns the position of the change."""
    told = [FieldInput(key=field.key, value=value)]
    return (await me.api.change_deal(me.command_id, deal_id, told)).change_deal.position


async def _ask_title(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=me.ask("ask_title", "fn", about.id))


async def retitle(me: Colleague, about: Link, text: str) -> Screen:
    """Call the deal as was answered."""
    title = " ".join(text.split())
    done = (await me.api.rename_deal(me.command_id, about.id, title)).rename_deal
    return await seen(me, about.id, done.position)


ACTIONS: Mapping[str, Action] = {
    "fields": _choose,
    "field": _ask,
    "value": _choose_value,
    "retitle": _ask_title,
}
