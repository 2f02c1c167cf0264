"""Clients in the private office: all of them, one of them, and whether they may write."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Pressed
from interfaces.telegram.client.clients import ClientsClients, ClientsClientsNodes
from interfaces.telegram.client.enums import TicketStatus
from interfaces.telegram.client.tickets_of_client import TicketsOfClientTickets
from interfaces.telegram.colleagues import Action, Colleague, Link, Outcome, labelled
from interfaces.telegram.contents import shortened
from interfaces.telegram.office.lists import EVERYTHING, ROWS, moment, titled, turned_to, turns
from interfaces.telegram.office.tickets import numbered
from interfaces.telegram.pages import page
from interfaces.telegram.screens import Button, Question, Screen

SIZE: Final = 8
LONGEST_SEARCH: Final = 100
LONGEST_REASON: Final = 200


async def clients(me: Colleague, number: int = 0) -> Screen:
    """All clients, the newest first."""

    async def ask(first: int, after: str | None) -> ClientsClients:
        return (await me.api.clients(first, after)).clients

    rows, there = await page(ask, number, SIZE)
    if not rows:
        return Screen(me.say("no_clients"))
    return Screen(me.say("clients_head"), [*map(_row, rows), turns(there, "clients", EVERYTHING)])


async def find(me: Colleague, text: str) -> Screen | Question:
    """Clients by name, login or Telegram id; a ticket by its number."""
    wanted = shortened(text.strip(), LONGEST_SEARCH)
    if not wanted:
        return me.ask("ask_search", "f", "client")
    number = wanted.removeprefix("№").strip()
    ticket = None
    if number.isascii() and number.isdigit() and len(number) < len("1234567890"):
        ticket = await numbered(me, int(number))
    listed = (await me.api.clients(SIZE, None, wanted)).clients
    if not listed.nodes:
        return ticket or Screen(me.say("nothing_found", text=wanted))
    lines = [ticket.text] if ticket else []
    lines.append(me.say("found_head", text=wanted))
    lines += [me.say("found_more")] if listed.page_info.has_next_page else []
    rows = [*(ticket.rows if ticket else ()), *(_row(one) for one in listed.nodes)]
    return Screen("\n\n".join(lines), rows)


async def found(me: Colleague, _: Link, text: str) -> Screen | Question:
    """The reply to the question for whom to find."""
    return await find(me, text)


def _row(client: ClientsClientsNodes) -> list[Button]:
    login = f" @{client.username}" if client.username else ""
    blocked = "🚫 " if client.blocked else ""
    open_ = f" · {client.open_tickets}" if client.open_tickets else ""
    return [labelled(f"{blocked}{client.name}{login}"[:50] + open_, "client", client.id)]


async def client(me: Colleague, id: str, since: int | None = None) -> Screen:
    """One client, and what can be done about them."""
    told = await me.api.client_seen(id, since)
    one, zone = told.client, told.me.workspace.settings.zone
    if one is None:
        return Screen(me.say("no_such_client"))
    login = f" (@{one.username})" if one.username else ""
    lines = [
        f"👤 {one.name}{login}",
        me.say("client_id", id=one.telegram_id),
        me.say("client_since", at=moment(one.registered_at, zone)),
        me.say("client_tickets", count=one.tickets, open=one.open_tickets),
    ]
    if not one.reachable:
        lines.append(me.say("client_is_unreachable"))
    if one.blocked:
        at = moment(one.blocked_at, zone) if one.blocked_at else ""
        lines.append(me.say("blocked_since", at=at, reason=one.blocked_reason or "—"))
    key, action = ("do_unblock", "unbar") if one.blocked else ("do_block", "bar")
    rows = [[me.button("to_their_tickets", "theirs", id)], [me.button(key, action, id)]]
    return Screen("\n".join(lines), rows)


async def _theirs(me: Colleague, about: Pressed) -> Outcome:
    async def ask(first: int, after: str | None) -> TicketsOfClientTickets:
        return (await me.api.tickets_of_client(about.id, first, after)).tickets

    rows, there = await page(ask, turned_to(about), ROWS)
    signs = {TicketStatus.OPEN: "🟢", TicketStatus.CLOSED: "✔"}
    buttons = [
        [labelled(f"{signs[one.status]} {titled(one.number, one.topic)}"[:60], "ticket", one.id)]
        for one in rows
    ]
    on = turns(there, "theirs", about.id)
    back = [me.button("go_back", "client", about.id)]
    text = me.say("their_tickets" if rows else "their_no_tickets")
    return Outcome(shown=Screen(text, [*buttons, on, back]))


async def blocking(me: Colleague, ticket_id: str) -> Screen:
    """Ask whether the client of a ticket is really to be blocked."""
    ticket = (await me.api.ticket_shown(ticket_id)).ticket
    return Screen(me.say("no_such_ticket")) if ticket is None else await _sure(me, ticket.client.id)


async def _sure(me: Colleague, id: str) -> Screen:
    shown = await client(me, id)
    rows = [
        [me.button("do_block_now", "barred", id)],
        [me.button("do_block_why", "barwhy", id)],
        [me.button("cancel", "client", id)],
    ]
    return Screen(f"{shown.text}\n\n{me.say('block_sure')}", rows)


async def _ask_sure(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await _sure(me, about.id))


async def _block(me: Colleague, about: Pressed) -> Outcome:
    done = (await me.api.block_client(me.command_id, about.id, "")).block_client
    return Outcome(me.say("was_blocked"), await client(me, about.id, done.position))


async def _ask_why(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=me.ask("ask_block_why", "bw", about.id))


async def block(me: Colleague, about: Link, text: str) -> Screen:
    """Block a client for the reason that was asked for."""
    reason = shortened(text.strip(), LONGEST_REASON)
    done = (await me.api.block_client(me.command_id, about.id, reason)).block_client
    return await client(me, about.id, done.position)


async def _unblock(me: Colleague, about: Pressed) -> Outcome:
    done = (await me.api.unblock_client(me.command_id, about.id)).unblock_client
    return Outcome(me.say("was_unblocked"), await client(me, about.id, done.position))


async def _see(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await client(me, about.id))


async def _turn(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await clients(me, turned_to(about)))


ACTIONS: Mapping[str, Action] = {
    "clients": _turn,
    "client": _see,
    "theirs": _theirs,
    "bar": _ask_sure,
    "barred": _block,
    "barwhy": _ask_why,
    "unbar": _unblock,
}
