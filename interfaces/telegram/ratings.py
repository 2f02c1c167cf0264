"""Ratings: stars by a button, and a word about them in reply to the bot's question."""

import re
from typing import Final
from uuid import UUID

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from interfaces.telegram.askers import asking, mark_of_ticket
from interfaces.telegram.buttons import Pressed
from interfaces.telegram.contents import clean
from interfaces.telegram.marks import stars_of
from interfaces.telegram.pressing import Press, outdate
from interfaces.telegram.saying import say, tell
from interfaces.telegram.screens import Question, Screen, question_in, send, show
from interfaces.telegram.tickets import is_over
from interfaces.telegram.turn import Turn

LINK: Final = re.compile(r"https://t\.me/[A-Za-z0-9_]+\?start=r_([0-9a-f]{32})")
TEN: Final = 10


class RatingComment(Filter):
    """A reply to the bot's question about a rating; the handler is given the `ticket_id`."""

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        """Whether it is one."""
        found = LINK.fullmatch(question_in(message) or "")
        return {"ticket_id": str(UUID(hex=found[1]))} if found else False


def ratings() -> Router:
    """Handlers of the client bot."""
    router = Router(name="ratings")
    router.callback_query.register(rate, Press("rate"))
    router.message.register(comment, F.chat.type == ChatType.PRIVATE, RatingComment(), F.from_user)
    return router


async def rate(query: CallbackQuery, turn: Turn, press: Pressed) -> None:
    """The client gives stars: the units of the number; its tens are the cycle, 0: any."""
    asker = await asking(query.from_user, turn)
    cycle, stars = divmod(press.value, TEN)
    if cycle and await is_over(asker, press.ticket_id, cycle):
        await outdate(query, turn)
        return
    rated = await asker.api.rate_ticket(turn.command_id, press.ticket_id, stars)
    number = rated.rate_ticket.number
    await tell(query, asker.say("rated"))
    told = asker.say("stars_given", number=number, stars=stars_of(stars))
    again = asker.button("reopen", "reopen", press.about, cycle or None)
    await show(Screen(told, [[again]]), query)
    if isinstance(query.message, Message) and query.message.bot is not None:
        bot = (await query.message.bot.me()).username
        link = f"https://t.me/{bot}?start=r_{mark_of_ticket(press.ticket_id)}"
        question = Question(asker.say("say_why"), link, asker.say("say_why_here"))
        await send(question, query.message)


async def comment(message: Message, turn: Turn, ticket_id: str) -> None:
    """The client says why they rated so."""
    if message.from_user is None:
        return
    asker = await asking(message.from_user, turn)
    text = clean(message.text or "").strip()
    if not text:
        await say(message, asker.say("comment_in_words"), reply=True)
        return
    told = (await asker.api.comment_rating(turn.command_id, ticket_id, text)).comment_rating
    if not turn.said_before(replayed=told.replayed):
        await say(message, asker.say("commented"), reply=True)
