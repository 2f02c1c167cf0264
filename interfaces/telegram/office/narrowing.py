"""Narrowing: the buttons under a list of deals, and what they offer to choose among."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from interfaces.telegram.buttons import Outdated, Pressed, data
from interfaces.telegram.client.pipelines import Pipelines
from interfaces.telegram.colleagues import Action, Colleague, Outcome
from interfaces.telegram.office.deal_filters import (
    EVERY,
    FREE,
    MINE,
    PERIODS,
    Place,
    Wanted,
    leads,
    placed,
    wanted_in,
)
from interfaces.telegram.office.lists import cut
from interfaces.telegram.screens import Button, Question, Rows, Screen

STAGES: Final = 80
"""Buttons of one screen; Telegram takes 100."""


class By(IntEnum):
    """What a list is narrowed by, as the buttons count it."""

    PIPELINE = 0
    STAGE = 1
    DAYS = 2
    SOME_DAYS = 3
    PHONE = 4
    TEXT = 5


QUESTIONS: Final[Mapping[By, tuple[str, str]]] = {
    By.SOME_DAYS: ("ask_deal_days", "dd"),
    By.PHONE: ("ask_deal_phone", "dp"),
    By.TEXT: ("ask_deal_text", "dt"),
}
"""What is asked, and what for."""


def listing(text: str, wanted: Wanted, number: int = 0) -> Button:
    """A button that shows a page of a list."""
    return {"text": text, "callback_data": data("deals", wanted.code, number)}


def narrowing(me: Colleague, known: Pipelines, wanted: Wanted) -> Rows:
    """The buttons under a list."""
    person = known.me.person
    scopes = [MINE, FREE, *([EVERY] if person and leads(person.roles) else [])]
    whole = [listing(me.say("drop_filter"), Wanted(wanted.scope))] if wanted.narrows else []
    return [
        [_scope(me, wanted, scope) for scope in scopes],
        [_by(me, By.PIPELINE, wanted), _by(me, By.STAGE, wanted), _by(me, By.DAYS, wanted)],
        [_by(me, By.PHONE, wanted), _by(me, By.TEXT, wanted), *whole],
    ]


def _scope(me: Colleague, wanted: Wanted, scope: str) -> Button:
    sign = "● " if wanted.scope == scope else ""
    return listing(sign + me.say(f"scope_{scope}"), wanted._replace(scope=scope))


def _by(me: Colleague, what: By, wanted: Wanted) -> Button:
    return _sifting(me.say(f"by_{what.name.lower()}"), what, wanted)


def _sifting(text: str, what: By, wanted: Wanted) -> Button:
    return {"text": text, "callback_data": data("sift", wanted.code, what)}


async def _sift(me: Colleague, about: Pressed) -> Outcome:
    wanted = wanted_in(about.about)
    try:
        what = By(about.value)
    except ValueError:
        raise Outdated(about.value) from None
    return Outcome(shown=await _choosing(me, what, wanted))


async def _choosing(me: Colleague, what: By, wanted: Wanted) -> Screen | Question:
    match what:
        case By.PIPELINE:
            return _pipelines(me, await me.api.pipelines(), wanted)
        case By.STAGE:
            return _stages(me, await me.api.pipelines(), wanted)
        case By.DAYS:
            return _periods(me, wanted)
        case _:
            key, purpose = QUESTIONS[what]
            return me.ask(key, purpose, wanted.link)


def _pipelines(me: Colleague, known: Pipelines, wanted: Wanted) -> Screen:
    found = (Place(pipeline) for pipeline in known.pipelines[:STAGES])
    rows = [[listing(one.name, wanted._replace(place=one.mark))] for one in found]
    return Screen(me.say("choose_pipeline"), [*rows, *_otherwise(me, wanted, "place")])


def _stages(me: Colleague, known: Pipelines, wanted: Wanted) -> Screen:
    """The stages of the pipeline that is chosen or is the only one; else which pipeline first."""
    place = placed(wanted, known)
    pipelines = [place.pipeline] if place else known.pipelines
    if len(pipelines) != 1:
        found = (Place(pipeline) for pipeline in known.pipelines[:STAGES])
        rows = [[_sifting(one.name, By.STAGE, wanted._replace(place=one.mark))] for one in found]
        return Screen(me.say("choose_stage_of"), [*rows, *_otherwise(me, wanted, "place")])
    stages, _ = cut(pipelines[0].stages, 0, STAGES)
    rows = [
        [listing(one.name, wanted._replace(place=Place(pipelines[0], one).mark))] for one in stages
    ]
    return Screen(me.say("choose_stage"), [*rows, *_otherwise(me, wanted, "place")])


def _periods(me: Colleague, wanted: Wanted) -> Screen:
    rows = [
        [listing(me.say(f"period_{period}"), wanted._replace(days=period))] for period in PERIODS
    ]
    asked = [_by(me, By.SOME_DAYS, wanted)]
    return Screen(me.say("choose_days"), [*rows, asked, *_otherwise(me, wanted, "days")])


def _otherwise(me: Colleague, wanted: Wanted, what: str) -> Rows:
    """No choice at all, or back."""
    any_ = listing(me.say("any_of_them"), wanted._replace(**{what: ""}))
    return [[any_, listing(me.say("go_back"), wanted)]]


ACTIONS: Mapping[str, Action] = {"sift": _sift}
