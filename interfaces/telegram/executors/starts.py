"""Executors as their bot meets them: they start it, ask what it can do, stop it, come back."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import ChatMemberUpdated, Message

from application.executors import executor_id
from interfaces.telegram.colleagues import linked, plain
from interfaces.telegram.contents import profile_of
from interfaces.telegram.executors.executor import OFFER, Executor, executor
from interfaces.telegram.executors.orders import order
from interfaces.telegram.saying import say
from interfaces.telegram.screens import Screen, send
from interfaces.telegram.transport import Refusal
from interfaces.telegram.turn import Turn


def starts() -> Router:
    """Handlers of the executors' bot in private; the last ones."""
    router = Router(name="executors")
    private = F.chat.type == ChatType.PRIVATE
    router.message.register(start, private, CommandStart(), F.from_user)
    router.message.register(explain, private, Command("help"), F.from_user)
    router.message.register(hint, private, F.from_user.is_bot.is_(False))
    gone = F.new_chat_member.status == ChatMemberStatus.KICKED
    router.my_chat_member.register(leave, private, gone)
    back = F.old_chat_member.status == ChatMemberStatus.KICKED
    router.my_chat_member.register(come_back, private, back)
    return router


async def start(message: Message, command: CommandObject, turn: Turn) -> None:
    """Somebody starts the bot: from now on they are told what they asked for, and their orders."""
    user = message.from_user
    if user is None:
        return
    api = turn.acting_for(user)
    started = (await api.start_executor(turn.command_id, profile_of(user))).start_executor
    if turn.said_before(replayed=started.replayed):
        return
    me = await executor(user, turn)
    company = (await api.company_name()).workspace.name
    greeting = me.say("executor_greeting", name=user.first_name, company=company)
    await say(message, f"{greeting}\n\n{me.say('executor_help')}")
    opened = await _opened(me, command.args, started.position)
    if opened is not None:
        await send(opened, message)


async def _opened(me: Executor, args: str | None, since: int | None) -> Screen | None:
    """The order that the link was about, if it is theirs."""
    link = linked(args)
    if link is None or link.purpose != OFFER:
        return None
    own = (await me.api.my_orders(since)).my_orders
    return next((order(me, one) for one in own if plain(one.offer_id) == link.about), None)


async def explain(message: Message, turn: Turn) -> None:
    """Somebody asks what the bot can do."""
    if message.from_user is not None:
        await say(message, (await executor(message.from_user, turn)).say("executor_help"))


async def hint(message: Message, turn: Turn) -> None:
    """Somebody writes something else."""
    if message.from_user is not None:
        await say(message, (await executor(message.from_user, turn)).say("executor_hint"))


async def leave(event: ChatMemberUpdated, turn: Turn) -> None:
    """An executor blocks the bot: nothing can be told them any more."""
    gone = str(executor_id(turn.account.workspace_id, event.chat.id))
    why = "bot was blocked by the user"
    try:
        await turn.itself().mark_executor_unreachable(turn.command_id, gone, why)
    except Refusal as refusal:
        if refusal.code != "NotFound":  # who never pressed anything is no executor yet
            raise


async def come_back(event: ChatMemberUpdated, turn: Turn) -> None:
    """An executor lets the bot write again."""
    user = event.from_user
    await turn.acting_for(user).start_executor(turn.command_id, profile_of(user))
