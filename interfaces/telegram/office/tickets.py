"""One ticket in the private office: what it is, what can be done with it."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Outdated, Pressed, mark_of
from interfaces.telegram.client.enums import Priority, TicketStatus
from interfaces.telegram.client.ticket_shown import TicketShownMe, TicketShownTicket
from interfaces.telegram.colleagues import (
    Action,
    Colleague,
    Link,
    Outcome,
    labelled,
    thread_link,
)
from interfaces.telegram.marks import stars_of
from interfaces.telegram.office.lists import MARKS, hashed, moment, titled, waiting
from interfaces.telegram.office.queue import claimed
from interfaces.telegram.screens import Button, Rows, Screen

PRIORITIES: Final = (Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW)
"""As the buttons count them."""


async def seen(me: Colleague, id: str, since: int | None = None) -> Screen:
    """The ticket with its buttons; `since` is the position of an event that it must know."""
    told = await me.api.ticket_shown(id, None, since)
    if told.ticket is None:
        return Screen(me.say("no_such_ticket"))
    return _shown(me, told.ticket, told.me)


async def numbered(me: Colleague, number: int) -> Screen | None:
    """The ticket with this number; None if there is none."""
    told = await me.api.ticket_shown(None, number)
    if told.ticket is None:
        return None
    return _shown(me, told.ticket, told.me)


def _shown(me: Colleague, ticket: TicketShownTicket, asking: TicketShownMe) -> Screen:
    client, zone = ticket.client, asking.workspace.settings.zone
    own_id = asking.person.id if asking.person else ""
    name = f"{client.name} (@{client.username})" if client.username else client.name
    signs = [me.say("client_is_blocked")] if client.blocked else []
    signs += [] if client.reachable else [me.say("client_is_unreachable")]
    lines = [
        MARKS[ticket.priority] + titled(ticket.number, ticket.topic),
        " · ".join([me.say("ticket_client", client=name), *signs]),
        me.say("ticket_opened", at=moment(ticket.opened_at, zone)),
        _standing(me, ticket, zone),
    ]
    if ticket.priority is not Priority.NORMAL:
        lines.append(me.say(f"priority_{ticket.priority.value.lower()}"))
    if ticket.tags:
        lines.append(" ".join(map(hashed, ticket.tags)))
    return Screen("\n".join(lines), _buttons(me, ticket, own_id))


def _standing(me: Colleague, ticket: TicketShownTicket, zone: str | None) -> str:
    if ticket.status is TicketStatus.CLOSED:
        at = moment(ticket.closed_at, zone) if ticket.closed_at else ""
        stars = stars_of(ticket.stars) if ticket.stars else ""
        return f"{me.say('ticket_closed', at=at)} {stars}".strip()
    waits = waiting(me, ticket.waiting_since)
    holder = ticket.holder.name if ticket.holder else me.say("nobody")
    return me.say("ticket_held", holder=holder, waits=waits)


def _buttons(me: Colleague, ticket: TicketShownTicket, own_id: str) -> Rows:
    id = ticket.id
    link = thread_link(ticket.group_id, ticket.root_id)
    thread = [{"text": me.say("open_thread"), "url": link}] if link else []
    client = me.button("to_client", "client", ticket.client.id)
    first = [*thread, me.button("to_history", "history", id)]
    if ticket.status is TicketStatus.CLOSED:
        return [first, [me.button("do_reopen", "again", id), client]]
    return [
        first,
        [*_holding(me, ticket, own_id), me.button("do_transfer", "colleagues", id)],
        [me.button("do_answer", "answers", id), me.button("do_tags", "tags", id)],
        [me.button("do_priority", "priorities", id), me.button("do_note", "note", id)],
        [client],
    ]


def _holding(me: Colleague, ticket: TicketShownTicket, own_id: str) -> list[Button]:
    if ticket.holder is None:
        return [me.button("take", "mine", ticket.id)]
    if ticket.holder.id != own_id:
        return []
    return [
        me.button("do_close", "done", ticket.id),
        me.button("do_release", "release", ticket.id),
    ]


async def _see(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await seen(me, about.id))


async def _claim(me: Colleague, about: Pressed) -> Outcome:
    claim = (await me.api.claim_ticket(me.command_id, about.id)).claim_ticket
    told = claimed(me, claim.outcome, claim.number, claim.holder.name)
    return told._replace(shown=await seen(me, about.id, claim.position))


async def _close(me: Colleague, about: Pressed) -> Outcome:
    done = (await me.api.staff_close(me.command_id, about.id)).close_ticket
    shown = await seen(me, about.id, done.position)
    return Outcome(me.say("closed", number=done.number), shown)


async def _reopen(me: Colleague, about: Pressed) -> Outcome:
    done = (await me.api.staff_reopen(me.command_id, about.id)).reopen_ticket
    shown = await seen(me, about.id, done.position)
    return Outcome(me.say("opened_again", number=done.number), shown)


async def _release(me: Colleague, about: Pressed) -> Outcome:
    done = (await me.api.release_ticket(me.command_id, about.id)).release_ticket
    shown = await seen(me, about.id, done.position)
    return Outcome(me.say("released", number=done.number), shown)


async def _priorities(me: Colleague, about: Pressed) -> Outcome:
    rows = [
        [me.button(f"priority_{one.value.lower()}", "priority", about.id, n)]
        for n, one in enumerate(PRIORITIES)
    ]
    back = [me.button("go_back", "ticket", about.id)]
    return Outcome(shown=Screen(me.say("choose_priority"), [*rows, back]))


async def _prioritise(me: Colleague, about: Pressed) -> Outcome:
    if about.value >= len(PRIORITIES):
        raise Outdated(about.value)
    command, priority = me.command_id, PRIORITIES[about.value]
    done = (await me.api.prioritise_ticket(command, priority, about.id)).prioritise_ticket
    return Outcome(shown=await seen(me, about.id, done.position))


async def _tags(me: Colleague, about: Pressed) -> Outcome:
    ticket = (await me.api.ticket_shown(about.id)).ticket
    if ticket is None:
        raise Outdated(about.id)
    rows = [
        [labelled(f"✖ {hashed(tag)}", "untag", ticket.id, 0, mark_of(tag))] for tag in ticket.tags
    ]
    on = [me.button("do_tag", "tag", ticket.id), me.button("go_back", "ticket", ticket.id)]
    key = "ticket_tags" if ticket.tags else "ticket_no_tags"
    return Outcome(shown=Screen(me.say(key, number=ticket.number), [*rows, on]))


async def _untag(me: Colleague, about: Pressed) -> Outcome:
    ticket = (await me.api.ticket_shown(about.id)).ticket
    tag = next((one for one in ticket.tags if mark_of(one) == about.mark), None) if ticket else None
    if tag is None:
        raise Outdated(about.mark)
    done = (await me.api.untag_ticket(me.command_id, tag, about.id)).untag_ticket
    return Outcome(shown=await seen(me, about.id, done.position))


async def _ask_tag(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=me.ask("ask_tag", "g", about.id))


async def tag(me: Colleague, about: Link, text: str) -> Screen:
    """Mark the ticket with the word that was asked for."""
    done = (await me.api.tag_ticket(me.command_id, tag_in(text), about.id)).tag_ticket
    return await seen(me, about.id, done.position)


def tag_in(text: str) -> str:
    """A tag as people write it, without its sign."""
    return text.strip().removeprefix("#")


def priority_in(word: str) -> Priority | None:
    """A priority by its name in any of our languages."""
    word = word.strip().casefold()
    return next((one for one, names in NAMES.items() if word in names), None)


NAMES: Final[Mapping[Priority, frozenset[str]]] = {
    Priority.URGENT: frozenset({"urgent", "срочно", "срочный"}),
    Priority.HIGH: frozenset({"high", "высокий"}),
    Priority.NORMAL: frozenset({"normal", "обычный"}),
    Priority.LOW: frozenset({"low", "низкий"}),
}


ACTIONS: Mapping[str, Action] = {
    "ticket": _see,
    "mine": _claim,
    "done": _close,
    "again": _reopen,
    "release": _release,
    "priorities": _priorities,
    "priority": _prioritise,
    "tags": _tags,
    "untag": _untag,
    "tag": _ask_tag,
}
