"""The menu of deals: which commands, links, buttons and questions belong to them."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias

from interfaces.telegram.colleagues import Action, Colleague, Link
from interfaces.telegram.office import (
    batches,
    boards,
    deal_cards,
    deal_comments,
    deal_contacts,
    deal_fields,
    deal_imports,
    deal_transfers,
    deals,
    moves,
    new_deals,
    slots,
)
from interfaces.telegram.office.deal_filters import leads
from interfaces.telegram.screens import Question, Screen

Shown: TypeAlias = Screen | Question

NUMBER: Final = re.compile(r"(?:№|#)?\s*([0-9]{1,9})")

ACTIONS: Final[Mapping[str, Action]] = {
    **batches.ACTIONS,
    **boards.ACTIONS,
    **deal_cards.ACTIONS,
    **deal_comments.ACTIONS,
    **deal_contacts.ACTIONS,
    **deal_fields.ACTIONS,
    **deal_imports.ACTIONS,
    **deal_transfers.ACTIONS,
    **deals.ACTIONS,
    **moves.ACTIONS,
    **new_deals.ACTIONS,
    **slots.ACTIONS,
}


async def help_of(me: Colleague) -> list[str]:
    """What can be done with deals, where there are pipelines."""
    known = await me.api.pipelines()
    if not known.pipelines:
        return []
    leader = known.me.person is not None and leads(known.me.person.roles)
    return [me.say("deals_help"), *([me.say("deals_help_leader")] if leader else [])]


async def numbered(me: Colleague, text: str) -> Shown | None:
    """The deal whose number is all that was written; None: something else was."""
    found = NUMBER.fullmatch(text.strip())
    return await deal_cards.numbered(me, int(found[1])) if found else None


async def _deal(me: Colleague, about: str) -> Shown:
    return await numbered(me, about) or await deals.find(me, about)


async def _board(me: Colleague, _: str) -> Shown:
    return await boards.board(me)


async def _slots(me: Colleague, _: str) -> Shown:
    return await slots.slots(me)


async def _batches(me: Colleague, _: str) -> Shown:
    return await batches.batches(me)


async def _import(me: Colleague, _: str) -> Shown:
    return await deal_imports.explain(me)


COMMANDS: Final[Mapping[str, Callable[[Colleague, str], Awaitable[Shown]]]] = {
    "deals": deals.find,
    "deal": _deal,
    "newdeal": new_deals.create,
    "board": _board,
    "import": _import,
    "slots": _slots,
    "batches": _batches,
}
LINKS: Final[Mapping[str, Callable[[Colleague, Link], Awaitable[Shown]]]] = {
    "d": deal_cards.opened,
}
QUESTIONS: Final[Mapping[str, Callable[[Colleague, Link, str], Awaitable[Shown]]]] = {
    "dp": deals.by_phone,
    "dt": deals.by_text,
    "dd": deals.by_days,
    "dn": new_deals.answered,
    "dc": deal_comments.comment,
    "pc": deal_contacts.answered,
    "ff": deal_fields.answered,
    "fn": deal_fields.retitle,
    "mf": moves.answered,
    "ro": deal_transfers.revoke,
    "sn": slots.add,
    "sr": slots.rename,
}
