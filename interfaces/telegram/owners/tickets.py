"""Tickets: who holds what is open, and how it is handed over, one by one or all at once."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Final

from interfaces.telegram.buttons import Outdated
from interfaces.telegram.client.enums import TicketStatus
from interfaces.telegram.client.open_tickets import OpenTicketsTickets
from interfaces.telegram.client.open_tickets import OpenTicketsTicketsNodes as Ticket
from interfaces.telegram.owners import homes
from interfaces.telegram.owners.buttons import Pressed, mark
from interfaces.telegram.owners.members import line, somebody
from interfaces.telegram.owners.owner import Member, Owner, Press, Shown, columns
from interfaces.telegram.pages import everything
from interfaces.telegram.pages import page as cut
from interfaces.telegram.screens import Screen
from interfaces.telegram.transport import Refusal

PAGE: Final = 8
TOLD: Final = 20
"""After so many tickets the progress is told."""


async def _tickets(owner: Owner, _: Pressed) -> Shown:
    """Who holds how many open tickets."""
    holders = [person for person in await owner.colleagues() if person.open_tickets]
    rows = [
        [
            owner.button(
                "holder", "held", mark(person.id), 0, name=person.name, count=person.open_tickets
            )
        ]
        for person in holders
    ]
    text = owner.say("tickets_head" if holders else "tickets_none")
    return Screen(text, [*rows, *homes.home_rows(owner)])


async def _held(owner: Owner, pressed: Pressed) -> Shown:
    """The open tickets of one colleague, a page at a time."""
    person = await somebody(owner, pressed.about)
    held, page = await cut(partial(_held_by, owner, person), pressed.page, PAGE)
    rows = [
        [owner.button("hand_over", "give", each.number, number=each.number, topic=each.topic)]
        for each in held
    ]
    rows.append(page.buttons(lambda text, n: owner.labelled(text, "held", pressed.about, n)))
    if held:
        rows.append([owner.button("hand_all_over", "giveall", pressed.about)])
    rows.append([owner.button("back", "tickets")])
    lines = [line(owner, person), *(_told(owner, each) for each in held)]
    return Screen("\n".join(lines), rows)


def _told(owner: Owner, ticket: Ticket) -> str:
    topic, client = ticket.topic or "—", ticket.client.name
    return owner.say("held_line", number=ticket.number, topic=topic, client=client)


async def _choose(owner: Owner, pressed: Pressed) -> Shown:
    """To whom one ticket goes."""
    ticket = (await owner.api.ticket_by_number(pressed.number)).ticket
    if ticket is None or ticket.status is not TicketStatus.OPEN:
        raise Outdated
    holder = ticket.holder.id if ticket.holder else None
    text = owner.say("hand_over_head", number=ticket.number, topic=ticket.topic or "—")
    return await _colleagues(owner, text, "giveto", pressed.about, holder)


async def _choose_for_all(owner: Owner, pressed: Pressed) -> Shown:
    """To whom everything goes that a colleague holds."""
    person = await somebody(owner, pressed.about)
    text = owner.say("hand_all_over_head", name=person.name, count=person.open_tickets)
    return await _colleagues(owner, text, "giveallto", pressed.about, person.id)


async def _colleagues(owner: Owner, text: str, action: str, about: str, but: str | None) -> Screen:
    others = [each for each in await owner.colleagues() if each.id != but and _manages(each)]
    buttons = [
        owner.labelled(f"{each.name} · {each.open_tickets}", action, about, mark(each.id))
        for each in others
    ]
    if not others:
        text = owner.say("nobody_else")
    return Screen(text, [*columns(buttons, 2), [owner.button("back", "tickets")]])


def _manages(person: Member) -> bool:
    return any(role.value == "MANAGER" for role in person.roles)


async def _give(owner: Owner, pressed: Pressed) -> Shown:
    """Hand one ticket over."""
    ticket = (await owner.api.ticket_by_number(pressed.number)).ticket
    to = await somebody(owner, pressed.value)
    if ticket is None:
        raise Outdated
    await owner.api.transfer_ticket(owner.command_id, to.id, "", ticket.id)
    text = owner.say("handed_over", number=ticket.number, name=to.name)
    return Screen(text, [[owner.button("to_tickets", "tickets")], *homes.home_rows(owner)])


async def _give_all(owner: Owner, pressed: Pressed) -> Shown:
    """Hand everything over; what was closed meanwhile is left out, and told."""
    person, to = await somebody(owner, pressed.about), await somebody(owner, pressed.value)
    if person.id == to.id:
        raise Outdated
    held, done = await everything(partial(_held_by, owner, person)), Counter[bool]()
    for n, ticket in enumerate(held, 1):
        try:
            await owner.api.transfer_ticket(
                f"{owner.command_id}:{ticket.number}", to.id, "", ticket.id
            )
            done[True] += 1
        except Refusal:
            done[False] += 1
        if n % TOLD == 0:
            await owner.show(Screen(owner.say("handing_over", done=n, all=len(held))))
    about = {"name": person.name, "to": to.name, "count": done[True]}
    text = owner.say("all_handed_over", **about)
    if done[False]:
        text += "\n" + owner.say("not_handed_over", count=done[False])
    return Screen(text, [[owner.button("to_tickets", "tickets")], *homes.home_rows(owner)])


async def _held_by(
    owner: Owner, person: Member, first: int, after: str | None
) -> OpenTicketsTickets:
    return (await owner.api.open_tickets(first, after, person.id)).tickets


PRESSES: Final[Mapping[str, Press]] = {
    "tickets": _tickets,
    "held": _held,
    "give": _choose,
    "giveto": _give,
    "giveall": _choose_for_all,
    "giveallto": _give_all,
}
