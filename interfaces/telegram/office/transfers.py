"""Transfers: a ticket goes to a colleague, who is chosen among those who are here first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from interfaces.telegram.buttons import Outdated, Pressed, mark_of
from interfaces.telegram.client.enums import Presence, Role
from interfaces.telegram.client.roster import RosterRosterNodes
from interfaces.telegram.colleagues import Action, Colleague, Link, Outcome, labelled
from interfaces.telegram.office.lists import cut, turned_to, turns
from interfaces.telegram.office.tickets import seen
from interfaces.telegram.screens import Screen

SIZE: Final = 8
SIGNS: Final = {Presence.HERE: "🟢", Presence.BREAK: "🟡", Presence.GONE: "⚫"}
ORDER: Final = tuple(SIGNS)


async def colleagues(me: Colleague, id: str, number: int = 0) -> Screen:
    """Whom the ticket can be given to: whoever is here and has least to do comes first."""
    others = [one for one in await managers(me) if one.telegram_id != me.user.id]
    if not others:
        return Screen(me.say("no_colleagues"), [[me.button("go_back", "ticket", id)]])
    shown, there = cut(others, number, SIZE)
    rows = [
        [labelled(f"{SIGNS[one.presence]} {one.name} · {one.open_tickets}"[:60], "give", id, 0,
                  mark_of(one.id))]
        for one in shown
    ]  # fmt: skip
    back = [me.button("go_back", "ticket", id)]
    return Screen(me.say("choose_colleague"), [*rows, turns(there, "colleagues", id), back])


async def managers(me: Colleague) -> Sequence[RosterRosterNodes]:
    """Everybody who answers tickets, present ones with little to do first."""
    people = (await me.api.roster()).roster.nodes
    working = [one for one in people if one.working and Role.MANAGER in one.roles]
    return sorted(working, key=lambda one: (ORDER.index(one.presence), one.open_tickets))


async def _choose(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await colleagues(me, about.id, turned_to(about)))


async def _confirm(me: Colleague, about: Pressed) -> Outcome:
    person, mark = await _marked(me, about.mark), about.mark
    rows = [
        [me.button("do_give", "given", about.id, 0, mark)],
        [me.button("do_give_why", "why", about.id, 0, mark)],
        [me.button("go_back", "colleagues", about.id)],
    ]
    return Outcome(shown=Screen(me.say("give_to", name=person.name), rows))


async def _give(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await _given(me, about.id, about.mark, ""))


async def _ask_why(me: Colleague, about: Pressed) -> Outcome:
    person = await _marked(me, about.mark)
    return Outcome(shown=me.ask("ask_why", "xw", about.id, about.mark, name=person.name))


async def give(me: Colleague, about: Link, text: str) -> Screen:
    """Give the ticket for the reason that was asked for."""
    return await _given(me, about.id, about.mark, text.strip())


async def _given(me: Colleague, id: str, mark: str, reason: str) -> Screen:
    person = await _marked(me, mark)
    done = await me.api.transfer_ticket(me.command_id, person.id, reason, id)
    shown = await seen(me, id, done.transfer_ticket.position)
    return shown._replace(text=f"{me.say('given', name=person.name)}\n\n{shown.text}")


async def _marked(me: Colleague, mark: str) -> RosterRosterNodes:
    for one in await managers(me):
        if mark_of(one.id) == mark:
            return one
    raise Outdated(mark)


def called(people: Iterable[RosterRosterNodes], name: str) -> list[RosterRosterNodes]:
    """Everybody with this @login, with this whole name, or else with this word in the name."""
    wanted = name.strip().removeprefix("@").casefold()
    known = list(people)
    by_login = [one for one in known if (one.username or "").casefold() == wanted]
    by_name = [one for one in known if one.name.casefold() == wanted]
    by_word = [one for one in known if wanted in one.name.casefold().split()]
    return by_login or by_name or by_word


ACTIONS: Mapping[str, Action] = {
    "colleagues": _choose,
    "give": _confirm,
    "given": _give,
    "why": _ask_why,
}
