"""What was noted about a deal, and all that happened to it."""

from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Outdated, Pressed
from interfaces.telegram.client.deal_history import (
    DealHistory,
    DealHistoryDealHistory,
    DealHistoryDealHistoryNodes,
)
from interfaces.telegram.colleagues import Action, Colleague, Link, Outcome
from interfaces.telegram.contents import clean, shortened
from interfaces.telegram.office.deal_cards import seen
from interfaces.telegram.office.lists import moment, turned_to, turns
from interfaces.telegram.pages import page
from interfaces.telegram.screens import Screen

SIZE: Final = 8
LONGEST: Final = 350
"""UTF-16 units of one entry that are shown: eight of them fit into one of Telegram's messages."""
NAMED: Final = frozenset(
    {
        *("Opened", "Renamed", "FieldsChanged", "MovedToStage", "Won", "Lost", "Resumed"),
        *("ContactLinked", "ContactUnlinked", "ResponsibleChanged", "ExecutorFound"),
        *("ExecutorLeft", "CommentAdded", "Linked", "LinkFailed", "OutcomeHeld", "Deleted"),
    }
)
"""Entries that have words."""


async def _ask(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=me.ask("ask_remark", "dc", about.id))


async def comment(me: Colleague, about: Link, text: str) -> Screen:
    """Note what was answered."""
    done = (await me.api.comment_deal(me.command_id, about.id, clean(text))).comment_deal
    return await seen(me, about.id, done.position, me.say("remark_kept"))


async def past(me: Colleague, id: str, number: int) -> Screen:
    """A page of what happened to a deal, the newest first."""
    told: list[DealHistory] = []

    async def ask(first: int, after: str | None) -> DealHistoryDealHistory:
        answer = await me.api.deal_history(id, first, after)
        told.append(answer)
        if answer.deal is None:
            raise Outdated(id)
        return answer.deal.history

    rows, there = await page(ask, number, SIZE)
    deal, zone = told[0].deal, told[0].me.workspace.settings.zone
    title = f"№{deal.number} {deal.title}" if deal else ""
    entries = (_entry(me, row, zone) for row in rows)
    back = [me.button("go_back", "card", id)]
    return Screen("\n\n".join([title, *entries]), [turns(there, "past", id), back])


def _entry(me: Colleague, row: DealHistoryDealHistoryNodes, zone: str | None) -> str:
    head = moment(row.at, zone) + (f", {row.by.name}" if row.by else "")
    name = row.what if row.what in NAMED else "Other"
    happened = me.say(
        f"happened_{name}",
        text=row.text or "",
        begin=row.from_stage.name if row.from_stage else "",
        end=row.to_stage.name if row.to_stage else "",
        slot=row.slot.name if row.slot else me.say("deal_nobody"),
        contact=row.contact.name if row.contact else "",
        deal=f"№{row.deal.number} {row.deal.title}" if row.deal else "",
    )
    lines = [happened.strip(), *(f"{one.label}: {one.value or '—'}" for one in row.fields)]
    return head + "\n" + shortened("\n".join(lines), LONGEST)


async def _turn(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await past(me, about.id, turned_to(about)))


ACTIONS: Mapping[str, Action] = {"remark": _ask, "past": _turn}
