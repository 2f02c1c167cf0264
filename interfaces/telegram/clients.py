"""Clients as the client bot meets them: they start it, ask what it can do, block it, come back."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.filters import Command, CommandStart
from aiogram.types import ChatMemberUpdated, Message

from application.clients import client_id
from interfaces.telegram.askers import Asker, Button, asking
from interfaces.telegram.client.enums import TextKind
from interfaces.telegram.contents import profile_of
from interfaces.telegram.saying import say
from interfaces.telegram.transport import Refusal
from interfaces.telegram.turn import Turn


def clients() -> Router:
    """Handlers of the client bot."""
    router = Router(name="clients")
    private = F.chat.type == ChatType.PRIVATE
    router.message.register(start, private, CommandStart(), F.from_user)
    router.message.register(explain, private, Command("help"), F.from_user)
    gone = F.new_chat_member.status == ChatMemberStatus.KICKED
    router.my_chat_member.register(leave, private, gone)
    back = F.old_chat_member.status == ChatMemberStatus.KICKED
    router.my_chat_member.register(come_back, private, back)
    return router


async def start(message: Message, turn: Turn) -> None:
    """Somebody starts the bot."""
    user = message.from_user
    if user is None:
        return
    known = await turn.acting_for(user).register_client(turn.command_id, profile_of(user))
    if turn.said_before(replayed=known.register_client.replayed):
        return
    asker = await asking(user, turn)
    own, name = await asker.own_text(TextKind.GREETING), user.first_name
    text = asker.say("greeting", name=name) if own is None else own.replace("{name}", name)
    await say(message, text, rows=_menu(asker))


async def explain(message: Message, turn: Turn) -> None:
    """Somebody asks what the bot can do."""
    if message.from_user is not None:
        asker = await asking(message.from_user, turn)
        await say(message, asker.say("help"), rows=_menu(asker))


async def leave(event: ChatMemberUpdated, turn: Turn) -> None:
    """A client blocks the bot: nothing can be delivered any more."""
    client = str(client_id(turn.account.workspace_id, event.chat.id))
    try:
        await turn.itself().mark_unreachable(turn.command_id, client, "bot was blocked by the user")
    except Refusal as refusal:
        if refusal.code != "NotFound":  # who never wrote is no client yet
            raise


async def come_back(event: ChatMemberUpdated, turn: Turn) -> None:
    """A client lets the bot write again: the thread learns of it before they have written."""
    user = event.from_user
    await turn.acting_for(user).register_client(turn.command_id, profile_of(user))


def _menu(asker: Asker) -> list[list[Button]]:
    return [[asker.button("new_ticket", "new"), asker.button("my_tickets", "tickets")]]
