"""The menu: which commands, links, buttons and questions the private office knows."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final, TypeAlias

from interfaces.telegram.client.enums import Presence
from interfaces.telegram.colleagues import Action, Colleague, Link
from interfaces.telegram.office import (
    canned_replies,
    clients,
    deal_menu,
    histories,
    invitations,
    presences,
    queue,
    surfaces,
    tickets,
    transfers,
)
from interfaces.telegram.screens import Question, Screen

Shown: TypeAlias = Screen | Question
Commanded: TypeAlias = Callable[[Colleague, str], Awaitable[Shown]]
"""What a private command shows, given the words after it."""
Opened: TypeAlias = Callable[[Colleague, Link], Awaitable[Shown]]
"""What a link into the private chat shows."""
Answered: TypeAlias = Callable[[Colleague, Link, str], Awaitable[Shown]]
"""What the reply to a question leads to."""

ACTIONS: Final[Mapping[str, Action]] = {
    **canned_replies.ACTIONS,
    **clients.ACTIONS,
    **deal_menu.ACTIONS,
    **histories.ACTIONS,
    **queue.ACTIONS,
    **surfaces.ACTIONS,
    **tickets.ACTIONS,
    **transfers.ACTIONS,
}
"""What is done in private only: a group may have strangers in it."""


async def _queue(me: Colleague, _: str) -> Shown:
    return await queue.queue(me)


async def _mine(me: Colleague, _: str) -> Shown:
    return await queue.mine(me)


async def _clients(me: Colleague, _: str) -> Shown:
    return await clients.clients(me)


async def _replies(me: Colleague, about: str) -> Shown:
    word, *text = about.split(maxsplit=1) or [""]
    if word.casefold() in {"add", "добавить"}:
        return await canned_replies.add(me, "".join(text))
    return await canned_replies.replies(me)


async def _state(presence: Presence, me: Colleague, _: str) -> Shown:
    return await presences.state(me, presence)


async def _who(me: Colleague, _: str) -> Shown:
    return await presences.who(me)


async def _help(me: Colleague, _: str) -> Shown:
    texts = [me.say("manager_help"), *await deal_menu.help_of(me), me.say("thread_help")]
    return Screen("\n\n".join(texts))


COMMANDS: Final[Mapping[str, Commanded]] = {
    "queue": _queue,
    "my": _mine,
    "clients": _clients,
    "find": clients.find,
    "replies": _replies,
    "here": partial(_state, Presence.HERE),
    "break": partial(_state, Presence.BREAK),
    "gone": partial(_state, Presence.GONE),
    "who": _who,
    "help": _help,
    **deal_menu.COMMANDS,
}


async def _see(me: Colleague, link: Link) -> Shown:
    return await tickets.seen(me, link.id)


async def _transfer(me: Colleague, link: Link) -> Shown:
    return await transfers.colleagues(me, link.id)


async def _block(me: Colleague, link: Link) -> Shown:
    return await clients.blocking(me, link.id)


async def _answer(me: Colleague, link: Link) -> Shown:
    return await canned_replies.answers(me, link.id)


async def _join(me: Colleague, link: Link) -> Shown:
    return await invitations.accept(me, link.about)


LINKS: Final[Mapping[str, Opened]] = {
    "t": _see,
    "n": _see,
    "x": _transfer,
    "b": _block,
    "r": _answer,
    "i": _join,
    **deal_menu.LINKS,
}
QUESTIONS: Final[Mapping[str, Answered]] = {
    "g": tickets.tag,
    "xw": transfers.give,
    "bw": clients.block,
    "f": clients.found,
    "ra": canned_replies.added,
    **deal_menu.QUESTIONS,
}
