"""Deals in the private office: lists of them, by filters."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from interfaces.telegram.buttons import Outdated, Pressed
from interfaces.telegram.client.deal_list import DealListDeals, DealListDealsNodes
from interfaces.telegram.client.deals_passed import DealsPassedDeals
from interfaces.telegram.client.enums import StageKind
from interfaces.telegram.client.pipelines import Pipelines
from interfaces.telegram.colleagues import Action, Colleague, Link, Outcome, labelled
from interfaces.telegram.office import narrowing
from interfaces.telegram.office.deal_filters import (
    LAST_PAGE,
    Wanted,
    asked,
    days_of,
    fitting,
    linked_in,
    placed,
    today_of,
    wanted_in,
)
from interfaces.telegram.office.deal_words import Unfound, days_in, phone_in, wanted_by
from interfaces.telegram.office.narrowing import listing
from interfaces.telegram.pages import Page, page
from interfaces.telegram.screens import Button, Question, Screen

SIZE: Final = 10
IN_ROW: Final = 5
SIGNS: Final = {StageKind.OPEN: "", StageKind.WON: "✅ ", StageKind.LOST: "❌ "}


async def find(me: Colleague, text: str) -> Screen:
    """The deals that somebody describes; without a word their own open ones."""
    known = await me.api.pipelines()
    try:
        wanted = wanted_by(text, known, today_of(known, me.now))
    except Unfound as unfound:
        return Screen(me.say(unfound.key, name=unfound.name))
    return await _listed(me, known, wanted)


async def deals(me: Colleague, wanted: Wanted, number: int = 0) -> Screen:
    """A page of the deals that are wanted, the newest first."""
    return await _listed(me, await me.api.pipelines(), wanted, number)


async def _listed(me: Colleague, known: Pipelines, wanted: Wanted, number: int = 0) -> Screen:
    if not known.pipelines:
        return Screen(me.say("no_pipelines"))
    filter_ = asked(wanted, known, me.now)

    async def ask(first: int, after: str | None) -> DealListDeals:
        return (await me.api.deal_list(filter_, first, after)).deals

    async def skim(first: int, after: str | None) -> DealsPassedDeals:
        return (await me.api.deals_passed(filter_, first, after)).deals

    rows, there = await page(ask, number, SIZE, skim)
    lines = [_heading(me, known, wanted), *(_line(me, row) for row in rows)]
    lines += [] if rows else [me.say("no_deals")]
    opening = [labelled(f"№{row.number}", "deal", row.id) for row in rows]
    more = [me.button("to_new_deal", "newdeal", "all"), me.button("to_board", "board", "all")]
    turning = _turns(there, wanted)
    below = [*narrowing.narrowing(me, known, wanted), more]
    return Screen("\n\n".join(lines), [opening[:IN_ROW], opening[IN_ROW:], turning, *below])


def _heading(me: Colleague, known: Pipelines, wanted: Wanted) -> str:
    place, days = placed(wanted, known), days_of(wanted, today_of(known, me.now))
    told = [me.say(f"deals_{wanted.scope}")]
    told += [place.name] if place else []
    told += [_period(days)] if days else []
    told += [me.say("deals_phone", phone=wanted.phone)] if wanted.phone else []
    told += [f"«{wanted.text}»"] if wanted.text else []
    return " · ".join(told)


def _period(days: tuple[date, date]) -> str:
    return "–".join(f"{day:%d.%m.%Y}" for day in dict.fromkeys(days))


def _line(me: Colleague, row: DealListDealsNodes) -> str:
    who = row.responsible.name if row.responsible else me.say("deal_nobody")
    return f"{SIGNS[row.kind]}№{row.number} {row.title}\n{row.stage.name} · {who}"


def _turns(there: Page, wanted: Wanted) -> list[Button]:
    reachable = there._replace(more=there.more and there.number < LAST_PAGE)
    return reachable.buttons(lambda text, number: listing(text, wanted, number))


async def _turn(me: Colleague, about: Pressed) -> Outcome:
    if about.value > LAST_PAGE:
        raise Outdated(about.value)
    return Outcome(shown=await deals(me, wanted_in(about.about), about.value))


async def by_phone(me: Colleague, about: Link, text: str) -> Screen | Question:
    """Narrow a list by the number that was asked for."""
    wanted = linked_in(about.about)
    try:
        return await deals(me, fitting(wanted._replace(phone=phone_in(text))))
    except Unfound as unfound:
        return _again(me, unfound, "ask_deal_phone", about)


async def by_text(me: Colleague, about: Link, text: str) -> Screen:
    """Narrow a list by the words that were asked for."""
    return await deals(me, fitting(linked_in(about.about)._replace(text=text)))


async def by_days(me: Colleague, about: Link, text: str) -> Screen | Question:
    """Narrow a list by the days that were asked for."""
    known, wanted = await me.api.pipelines(), linked_in(about.about)
    try:
        days = days_in(text, today_of(known, me.now))
    except Unfound as unfound:
        return _again(me, unfound, "ask_deal_days", about)
    return await _listed(me, known, fitting(wanted._replace(days=days)))


def _again(me: Colleague, unfound: Unfound, key: str, about: Link) -> Question:
    asked = me.ask(key, about.purpose, about.about)
    return asked._replace(text=f"{me.say(unfound.key, name=unfound.name)}\n\n{asked.text}")


ACTIONS: Mapping[str, Action] = {"deals": _turn, **narrowing.ACTIONS}
