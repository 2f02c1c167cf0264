"""Tickets as the client bot shows them: the open ones, and the card of one with its buttons."""

from collections.abc import Callable
from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from interfaces.telegram.askers import Asker, Button, asking, mark_of_ticket, named
from interfaces.telegram.buttons import Pressed, data
from interfaces.telegram.client.enums import TicketStatus
from interfaces.telegram.client.own_ticket import OwnTicket, OwnTicketTicket
from interfaces.telegram.marks import stars_of
from interfaces.telegram.pressing import Press, outdate
from interfaces.telegram.saying import tell
from interfaces.telegram.screens import Screen, send, show
from interfaces.telegram.transport import Refusal
from interfaces.telegram.turn import Turn
from interfaces.telegram.writing import Writing


class Tickets:
    """Handlers of the client bot."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def router(self) -> Router:
        """Commands and presses about the client's own tickets."""
        router = Router(name="tickets")
        private = F.chat.type == ChatType.PRIVATE
        router.message.register(self.mine, private, Command("tickets"), F.from_user)
        router.callback_query.register(self.mine_here, Press("tickets"))
        router.callback_query.register(self.look, Press("ticket"))
        router.callback_query.register(self.choose, Press("choose"))
        router.callback_query.register(self.close, Press("close"))
        router.callback_query.register(self.reopen, Press("reopen"))
        return router

    async def mine(self, message: Message, turn: Turn) -> None:
        """The client asks for their open tickets."""
        if message.from_user is not None:
            await send(await _listed(await asking(message.from_user, turn)), message)

    async def mine_here(self, query: CallbackQuery, turn: Turn) -> None:
        """The same by a button."""
        listed = await _listed(await asking(query.from_user, turn))
        await tell(query, "")
        await show(listed, query)

    async def look(self, query: CallbackQuery, turn: Turn, press: Pressed) -> None:
        """The client looks at one ticket."""
        card = await self._card(await asking(query.from_user, turn), press.ticket_id)
        await tell(query, "")
        await show(card, query)

    async def choose(self, query: CallbackQuery, turn: Turn, press: Pressed) -> None:
        """The client's next message goes to this ticket."""
        asker = await asking(query.from_user, turn)
        chosen = await asker.api.choose_conversation(turn.command_id, press.ticket_id)
        told = asker.say("chosen", number=chosen.choose_conversation.number)
        await tell(query, told)
        await show(Screen(told, [_links(asker, press)]), query)

    async def close(self, query: CallbackQuery, turn: Turn, press: Pressed) -> None:
        """The client needs nothing more."""
        asker = await asking(query.from_user, turn)
        if await self._is_stale(query, asker, press):
            return
        closed = await asker.api.close_ticket(turn.command_id, press.ticket_id)
        told = asker.say("client_closed", number=closed.close_ticket.number)
        await tell(query, told)
        again = asker.button("reopen", "reopen", press.about, press.value)
        await show(Screen(told, [[again], _links(asker, press)]), query)

    async def reopen(self, query: CallbackQuery, turn: Turn, press: Pressed) -> None:
        """The client needs more: a new cycle begins."""
        asker = await asking(query.from_user, turn)
        if await self._is_stale(query, asker, press):
            return
        again = await asker.api.reopen_ticket(turn.command_id, press.ticket_id)
        told = asker.say("client_reopened", number=again.reopen_ticket.number)
        await tell(query, told)
        await show(Screen(told, [_links(asker, press)]), query)

    async def _is_stale(self, query: CallbackQuery, asker: Asker, press: Pressed) -> bool:
        """Whether the button is of a cycle that has ended; then the present card is shown.

        A button without a cycle is of any.
        """
        if not press.value or not await is_over(asker, press.ticket_id, press.value):
            return False
        await outdate(query, asker.turn)
        await show(await self._card(asker, press.ticket_id), query)
        return True

    async def _card(self, asker: Asker, ticket_id: str) -> Screen:
        """One ticket; raises Refusal if the client has no such ticket."""
        told = await asker.api.own_ticket(ticket_id)
        ticket, settings = _found(told), told.me.workspace.settings
        about = mark_of_ticket(ticket.id)
        history = asker.button("talk", "talk", about)
        if ticket.status is TicketStatus.OPEN:
            first = [asker.button("write_here", "choose", about), history]
            second = [asker.button("close", "close", about, ticket.cycle)]
        else:
            first = [history]
            again = asker.button("reopen", "reopen", about, ticket.cycle)
            second = [again] if self._may_reopen(ticket, settings.reopen_within) else []
        writing = _described(asker, ticket, Writing(settings.zone))
        back = [asker.button("back_to_tickets", "tickets")]
        return Screen(writing.text, [first, second, back], entities=writing.entities)

    def _may_reopen(self, ticket: OwnTicketTicket, within: int) -> bool:
        closed_at = ticket.closed_at
        return closed_at is not None and self._now() < closed_at + timedelta(minutes=within)


async def is_over(asker: Asker, ticket_id: str, cycle: int) -> bool:
    """Whether a ticket is in a later cycle; raises Refusal if the client has no such ticket."""
    return _found(await asker.api.own_ticket(ticket_id)).cycle > cycle


def _found(told: OwnTicket) -> OwnTicketTicket:
    if told.ticket is None:
        raise Refusal("NotFound", "the client has no such ticket")
    return told.ticket


def _links(asker: Asker, press: Pressed) -> list[Button]:
    return [
        asker.button("back_to_ticket", "ticket", press.about),
        asker.button("my_tickets", "tickets"),
    ]


async def _listed(asker: Asker) -> Screen:
    me = (await asker.api.my_tickets()).me
    links = [asker.button("new_ticket", "new"), asker.button("history", "history")]
    if not me.open_tickets:
        return Screen(asker.say("no_tickets"), [links])
    rows: list[list[Button]] = []
    for one in me.open_tickets:
        mark = "✍ " if one.id == me.active_ticket_id else ""
        text = mark + named(one.number, one.topic)
        rows.append([{"text": text, "callback_data": data("ticket", mark_of_ticket(one.id))}])
    return Screen(asker.say("your_tickets", count=len(me.open_tickets)), [*rows, links])


def _described(asker: Asker, ticket: OwnTicketTicket, writing: Writing) -> Writing:
    writing.bold(asker.say("ticket", number=ticket.number))
    writing.plain(f" · {ticket.topic}" if ticket.topic else "")
    moments = [("opened_at", ticket.opened_at), ("last_message_at", ticket.last_message_at)]
    if ticket.status is TicketStatus.CLOSED:
        moments.append(("closed_at", ticket.closed_at))
    for key, at in moments:
        if at is not None:
            writing.plain(f"\n{asker.say(key)} ").moment(at)
    if ticket.status is TicketStatus.OPEN:
        return writing.plain("\n" + asker.say("is_open"))
    if ticket.stars:
        writing.plain(f"\n{asker.say('your_rating')} {stars_of(ticket.stars)}")
    return writing
