"""Clients as the client bot meets them: they start it, and may block it."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.filters import Command, CommandStart
from aiogram.types import ChatMemberUpdated, Message

from application.clients import client_id
from interfaces.telegram.contents import profile_of
from interfaces.telegram.saying import say
from interfaces.telegram.transport import Refusal
from interfaces.telegram.turn import Turn, language_of
from interfaces.telegram.words import words


def clients() -> Router:
    """Handlers of the client bot."""
    router = Router(name="clients")
    private = F.chat.type == ChatType.PRIVATE
    router.message.register(start, private, CommandStart(), F.from_user)
    router.message.register(start, private, Command("help"), F.from_user)
    blocked = F.new_chat_member.status == ChatMemberStatus.KICKED
    router.my_chat_member.register(leave, private, blocked)
    return router


async def start(message: Message, turn: Turn) -> None:
    """Somebody starts the bot, or asks what it can do."""
    user = message.from_user
    if user is None:
        return
    known = await turn.acting_for(user).register_client(turn.command_id, profile_of(user))
    if not turn.said_before(replayed=known.register_client.replayed):
        await say(message, words(language_of(user), "greeting", name=user.first_name))


async def leave(event: ChatMemberUpdated, turn: Turn) -> None:
    """A client blocks the bot: nothing can be delivered any more."""
    client = str(client_id(turn.account.workspace_id, event.chat.id))
    try:
        await turn.itself().mark_unreachable(turn.command_id, client, "bot was blocked by the user")
    except Refusal as refusal:
        if refusal.code != "NotFound":  # who never wrote is no client yet
            raise
