"""Conversations: about what a client writes, and to which ticket, asked where it is not clear."""

from collections.abc import Awaitable, Sequence
from typing import Final

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from interfaces.telegram.askers import Asker, Button, asking, mark_of_ticket, named
from interfaces.telegram.buttons import Pressed, data, mark_of
from interfaces.telegram.client.enums import Asked, TextKind
from interfaces.telegram.client.my_tickets import MyTicketsMeOpenTickets
from interfaces.telegram.contents import profile_of
from interfaces.telegram.pressing import Press, outdate
from interfaces.telegram.saying import say, tell
from interfaces.telegram.screens import Screen, send, show
from interfaces.telegram.transport import Refusal
from interfaces.telegram.turn import Turn

ANSWERED: Final = frozenset({"CommandIdReused", "NothingIsHeld"})
"""Refusals that end a question; after any other one it is put again."""


def conversations() -> Router:
    """Handlers of the client bot."""
    router = Router(name="conversations")
    private = F.chat.type == ChatType.PRIVATE
    router.message.register(begin, private, Command("new"), F.from_user)
    router.callback_query.register(begin_here, Press("new"))
    router.callback_query.register(choose_topic, Press("topic"))
    router.callback_query.register(place, Press("place"))
    return router


async def begin(message: Message, turn: Turn) -> None:
    """The client wants a new ticket, and is asked what about."""
    if message.from_user is None:
        return
    asker = await asking(message.from_user, turn)
    topics = await _topics(asker)
    if topics:
        await send(_about(asker, topics, "choose_topic"), message)
    else:
        await say(message, await _choose(asker, turn.command_id, ""))


async def begin_here(query: CallbackQuery, turn: Turn, press: Pressed) -> None:
    """The same by a button: the question takes the place of the message with the button."""
    asker = await asking(query.from_user, turn)
    topics = await _topics(asker)
    if topics:
        await tell(query, "")
        await show(_about(asker, topics, "choose_topic", press.value), query)
    else:
        await _answer(query, asker, press, _choose(asker, _answer_id(query, turn, press), ""))


async def choose_topic(query: CallbackQuery, turn: Turn, press: Pressed) -> None:
    """The client says what about; what they had written before is a ticket now."""
    asker = await asking(query.from_user, turn)
    topics = ["", *await _topics(asker)]
    topic = next((one for one in topics if mark_of(one) == press.about), None)
    if topic is None:
        await outdate(query, turn)
    else:
        await _answer(query, asker, press, _choose(asker, _answer_id(query, turn, press), topic))


async def place(query: CallbackQuery, turn: Turn, press: Pressed) -> None:
    """The client says to which ticket the held messages belong."""
    asker = await asking(query.from_user, turn)
    placed = _place(asker, _answer_id(query, turn, press), press.ticket_id)
    await _answer(query, asker, press, placed)


async def ask_where(asker: Asker, message: Message, asked: Asked) -> None:
    """Ask what the held messages are about, or to which ticket they belong."""
    if asked is Asked.TOPIC:
        await send(_about(asker, await _topics(asker), "held_topic"), message)
    else:
        await send(_which(asker, (await asker.api.my_tickets()).me.open_tickets), message)


async def ask_again(asker: Asker, message: Message) -> None:
    """Put the question for what is held once more."""
    await send(await _anew(asker, 0), message)


async def accepted(asker: Asker, number: int, topic: str = "") -> str:
    """The words that confirm a new ticket and tell its number, in the company's way if it has one.

    A company that writes `{number}` says everything itself.
    """
    key = "accepted_topic" if topic else "accepted"
    ours, own = asker.say(key, number=number, topic=topic), await asker.own_text(TextKind.ACCEPTED)
    if own is None:
        return ours
    return own.replace("{number}", str(number)) if "{number}" in own else f"{ours}\n{own}"


async def _topics(asker: Asker) -> list[str]:
    return (await asker.api.topics()).me.workspace.topics


def _about(asker: Asker, topics: Sequence[str], key: str, tries: int = 0) -> Screen:
    """The question for a topic; without topics it asks only whether to begin."""
    rows: list[list[Button]] = [
        [{"text": topic, "callback_data": data("topic", mark_of(topic), tries)}] for topic in topics
    ]
    begin = [asker.button("new_ticket", "topic", mark_of(""), tries)]
    return Screen(asker.say(key if topics else "held_begin"), rows or [begin])


def _which(asker: Asker, tickets: Sequence[MyTicketsMeOpenTickets], tries: int = 0) -> Screen:
    """The question for a ticket."""
    rows: list[list[Button]] = [
        [
            {
                "text": named(one.number, one.topic),
                "callback_data": data("place", mark_of_ticket(one.id), tries),
            }
        ]
        for one in tickets
    ]
    begin = [asker.button("new_ticket", "new", "", tries)]
    return Screen(asker.say("held_ticket"), [*rows, begin])


async def _answer(
    query: CallbackQuery, asker: Asker, press: Pressed, answer: Awaitable[str]
) -> None:
    """Take the answer to a question; words of the outcome stand in its place."""
    try:
        told = await answer
    except Refusal as refusal:
        if refusal.code not in ANSWERED:
            await show(await _anew(asker, press.value + 1), query)
        raise
    await tell(query, "")
    await show(Screen(told), query)


async def _anew(asker: Asker, tries: int) -> Screen:
    me = (await asker.api.my_tickets()).me
    if me.held_messages and me.open_tickets:
        return _which(asker, me.open_tickets, tries)
    return _about(asker, await _topics(asker), "choose_topic", tries)


def _answer_id(query: CallbackQuery, turn: Turn, press: Pressed) -> str:
    """The id of the command behind a question: it is answered once, whatever is pressed again."""
    if query.message is None:
        return turn.command_id
    where = f"{query.message.chat.id}:{query.message.message_id}"
    return f"tg:{turn.account.bot_id}:asked:{where}:{press.value}"


async def _choose(asker: Asker, command_id: str, topic: str) -> str:
    """Choose a topic; returns what to tell: the number, or that the question may come."""
    chosen = await asker.api.choose_topic(command_id, topic, profile_of(asker.user))
    number = chosen.choose_topic.number
    if number is not None:
        return await accepted(asker, number, topic)
    return asker.say("write_about", topic=topic) if topic else asker.say("write_question")


async def _place(asker: Asker, command_id: str, ticket_id: str) -> str:
    placed = (await asker.api.place_messages(command_id, ticket_id)).place_messages
    return asker.say("placed", number=placed.number)
