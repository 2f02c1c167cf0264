"""Canned replies in the private office: what is at hand, how it is written, how it is sent."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from interfaces.telegram.buttons import Outdated, Pressed, mark_of
from interfaces.telegram.client.canned_replies import CannedRepliesCannedRepliesNodes
from interfaces.telegram.client.enums import Kept, Priority
from interfaces.telegram.colleagues import Action, Colleague, Link, Outcome, labelled
from interfaces.telegram.contents import shortened
from interfaces.telegram.office.lists import EVERYTHING, cut, hashed, turned_to, turns
from interfaces.telegram.office.tickets import priority_in, tag_in
from interfaces.telegram.screens import Question, Screen

FIRST_WORDS: Final = 60
CLOSE: Final = frozenset({"close", "закрыть"})
TAG: Final = frozenset({"tag", "метка"})
PRIORITY: Final = frozenset({"priority", "приоритет"})


class Written(NamedTuple):
    """A canned reply as somebody wrote it: a code, a text, and acts that follow it."""

    code: str
    text: str
    acts: list[str]


async def replies(me: Colleague, number: int = 0) -> Screen:
    """All canned replies, with the way to write one."""
    known = (await me.api.canned_replies()).canned_replies.nodes
    shown, there = cut(known, number)
    lines = [me.say("replies_head" if known else "replies_empty")]
    lines += [f"{one.code} — {_first_words(one.text)}" for one in shown]
    rows = [[labelled(one.code, "canned", EVERYTHING, 0, mark_of(one.code))] for one in shown]
    on = turns(there, "replies", EVERYTHING)
    new = [me.button("do_add_reply", "newreply", EVERYTHING)]
    return Screen("\n\n".join(lines), [*rows, on, new])


async def add(me: Colleague, text: str) -> Screen | Question:
    """Write a canned reply: its code, its text, and in lines that begin with + what follows it."""
    written = written_in(text)
    if written is None or not written.text:
        return me.ask("ask_reply", "ra", "new")
    if any(not act for act in written.acts):
        return Screen(me.say("bad_act"))
    await me.api.save_canned_reply(me.command_id, *written)
    lines = [me.say("reply_saved", code=written.code), *_acts(me, written.acts)]
    return Screen("\n".join(lines), [[me.button("to_replies", "replies", EVERYTHING)]])


def written_in(text: str) -> Written | None:
    """The parts of a canned reply; an act that nobody knows is empty. None: there is no code."""
    code, *rest = text.strip().split(maxsplit=1) or [""]
    if not code:
        return None
    lines = (rest[0] if rest else "").splitlines()
    acts: list[str] = []
    while lines and lines[-1].startswith("+"):
        acts.insert(0, _act_in(lines.pop().removeprefix("+")))
    return Written(code, "\n".join(lines).strip(), acts)


def _act_in(text: str) -> str:
    word, _, about = text.strip().partition(" ")
    word, about = word.casefold(), about.strip()
    if word in CLOSE:
        return "close"
    if word in TAG and about:
        return f"tag:{tag_in(about)}"
    priority = priority_in(about) if word in PRIORITY else None
    return f"priority:{priority.value.lower()}" if priority else ""


def _acts(me: Colleague, acts: Sequence[str]) -> list[str]:
    """What is done after the answer, in words."""
    told: list[str] = []
    for act in acts:
        name, _, about = act.partition(":")
        match name:
            case "tag":
                told.append(me.say("act_tag", tag=hashed(about)))
            case "priority":
                known = Priority(about.upper())
                priority = me.say(f"priority_{known.value.lower()}")
                told.append(me.say("act_priority", priority=priority))
            case _:
                told.append(me.say("act_close"))
    return told


async def _see(me: Colleague, about: Pressed) -> Outcome:
    one = await _marked(me, about.mark)
    text = "\n\n".join([one.code, one.text, "\n".join(_acts(me, one.acts))]).strip()
    rows = [
        [me.button("do_remove_reply", "unreply", EVERYTHING, 0, about.mark)],
        [me.button("go_back", "replies", EVERYTHING)],
    ]
    return Outcome(shown=Screen(text, rows))


async def _remove(me: Colleague, about: Pressed) -> Outcome:
    one = await _marked(me, about.mark)
    await me.api.remove_canned_reply(me.command_id, one.code)
    rows = [[me.button("to_replies", "replies", EVERYTHING)]]
    return Outcome(shown=Screen(me.say("reply_removed", code=one.code), rows))


async def _ask(me: Colleague, _: Pressed) -> Outcome:
    return Outcome(shown=me.ask("ask_reply", "ra", "new"))


async def added(me: Colleague, _: Link, text: str) -> Screen | Question:
    """The reply to the question for a new canned reply."""
    return await add(me, text)


async def _turn(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await replies(me, turned_to(about)))


async def answers(me: Colleague, ticket_id: str, number: int = 0) -> Screen:
    """What can be sent to the client of a ticket."""
    known = (await me.api.canned_replies()).canned_replies.nodes
    shown, there = cut(known, number)
    rows = [
        [labelled(f"{one.code} · {_first_words(one.text)}"[:60], "answer", ticket_id, 0,
                  mark_of(one.code))]
        for one in shown
    ]  # fmt: skip
    on = turns(there, "answers", ticket_id)
    back = [me.button("go_back", "ticket", ticket_id)]
    return Screen(me.say("choose_reply" if known else "replies_empty"), [*rows, on, back])


async def _choose(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(shown=await answers(me, about.id, turned_to(about)))


async def _send(me: Colleague, about: Pressed) -> Outcome:
    one = await _marked(me, about.mark)
    sent = (await me.api.send_canned_reply(me.command_id, one.code, about.id)).send_canned_reply
    back = [[me.button("go_back", "ticket", about.id)]]
    hint = kept_hint(me, sent.kept, sent.number)
    if hint is not None:
        return Outcome(shown=Screen(hint, back))
    text = "\n\n".join([me.say("reply_sent", number=sent.number), one.text])
    return Outcome(shown=Screen("\n".join([text, *_acts(me, one.acts)]), back))


def kept_hint(me: Colleague, kept: Kept | None, number: int | None) -> str | None:
    """Why an answer was not sent; None if it was, or was meant for the staff."""
    key = {
        Kept.HELD_BY_OTHER: "held_by_other",
        Kept.CLOSED: "kept_closed",
        Kept.UNCLAIMED: "kept_unclaimed",
        Kept.REVEALING: "kept_revealing",
    }.get(kept or Kept.SENT)
    return me.say(key, number=number) if key else None


async def _marked(me: Colleague, mark: str) -> CannedRepliesCannedRepliesNodes:
    for one in (await me.api.canned_replies()).canned_replies.nodes:
        if mark_of(one.code) == mark:
            return one
    raise Outdated(mark)


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    cut_off = shortened(line, FIRST_WORDS)
    return cut_off if cut_off == line else f"{cut_off}…"


ACTIONS: Mapping[str, Action] = {
    "replies": _turn,
    "canned": _see,
    "unreply": _remove,
    "newreply": _ask,
    "answers": _choose,
    "answer": _send,
}
