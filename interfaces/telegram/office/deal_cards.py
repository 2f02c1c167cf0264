"""One deal in the private office: what is known of it, and what can be done with it."""

from collections.abc import Mapping, Sequence
from typing import Final

from interfaces.telegram.buttons import Outdated, Pressed, mark_of
from interfaces.telegram.client.deal_shown import (
    DealShownDeal,
    DealShownDealOffer,
    DealShownDealPipelineStages,
    DealShownMe,
)
from interfaces.telegram.client.enums import OfferStanding, StageKind
from interfaces.telegram.colleagues import Action, Colleague, Link, Outcome, labelled
from interfaces.telegram.contents import shortened
from interfaces.telegram.office.deal_filters import Wanted, leads
from interfaces.telegram.office.deals import SIGNS
from interfaces.telegram.office.narrowing import listing
from interfaces.telegram.screens import Button, Rows, Screen
from interfaces.telegram.writing import Writing

NEIGHBOURS: Final = 2
"""Stages that are shown on each side of the one where a deal stands."""
LONGEST_VALUE: Final = 300
LONGEST_LABEL: Final = 40
LINKED: Final = 4


async def seen(me: Colleague, id: str, since: int | None = None, note: str = "") -> Screen:
    """The deal with its buttons, under a note; `since` is the position that it must know."""
    told = await me.api.deal_shown(id, None, since)
    if told.deal is None:
        return Screen("\n\n".join(filter(None, [note, me.say("no_such_deal")])))
    return shown(me, told.deal, told.me, note)


async def numbered(me: Colleague, number: int) -> Screen:
    """The deal with this number."""
    told = await me.api.deal_shown(None, number)
    return shown(me, told.deal, told.me) if told.deal else Screen(me.say("no_such_deal"))


async def opened(me: Colleague, link: Link) -> Screen:
    """The deal that a link into the private chat is about."""
    return await seen(me, link.id)


async def deal_of(me: Colleague, id: str) -> DealShownDeal:
    """The deal, for whoever is about to do something with it; raises Outdated."""
    deal = (await me.api.deal_shown(id)).deal
    if deal is None:
        raise Outdated(id)
    return deal


def shown(me: Colleague, deal: DealShownDeal, asking: DealShownMe, note: str = "") -> Screen:
    """What a deal looks like."""
    writing = Writing(asking.workspace.settings.zone)
    if note:
        writing.plain(f"{note}\n\n")
    writing.plain(SIGNS[deal.kind]).bold(titled(deal)).plain("\n")
    _path(writing, deal)
    for line in _people(me, deal):
        writing.plain(f"\n{line}")
    writing.plain(f"\n{me.say('deal_opened')} ").moment(deal.opened_at)
    writing.plain(f"\n{me.say('deal_moved')} ").moment(deal.moved_at)
    for block in (_fields(deal), _contacts(deal), _offer(me, deal.offer), _linked(me, deal)):
        if block:
            writing.plain("\n\n" + "\n".join(block))
    if deal.deleted:
        writing.plain(f"\n\n{me.say('deal_is_deleted')}")
    leader = asking.person is not None and leads(asking.person.roles)
    return Screen(writing.text, _buttons(me, deal, leader=leader), entities=writing.entities)


def titled(deal: DealShownDeal) -> str:
    """How a deal is called."""
    return f"№{deal.number} {deal.title}"


def _path(writing: Writing, deal: DealShownDeal) -> None:
    """The way of the deal: where it stands in bold, and the stages around it."""
    stages = [stage for stage in deal.pipeline.stages if _on_the_way(stage, deal)]
    here = [stage.id for stage in stages].index(deal.stage.id)
    first, last = max(0, here - NEIGHBOURS), here + NEIGHBOURS + 1
    writing.plain(f"{deal.pipeline.name}: " + ("… → " if first else ""))
    for n, stage in enumerate(stages[first:last], first):
        writing.plain(" → " if n > first else "")
        (writing.bold if n == here else writing.plain)(stage.name)
    writing.plain(" → …" if last < len(stages) else "")


def _on_the_way(stage: DealShownDealPipelineStages, deal: DealShownDeal) -> bool:
    if stage.id == deal.stage.id:
        return True
    return stage.successor_id is None and stage.kind is not StageKind.LOST


def _people(me: Colleague, deal: DealShownDeal) -> list[str]:
    told: list[str] = []
    if deal.reason:
        told.append(me.say("deal_lost_because", reason=deal.reason))
    who = deal.responsible
    if who is not None and who.is_executor:
        login = f" @{who.username}" if who.username else ""
        told.append(me.say("deal_executor", name=who.name + login))
    person = deal.slot.person if deal.slot else None
    told.append(me.say("deal_responsible", name=person.name if person else me.say("deal_nobody")))
    return told


def _fields(deal: DealShownDeal) -> list[str]:
    return [f"{one.label}: {brief(one.value)}" for one in deal.fields if one.value]


def brief(value: str) -> str:
    """The beginning of a value, in one line."""
    line = " ".join(value.split())
    cut_off = shortened(line, LONGEST_VALUE)
    return cut_off if cut_off == line else f"{cut_off}…"


def _contacts(deal: DealShownDeal) -> list[str]:
    return [
        "☎ " + ", ".join(filter(None, [one.name, *one.phones, one.email])) for one in deal.contacts
    ]


def _offer(me: Colleague, offer: DealShownDealOffer | None) -> list[str]:
    """How the search for an executor goes, and what the deal waits for after a claim."""
    if offer is None:
        return []
    told: list[str] = []
    if offer.standing is OfferStanding.OPEN:
        told.append(me.say("offer_is_open", count=offer.attempts))
    if offer.standing is OfferStanding.EXPIRED:
        told.append(me.say("offer_is_expired"))
    if offer.standing is OfferStanding.CLAIMED and offer.problem:
        told.append(me.say("offer_is_pending", problem=offer.problem))
    return told


def _linked(me: Colleague, deal: DealShownDeal) -> list[str]:
    told: list[str] = []
    if deal.origin is not None:
        one = deal.origin
        told.append(me.say("deal_origin", number=one.number, title=one.title, stage=one.stage.name))
    told += [
        me.say("deal_link", number=one.number, title=one.title, stage=one.stage.name)
        for one in deal.links
    ]
    return told


def _buttons(me: Colleague, deal: DealShownDeal, *, leader: bool) -> Rows:
    others = [*([deal.origin] if deal.origin else []), *deal.links][:LINKED]
    linked = [labelled(f"🔗 №{one.number}", "deal", one.id) for one in others]
    to_list = listing(me.say("to_deals"), Wanted())
    history = me.button("to_deal_history", "past", deal.id)
    if deal.deleted:
        return [linked, [history, to_list]]
    return [
        [me.button("do_move", "stages", deal.id), me.button("to_fields", "fields", deal.id)],
        [me.button("to_contacts", "contacts", deal.id), me.button("do_comment", "remark", deal.id)],
        [history, me.button("do_assign", "heirs", deal.id)],
        _revoking(me, deal),
        linked,
        [*([me.button("do_delete", "undeal", deal.id)] if leader else []), to_list],
    ]


def _revoking(me: Colleague, deal: DealShownDeal) -> Sequence[Button]:
    if deal.offer is None or deal.offer.standing is not OfferStanding.CLAIMED:
        return []
    if deal.kind is not StageKind.OPEN:
        return []
    return [me.button("do_revoke", "revoke", deal.id, 0, mark_of(deal.offer.id))]


async def _open(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await seen(me, about.id), apart=True)


async def _see(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await seen(me, about.id))


async def _delete_sure(me: Colleague, about: Pressed) -> Outcome:
    deal = await deal_of(me, about.id)
    rows = [
        [me.button("do_delete_now", "undone", deal.id)],
        [me.button("cancel", "card", deal.id)],
    ]
    return Outcome(shown=Screen(me.say("delete_sure", title=titled(deal)), rows))


async def _delete(me: Colleague, about: Pressed) -> Outcome:
    done = (await me.api.delete_deal(me.command_id, about.id)).delete_deal
    return Outcome(me.say("deal_was_deleted"), await seen(me, about.id, done.position))


ACTIONS: Mapping[str, Action] = {
    "deal": _open,
    "card": _see,
    "undeal": _delete_sure,
    "undone": _delete,
}
