"""Histories: a client's closed tickets, and what was said in one ticket, page by page.

Nobody of the staff is named in them.
"""

from functools import partial
from typing import Final

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from interfaces.telegram.askers import Asker, Button, asking, mark_of_ticket, named
from interfaces.telegram.buttons import Pressed, data
from interfaces.telegram.client.client import LedgerdeskClient
from interfaces.telegram.client.closed_tickets import ClosedTicketsTickets
from interfaces.telegram.client.correspondence import (
    CorrespondenceThread,
    CorrespondenceThreadNodes,
)
from interfaces.telegram.client.enums import Direction, MessageKind
from interfaces.telegram.contents import shortened
from interfaces.telegram.marks import stars_of
from interfaces.telegram.pages import page
from interfaces.telegram.pressing import Press
from interfaces.telegram.saying import tell
from interfaces.telegram.screens import Screen, send, show
from interfaces.telegram.turn import Turn
from interfaces.telegram.writing import Writing

TICKETS: Final = 6  # on a page
MESSAGES: Final = 6
LONGEST: Final = 500  # of a message that is shown


def histories() -> Router:
    """Handlers of the client bot."""
    router = Router(name="histories")
    private = F.chat.type == ChatType.PRIVATE
    router.message.register(history, private, Command("history"), F.from_user)
    router.callback_query.register(turn_page, Press("history"))
    router.callback_query.register(read, Press("talk"))
    return router


async def history(message: Message, turn: Turn) -> None:
    """The client asks for their closed tickets."""
    if message.from_user is not None:
        await send(await _closed(await asking(message.from_user, turn), 0), message)


async def turn_page(query: CallbackQuery, turn: Turn, press: Pressed) -> None:
    """The client looks at another page of them."""
    closed = await _closed(await asking(query.from_user, turn), press.value)
    await tell(query, "")
    await show(closed, query)


async def read(query: CallbackQuery, turn: Turn, press: Pressed) -> None:
    """The client reads what was said in a ticket."""
    talk = await _talk(await asking(query.from_user, turn), press)
    await tell(query, "")
    await show(talk, query)


async def _closed(asker: Asker, number: int) -> Screen:
    tickets, there = await page(partial(_closed_tickets, asker.api), number, TICKETS)
    back = [asker.button("back_to_tickets", "tickets")]
    if not tickets:
        return Screen(asker.say("no_history"), [back])
    rows: list[list[Button]] = []
    for one in tickets:
        text = named(one.number, one.topic) + (f" {stars_of(one.stars)}" if one.stars else "")
        rows.append([{"text": text, "callback_data": data("ticket", mark_of_ticket(one.id))}])

    def to(text: str, page_number: int) -> Button:
        return {"text": text, "callback_data": data("history", "", page_number)}

    return Screen(asker.say("closed_tickets"), [*rows, there.buttons(to), back])


async def _talk(asker: Asker, press: Pressed) -> Screen:
    told = (await asker.api.own_zone()).me.workspace.settings
    said, there = await page(partial(_messages, asker.api, press.ticket_id), press.value, MESSAGES)
    writing = Writing(told.zone)
    for one in said:
        _quoted(asker, one, writing)

    def to(text: str, page_number: int) -> Button:
        return {"text": text, "callback_data": data("talk", press.about, page_number)}

    back = [asker.button("back_to_ticket", "ticket", press.about)]
    text = writing.text.rstrip() or asker.say("nothing_said")
    return Screen(text, [there.buttons(to), back], entities=writing.entities)


def _quoted(asker: Asker, message: CorrespondenceThreadNodes, writing: Writing) -> None:
    """One message: who, when, and what."""
    who = "you" if message.direction is Direction.IN else "support"
    writing.bold(asker.say(who)).plain(" · ").moment(message.at).plain("\n")
    writing.plain(_said(asker, message) + "\n\n")


def _said(asker: Asker, message: CorrespondenceThreadNodes) -> str:
    if message.kind is MessageKind.TEXT:
        parts = [message.text]
    elif message.kind is MessageKind.UNSUPPORTED:
        parts = [_kind(asker, message)]
    else:
        parts = [_kind(asker, message), message.file_name or "", message.text]
    whole = " ".join(part for part in parts if part)
    shown = shortened(whole, LONGEST)
    return shown if shown == whole else f"{shown}…"


def _kind(asker: Asker, message: CorrespondenceThreadNodes) -> str:
    return f"[{asker.say(f'kind_{message.kind.value.lower()}')}]"


async def _closed_tickets(
    api: LedgerdeskClient, first: int, after: str | None
) -> ClosedTicketsTickets:
    return (await api.closed_tickets(first, after)).tickets


async def _messages(
    api: LedgerdeskClient, ticket_id: str, first: int, after: str | None
) -> CorrespondenceThread:
    return (await api.correspondence(ticket_id, first, after)).thread
