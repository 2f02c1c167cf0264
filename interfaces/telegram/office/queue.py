"""The queue: who waits for an answer, and which open tickets are mine."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from interfaces.telegram.buttons import Pressed
from interfaces.telegram.client.enums import ClaimOutcome
from interfaces.telegram.client.held_tickets import HeldTicketsTickets, HeldTicketsTicketsNodes
from interfaces.telegram.client.queue import QueueQueue, QueueQueueNodes
from interfaces.telegram.colleagues import Action, Colleague, Outcome, labelled, thread_link
from interfaces.telegram.office.lists import (
    EVERYTHING,
    MARKS,
    ROWS,
    hashed,
    titled,
    turned_to,
    turns,
    waiting,
)
from interfaces.telegram.pages import page
from interfaces.telegram.screens import Button, Screen

LONGEST_LABEL: Final = 40


async def queue(me: Colleague, number: int = 0, since: int | None = None) -> Screen:
    """Who waits, as the API orders them; unclaimed tickets may be claimed at once.

    `since` is the position of an event that the answer must know.
    """

    async def ask(first: int, after: str | None) -> QueueQueue:
        return (await me.api.queue(first, after, since)).queue

    rows, there = await page(ask, number, ROWS)
    if not rows:
        return Screen(me.say("queue_empty"))
    text = "\n\n".join([me.say("queue_head"), *(_waits(me, row) for row in rows)])
    buttons = [_buttons(me, row, number) for row in rows]
    return Screen(text, [*buttons, turns(there, "queue", EVERYTHING)])


def _waits(me: Colleague, row: QueueQueueNodes) -> str:
    holder = row.holder.name if row.holder else me.say("nobody")
    title = f"{MARKS[row.priority]}{titled(row.number, row.topic)} · {row.client_name}"
    return "\n".join(
        [title, " · ".join([waiting(me, row.waiting_since), holder, *map(hashed, row.tags)])]
    )


def _buttons(me: Colleague, row: QueueQueueNodes, number: int) -> list[Button]:
    seen = labelled(f"№{row.number} {row.client_name}"[:LONGEST_LABEL], "ticket", row.ticket_id)
    if row.holder is not None:
        return [seen]
    return [seen, me.button("take", "take", row.ticket_id, number)]


async def mine(me: Colleague, number: int = 0) -> Screen:
    """The open tickets that the manager holds, each with the way to its discussion."""
    myself = (await me.api.myself()).me
    if myself.person is None:
        return Screen(me.say("my_empty"))
    holder_id, targets = myself.person.id, myself.workspace.settings

    async def ask(first: int, after: str | None) -> HeldTicketsTickets:
        return (await me.api.held_tickets(holder_id, first, after)).tickets

    held, there = await page(ask, number, ROWS)
    if not held:
        return Screen(me.say("my_empty"))
    lines, buttons = [me.say("my_head")], list[list[Button]]()
    for ticket in held:
        late = _is_late(me, ticket, targets.first_reaction, targets.closing)
        mark = ("⏰ " if late else "") + MARKS[ticket.priority]
        title = f"{mark}{titled(ticket.number, ticket.topic)} · {ticket.client_name}"
        lines.append(f"{title}\n{waiting(me, ticket.waiting_since)}")
        link = thread_link(ticket.group_id, ticket.root_id)
        label = f"№{ticket.number} {ticket.client_name}"[:LONGEST_LABEL]
        seen = labelled(label, "ticket", ticket.id)
        buttons.append([seen, {"text": "💬", "url": link}] if link else [seen])
    text = "\n\n".join(lines)
    return Screen(text, [*buttons, turns(there, "my", EVERYTHING)])


def _is_late(
    me: Colleague, ticket: HeldTicketsTicketsNodes, first: int | None, closing: int | None
) -> bool:
    """Whether the client waits longer, or the ticket is open longer, than the company wants."""
    deadlines = (_after(ticket.waiting_since, first), _after(ticket.opened_at, closing))
    return any(deadline is not None and deadline < me.now for deadline in deadlines)


def _after(at: datetime | None, minutes: int | None) -> datetime | None:
    return None if at is None or minutes is None else at + timedelta(minutes=minutes)


async def _turn_queue(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await queue(me, turned_to(about)))


async def _turn_mine(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await mine(me, turned_to(about)))


async def _take(me: Colleague, about: Pressed) -> Outcome:
    """Claim from the queue, and show the queue as it is after that."""
    claim = (await me.api.claim_ticket(me.command_id, about.ticket_id)).claim_ticket
    told = claimed(me, claim.outcome, claim.number, claim.holder.name)
    return told._replace(shown=await queue(me, about.value, claim.position))


def claimed(me: Colleague, outcome: ClaimOutcome, number: int, holder: str) -> Outcome:
    """What whoever claimed is told; losers learn who won."""
    match outcome:
        case ClaimOutcome.WON:
            return Outcome(me.say("won", number=number))
        case ClaimOutcome.REPEATED:
            return Outcome(me.say("already_yours", number=number))
        case ClaimOutcome.LOST:
            return Outcome(me.say("lost", holder=holder), alert=True)


ACTIONS: Mapping[str, Action] = {"queue": _turn_queue, "my": _turn_mine, "take": _take}
