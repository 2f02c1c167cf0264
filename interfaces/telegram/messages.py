"""Messages of clients: each goes into a ticket; the first one opens it."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import Message

from interfaces.telegram.client.enums import MessageKind
from interfaces.telegram.contents import content_of, is_too_long, place_of, profile_of
from interfaces.telegram.saying import say
from interfaces.telegram.turn import Turn, language_of
from interfaces.telegram.words import words


def messages() -> Router:
    """Handlers of the client bot; the last, since they take every message of a person."""
    router = Router(name="messages")
    person = F.from_user.is_bot.is_(False)
    router.message.register(receive, F.chat.type == ChatType.PRIVATE, person)
    return router


async def receive(message: Message, turn: Turn) -> None:
    """A client writes."""
    user = message.from_user
    content = content_of(message)
    if user is None or content is None:
        return
    language = language_of(user)
    if is_too_long(content):
        await say(message, words(language, "too_long"))
        return
    reply = message.reply_to_message
    posted = await turn.acting_for(user).post_message(
        turn.command_id,
        content,
        place_of(message),
        profile_of(user),
        place_of(reply) if reply else None,
    )
    told = posted.post_message
    if turn.said_before(replayed=told.replayed):
        return
    if told.opened:
        await say(message, words(language, "accepted", number=told.number))
    if content.kind is MessageKind.UNSUPPORTED:
        await say(message, words(language, "unsupported"), reply=True)
