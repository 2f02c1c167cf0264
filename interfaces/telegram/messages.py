"""Messages of clients: each goes into a ticket, or is held until its place is known.

Telegram tells bots of edits and reactions, but not of deletions: a client takes a message back by
replying to it with /del.
"""

from typing import Final

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import Message, MessageReactionUpdated, ReactionTypeEmoji

from interfaces.telegram.askers import Asker, asking
from interfaces.telegram.client.enums import MessageKind
from interfaces.telegram.client.input_types import PlaceInput
from interfaces.telegram.client.post_message import PostMessagePostMessage
from interfaces.telegram.contents import content_of, is_too_long, place_of, profile_of
from interfaces.telegram.conversations import accepted, ask_again, ask_where
from interfaces.telegram.saying import say
from interfaces.telegram.transport import Refusal
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import words

UNCHANGING: Final = frozenset({MessageKind.LOCATION, MessageKind.VENUE, MessageKind.UNSUPPORTED})
"""Kinds whose changes are no new words: a live location moves by itself."""


def messages() -> Router:
    """Handlers of the client bot; the last, since they take every message of a person."""
    router = Router(name="messages")
    private, person = F.chat.type == ChatType.PRIVATE, F.from_user.is_bot.is_(False)
    router.message.register(withdraw, private, person, Command("del"))
    router.message.register(receive, private, person)
    router.edited_message.register(edit, private, person)
    router.message_reaction.register(react, private)
    return router


async def receive(message: Message, turn: Turn) -> None:
    """A client writes."""
    user, content = message.from_user, content_of(message, turn.pieces)
    if user is None or content is None:
        return
    if is_too_long(content):
        await say(message, words(await turn.language(user), "too_long"))
        return
    reply, quote = message.reply_to_message, message.quote
    try:
        posted = await turn.acting_for(user).post_message(
            turn.command_id,
            content,
            place_of(message),
            profile_of(user),
            place_of(reply) if reply else None,
            quote.text if quote else "",
        )
    except Refusal as refusal:
        if refusal.code == "TooMuchIsHeld" and turn.is_first(user, "asked"):
            await ask_again(await asking(user, turn), message)
        raise
    told = posted.post_message
    if turn.said_before(replayed=told.replayed):
        return
    if told.asked or told.opened or told.reopened:
        await _confirm(message, await asking(user, turn), told)
    if content.kind is MessageKind.UNSUPPORTED:
        await say(message, words(await turn.language(user), "unsupported"), reply=True)


async def _confirm(message: Message, asker: Asker, told: PostMessagePostMessage) -> None:
    """Say what became of a message, or ask where it belongs."""
    if told.asked is not None:
        first = asker.turn.is_first(asker.user, "asked")
        if first or not told.asked_again:
            await ask_where(asker, message, told.asked)
    elif told.opened and told.number is not None:
        await say(message, await accepted(asker, told.number))
    elif told.reopened:
        await say(message, asker.say("reopened_by_reply", number=told.number))


async def edit(message: Message, turn: Turn) -> None:
    """A client rewrites a message; one that is in no ticket is none of ours."""
    user, content = message.from_user, content_of(message)
    if user is None or content is None or content.kind in UNCHANGING or is_too_long(content):
        return
    await turn.acting_for(user).edit_message(turn.command_id, place_of(message), content)


async def react(event: MessageReactionUpdated, turn: Turn) -> None:
    """A client puts emoji under a message, or takes them away; only plain ones are told."""
    if event.user is None:
        return
    place = PlaceInput(chatId=event.chat.id, messageId=event.message_id)
    emoji = [one.emoji for one in event.new_reaction if isinstance(one, ReactionTypeEmoji)]
    await turn.acting_for(event.user).react(turn.command_id, place, emoji)


async def withdraw(message: Message, turn: Turn) -> None:
    """A client takes back the message that they reply to."""
    user, reply = message.from_user, message.reply_to_message
    if user is None:
        return
    asker = await asking(user, turn)
    if reply is None:
        await say(message, asker.say("take_back_how"))
        return
    try:
        taken = await asker.api.withdraw_message(turn.command_id, place_of(reply))
    except Refusal as refusal:
        if refusal.code not in {"NotFound", "NoSuchMessage"}:
            raise
        await say(message, asker.say("not_taken_back"), reply=True)
        return
    if not turn.said_before(replayed=taken.withdraw_message.replayed):
        await say(message, asker.say("taken_back"), reply=True)
