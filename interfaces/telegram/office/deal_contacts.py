"""Contacts of a deal: who has to do with it, and how to call them."""

import re
from collections.abc import Mapping
from typing import Final

from interfaces.telegram.buttons import Outdated, Pressed, mark_of
from interfaces.telegram.client.input_types import ContactInput
from interfaces.telegram.colleagues import Action, Colleague, Link, Outcome, labelled
from interfaces.telegram.office.deal_cards import deal_of, seen, titled
from interfaces.telegram.screens import Question, Screen
from interfaces.telegram.transport import Refusal

PHONE: Final = re.compile(r"\+?\d[\d\s().-]{4,}\d")
EMAIL: Final = re.compile(r"[^\s,;<>]+@[^\s,;<>]+\.[^\s,;<>]+")
SKIP: Final = "/skip"
LONGEST_LABEL: Final = 60
UNFIT: Final = frozenset({"BadPhone", "BadContact", "BadText"})


async def contacts(me: Colleague, id: str, since: int | None = None) -> Screen:
    """Everybody who has to do with a deal; a press takes somebody away."""
    deal = (await me.api.deal_shown(id, None, since)).deal
    if deal is None:
        raise Outdated(id)
    lines = [me.say("contacts_head" if deal.contacts else "no_contacts", title=titled(deal))]
    lines += ["\n".join(filter(None, [f"👤 {one.name}", *one.phones, one.email]))
              for one in deal.contacts]  # fmt: skip
    rows = [
        [labelled(f"✖ {one.name}"[:LONGEST_LABEL], "uncontact", id, 0, mark_of(one.id))]
        for one in deal.contacts
    ]
    on = [me.button("do_add_contact", "contact", id), me.button("go_back", "card", id)]
    return Screen("\n\n".join(lines), [*rows, on])


async def _see(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await contacts(me, about.id))


async def _ask(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=question(me, about.id))


def question(me: Colleague, deal_id: str, note: str = "") -> Question:
    """Ask who has to do with a deal, under a note."""
    asked = me.ask("ask_contact", "pc", deal_id)
    return asked._replace(text=f"{note}\n\n{asked.text}") if note else asked


async def answered(me: Colleague, about: Link, text: str) -> Screen | Question:
    """Who was named: a name, phones, an e-mail address; or nobody."""
    if text.strip() == SKIP:
        return await seen(me, about.id)
    try:
        done = await me.api.link_contact(me.command_id, about.id, contact_in(text))
    except Refusal as refusal:
        if refusal.code not in UNFIT:
            raise
        return question(me, about.id, me.say(refusal.code))
    return await seen(me, about.id, done.link_contact.position, me.say("contact_kept"))


def contact_in(text: str) -> ContactInput:
    """The contact that somebody has written: what is neither phone nor e-mail is the name."""
    emails = EMAIL.findall(text)
    rest = EMAIL.sub(" ", text)
    phones = [" ".join(one.split()) for one in PHONE.findall(rest)]
    name = " ".join(PHONE.sub(" ", rest).replace(",", " ").replace(";", " ").split())
    return ContactInput(name=name, phones=phones, email="".join(emails[:1]))


async def _remove(me: Colleague, about: Pressed) -> Outcome:
    deal = await deal_of(me, about.id)
    gone = next((one for one in deal.contacts if mark_of(one.id) == about.mark), None)
    if gone is None:
        raise Outdated(about.mark)
    done = (await me.api.unlink_contact(me.command_id, deal.id, gone.id)).unlink_contact
    return Outcome(me.say("contact_gone"), await contacts(me, deal.id, done.position))


ACTIONS: Mapping[str, Action] = {"contacts": _see, "contact": _ask, "uncontact": _remove}
