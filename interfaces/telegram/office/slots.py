"""Slots: the seats of a company, and who sits where; whoever sits there has all of its deals."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Outdated, Pressed, mark_of
from interfaces.telegram.client.slots import SlotsSlots
from interfaces.telegram.colleagues import Action, Colleague, Link, Outcome, labelled
from interfaces.telegram.office.deal_filters import leads
from interfaces.telegram.office.deal_transfers import manager_marked
from interfaces.telegram.office.lists import EVERYTHING, cut, moment, turned_to, turns
from interfaces.telegram.office.transfers import managers
from interfaces.telegram.screens import Screen

SIZE: Final = 10
LONGEST_LABEL: Final = 60


async def slots(me: Colleague, number: int = 0, since: int | None = None, note: str = "") -> Screen:
    """All slots under a note; a press changes who sits there. For leaders."""
    told = await me.api.slots(since)
    if told.me.person is None or not leads(told.me.person.roles):
        return Screen(me.say("NotAllowed"))
    shown, there = cut(told.slots, number, SIZE)
    zone = told.me.workspace.settings.zone
    lines = [*([note] if note else []), me.say("slots_head" if told.slots else "no_slots")]
    lines += [_line(me, one, zone) for one in shown]
    rows = [
        [labelled(f"🪑 {one.name}: {one.person.name}"[:LONGEST_LABEL], "slot", one.id)]
        for one in shown
    ]
    more = [me.button("do_add_slot", "newslot", EVERYTHING)]
    return Screen("\n\n".join(lines), [*rows, turns(there, "slots", EVERYTHING), more])


def _line(me: Colleague, slot: SlotsSlots, zone: str | None) -> str:
    at = moment(slot.bound_at, zone)
    held = me.say("slot_held", name=slot.person.name, at=at, count=slot.open_deals)
    return f"🪑 {slot.name}\n{held}"


async def _turn(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await slots(me, turned_to(about)))


async def _choose(me: Colleague, about: Pressed) -> Outcome:
    """Who sits in a slot from now on."""
    slot = await _slot(me, about.id)
    people, there = cut(await managers(me), turned_to(about), SIZE)
    rows = [
        [labelled(one.name[:LONGEST_LABEL], "seat", slot.id, 0, mark_of(one.id))]
        for one in people
        if one.id != slot.person.id
    ]
    name = [me.button("do_rename_slot", "reslot", slot.id)]
    back = [me.button("go_back", "slots", EVERYTHING)]
    text = me.say("choose_seat", slot=slot.name, name=slot.person.name)
    return Outcome(shown=Screen(text, [*rows, turns(there, "slot", slot.id), name, back]))


async def _slot(me: Colleague, id: str) -> SlotsSlots:
    for one in (await me.api.slots()).slots:
        if one.id == id:
            return one
    raise Outdated(id)


async def _seat(me: Colleague, about: Pressed) -> Outcome:
    person = await manager_marked(me, about.mark)
    done = (await me.api.bind_slot(me.command_id, about.id, person.id)).bind_slot
    return Outcome(me.say("slot_bound", name=person.name), await slots(me, 0, done.position))


async def _ask_name(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=me.ask("ask_slot_name", "sr", about.id))


async def rename(me: Colleague, about: Link, text: str) -> Screen:
    """Call a slot as was answered."""
    name = " ".join(text.split())
    done = (await me.api.rename_slot(me.command_id, about.id, name)).rename_slot
    return await slots(me, 0, done.position)


async def _choose_holder(me: Colleague, about: Pressed) -> Outcome:
    """Who sits in a new slot first."""
    people, there = cut(await managers(me), turned_to(about), SIZE)
    rows = [[labelled(one.name[:LONGEST_LABEL], "holder", one.id)] for one in people]
    on = turns(there, "newslot", EVERYTHING)
    back = [me.button("go_back", "slots", EVERYTHING)]
    return Outcome(shown=Screen(me.say("choose_holder"), [*rows, on, back]))


async def _ask_new_name(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=me.ask("ask_slot_name", "sn", about.id))


async def add(me: Colleague, about: Link, text: str) -> Screen:
    """Have another slot, called as was answered."""
    name = " ".join(text.split())
    done = (await me.api.open_slot(me.command_id, name, about.id)).open_slot
    return await slots(me, 0, done.position, me.say("slot_opened", name=name))


ACTIONS: Mapping[str, Action] = {
    "slots": _turn,
    "slot": _choose,
    "seat": _seat,
    "reslot": _ask_name,
    "newslot": _choose_holder,
    "holder": _ask_new_name,
}
