"""Tickets as the client bot shows them: new ones by topic, the open ones, and their buttons."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, User

from interfaces.telegram.buttons import Pressed, data, pressed, topic_button, topic_mark
from interfaces.telegram.contents import profile_of
from interfaces.telegram.saying import say, tell
from interfaces.telegram.turn import Turn, language_of
from interfaces.telegram.words import words


def tickets() -> Router:
    """Handlers of the client bot."""
    router = Router(name="tickets")
    private = F.chat.type == ChatType.PRIVATE
    router.message.register(new, private, Command("new"), F.from_user)
    router.message.register(mine, private, Command("tickets"), F.from_user)
    router.callback_query.register(press)
    return router


async def new(message: Message, turn: Turn) -> None:
    """The client wants a new ticket, and is asked what about."""
    user = message.from_user
    if user is None:
        return
    language = language_of(user)
    topics = (await turn.acting_for(user).topics()).me.workspace.topics
    if topics:
        rows = [[topic_button(topic)] for topic in topics]
        await say(message, words(language, "choose_topic"), rows=rows)
    else:
        await say(message, words(language, "write_question"))


async def mine(message: Message, turn: Turn) -> None:
    """The client's open tickets, each with its buttons."""
    user = message.from_user
    if user is None:
        return
    language = language_of(user)
    me = (await turn.acting_for(user).my_tickets()).me
    if not me.open_tickets:
        await say(message, words(language, "no_tickets"))
        return
    rows: list[list[dict[str, str]]] = []
    for ticket in me.open_tickets:
        mark = "✍ " if ticket.id == me.active_ticket_id else ""
        line = words(language, "ticket_line", number=ticket.number, topic=ticket.topic).strip()
        about = ticket.id.replace("-", "")
        close = words(language, "close_number", number=ticket.number)
        rows.append(
            [
                {"text": mark + line, "callback_data": data("choose", about)},
                {"text": close, "callback_data": data("close", about)},
            ]
        )
    await say(message, words(language, "your_tickets"), rows=rows)


async def press(query: CallbackQuery, turn: Turn) -> None:
    """The client presses a button of ours, or of somebody else's making."""
    language = language_of(query.from_user)
    about = pressed(query.data)
    try:
        done = await _act(about, query.from_user, turn, language) if about else None
    except ValueError:  # no id of a ticket in it
        done = None
    if done is None:
        await tell(query, words(language, "outdated"), alert=True)
        return
    await tell(query, done)
    if about and about.action == "topic" and isinstance(query.message, Message):
        await say(query.message, done)


async def _act(about: Pressed, user: User, turn: Turn, language: str) -> str | None:
    """Do what the button says; returns what to answer, None if it says nothing any more."""
    api, command = turn.acting_for(user), turn.command_id
    match about.action:
        case "topic":
            return await _open(about.about, user, turn, language)
        case "choose":
            chosen = (await api.choose_conversation(command, about.ticket_id)).choose_conversation
            return words(language, "chosen", number=chosen.number)
        case "close":
            closed = (await api.close_ticket(command, about.ticket_id)).close_ticket
            return words(language, "client_closed", number=closed.number)
        case "reopen":
            again = (await api.reopen_ticket(command, about.ticket_id)).reopen_ticket
            return words(language, "client_reopened", number=again.number)
        case "rate":
            await api.rate_ticket(command, about.ticket_id, about.value)
            return words(language, "rated")
        case _:
            return None


async def _open(mark: str, user: User, turn: Turn, language: str) -> str | None:
    api = turn.acting_for(user)
    topics = (await api.topics()).me.workspace.topics
    topic = next((topic for topic in topics if topic_mark(topic) == mark), None)
    if topic is None:
        return None
    opened = (await api.open_ticket(turn.command_id, topic, profile_of(user))).open_ticket
    return words(language, "accepted_topic", number=opened.number, topic=topic)
