"""Transfers of deals: to a colleague, or back from an executor."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Outdated, Pressed, mark_of
from interfaces.telegram.client.deal_shown import DealShownDeal
from interfaces.telegram.client.enums import OfferStanding
from interfaces.telegram.client.roster import RosterRosterNodes
from interfaces.telegram.colleagues import Action, Colleague, Link, Outcome, labelled
from interfaces.telegram.contents import clean, shortened
from interfaces.telegram.office.deal_cards import deal_of, seen, titled
from interfaces.telegram.office.lists import cut, turned_to, turns
from interfaces.telegram.office.transfers import SIGNS, managers
from interfaces.telegram.screens import Screen

SIZE: Final = 8
LONGEST_REASON: Final = 200


async def heirs(me: Colleague, id: str, number: int = 0) -> Screen:
    """Whom a deal can be given to: oneself, too."""
    people, there = cut(await managers(me), number, SIZE)
    rows = [
        [labelled(f"{SIGNS[one.presence]} {one.name}"[:60], "heir", id, 0, mark_of(one.id))]
        for one in people
    ]
    back = [me.button("go_back", "card", id)]
    return Screen(me.say("choose_heir"), [*rows, turns(there, "heirs", id), back])


async def manager_marked(me: Colleague, mark: str) -> RosterRosterNodes:
    """The colleague whom a button names; raises Outdated."""
    for one in await managers(me):
        if mark_of(one.id) == mark:
            return one
    raise Outdated(mark)


async def _choose(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await heirs(me, about.id, turned_to(about)))


async def _give(me: Colleague, about: Pressed) -> Outcome:
    person = await manager_marked(me, about.mark)
    done = (await me.api.assign_deal(me.command_id, about.id, person.id)).assign_deal
    told = me.say("deal_was_given", name=person.name)
    deal = await me.api.deal_shown(about.id, None, done.position)
    if deal.deal is None:  # it is not one's own any more
        return Outcome(told, Screen(told))
    return Outcome(told, await seen(me, about.id, done.position))


async def _claimed(me: Colleague, id: str, mark: str) -> DealShownDeal:
    """The deal whose order somebody still has; raises Outdated."""
    deal = await deal_of(me, id)
    offer = deal.offer
    if offer is None or mark_of(offer.id) != mark or offer.standing is not OfferStanding.CLAIMED:
        raise Outdated(mark)
    return deal


async def _revoke_sure(me: Colleague, about: Pressed) -> Outcome:
    deal = await _claimed(me, about.id, about.mark)
    rows = [
        [me.button("do_revoke_now", "revoked", deal.id, 0, about.mark)],
        [me.button("do_revoke_why", "revwhy", deal.id, 0, about.mark)],
        [me.button("cancel", "card", deal.id)],
    ]
    name = deal.responsible.name if deal.responsible else ""
    return Outcome(shown=Screen(me.say("revoke_sure", title=titled(deal), name=name), rows))


async def _ask_why(me: Colleague, about: Pressed) -> Outcome:
    deal = await _claimed(me, about.id, about.mark)
    return Outcome(shown=me.ask("ask_revoke_why", "ro", deal.id, about.mark))


async def _revoke(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await _revoked(me, about.id, about.mark, ""))


async def revoke(me: Colleague, about: Link, text: str) -> Screen:
    """Take the order away for the reason that was asked for."""
    reason = shortened(clean(" ".join(text.split())), LONGEST_REASON)
    return await _revoked(me, about.id, about.mark, reason)


async def _revoked(me: Colleague, id: str, mark: str, reason: str) -> Screen:
    """Take the order away; the deal itself hears of it a moment later."""
    offer = (await _claimed(me, id, mark)).offer
    if offer is None:
        raise Outdated(mark)
    await me.api.revoke_order(me.command_id, offer.id, reason)
    return Screen(me.say("order_was_revoked"), [[me.button("to_deal", "card", id)]])


ACTIONS: Mapping[str, Action] = {
    "heirs": _choose,
    "heir": _give,
    "revoke": _revoke_sure,
    "revoked": _revoke,
    "revwhy": _ask_why,
}
