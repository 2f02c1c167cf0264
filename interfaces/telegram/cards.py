"""Cards: the buttons of a ticket's card, pressed by the staff in the group."""

from collections.abc import Mapping

from interfaces.telegram.buttons import Pressed
from interfaces.telegram.colleagues import Action, Colleague, Outcome
from interfaces.telegram.notes import asking
from interfaces.telegram.office.queue import claimed


async def _claim(me: Colleague, about: Pressed) -> Outcome:
    claim = (await me.api.claim_ticket(me.command_id, about.ticket_id)).claim_ticket
    return claimed(me, claim.outcome, claim.number, claim.holder.name)


async def _close(me: Colleague, about: Pressed) -> Outcome:
    closed = (await me.api.staff_close(me.command_id, about.ticket_id)).close_ticket
    return Outcome(me.say("closed", number=closed.number))


async def _reopen(me: Colleague, about: Pressed) -> Outcome:
    again = (await me.api.staff_reopen(me.command_id, about.ticket_id)).reopen_ticket
    return Outcome(me.say("opened_again", number=again.number))


async def _note(me: Colleague, about: Pressed) -> Outcome:
    return asking(me, about.ticket_id)


async def _transfer(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(url=me.link("x", about.ticket_id))


async def _block(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(url=me.link("b", about.ticket_id))


async def _reply(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(url=me.link("r", about.ticket_id))


ACTIONS: Mapping[str, Action] = {
    "claim": _claim,
    "close": _close,
    "reopen": _reopen,
    "note": _note,
    "transfer": _transfer,
    "block": _block,
    "reply": _reply,
}
"""What may be done from any chat; whatever shows more opens the private one."""
