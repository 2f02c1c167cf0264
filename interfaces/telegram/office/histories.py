"""Histories: all that was said in a ticket, page by page."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Pressed
from interfaces.telegram.client.enums import Direction, MessageKind
from interfaces.telegram.client.ticket_thread import (
    TicketThread,
    TicketThreadThread,
    TicketThreadThreadNodes,
)
from interfaces.telegram.colleagues import Action, Colleague, Outcome
from interfaces.telegram.contents import shortened
from interfaces.telegram.office.lists import moment, titled, turned_to, turns
from interfaces.telegram.pages import page
from interfaces.telegram.screens import Screen

SIZE: Final = 8
LONGEST: Final = 350
"""UTF-16 units of one message that are shown: eight of them fit into one of Telegram's."""


async def history(me: Colleague, id: str, number: int) -> Screen:
    """A page of a ticket's correspondence, notes among it."""
    told: list[TicketThread] = []

    async def ask(first: int, after: str | None) -> TicketThreadThread:
        answer = await me.api.ticket_thread(id, first, after)
        told.append(answer)
        return answer.thread

    rows, there = await page(ask, number, SIZE)
    ticket = told[0].ticket
    if ticket is None:
        return Screen(me.say("no_such_ticket"))
    zone = told[0].me.workspace.settings.zone
    lines = [_line(me, row, ticket.client_name, zone) for row in rows]
    title = f"{titled(ticket.number, ticket.topic)} · {ticket.client_name}"
    back = [me.button("go_back", "ticket", id)]
    text = "\n\n".join([title, *(lines or [me.say("history_empty")])])
    return Screen(text, [turns(there, "history", id), back])


def _line(me: Colleague, row: TicketThreadThreadNodes, client: str, zone: str | None) -> str:
    signs = {Direction.IN: "👤", Direction.OUT: "💬", Direction.NOTE: "📝"}
    author = client if row.direction is Direction.IN else row.by.name if row.by else ""
    head = f"{signs[row.direction]} {author}, {moment(row.at, zone)}"
    notes = [me.say("was_edited")] if row.version > 1 else []
    notes += [me.say("was_withdrawn")] if row.withdrawn_at else []
    notes += [me.say("was_not_delivered")] if row.failure else []
    kind = "" if row.kind is MessageKind.TEXT else f"[{me.say(f'kind_{row.kind.value.lower()}')}] "
    text = shortened(kind + (row.text or row.file_name or ""), LONGEST)
    return "\n".join([" · ".join([head, *notes]), text])


async def _turn(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await history(me, about.id, turned_to(about)))


ACTIONS: Mapping[str, Action] = {"history": _turn}
