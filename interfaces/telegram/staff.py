"""The staff with the manager bot: every press, and all that is written in private."""

from collections.abc import Callable
from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from interfaces.telegram import cards
from interfaces.telegram.buttons import Outdated, pressed
from interfaces.telegram.colleagues import Colleague, Link, Outcome, asked_in, colleague, linked
from interfaces.telegram.contents import content_of
from interfaces.telegram.notes import keep_asked
from interfaces.telegram.office import deal_imports, deal_menu, surfaces
from interfaces.telegram.office.menu import ACTIONS, COMMANDS, LINKS, QUESTIONS, Shown
from interfaces.telegram.saying import tell
from interfaces.telegram.screens import Question, Screen, send, show
from interfaces.telegram.turn import Turn


class Staff:
    """Handlers of the manager bot; the clock tells how long a client has been waiting."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def router(self) -> Router:
        """Presses anywhere; in private commands, links, answers, and a hint for all else."""
        router = Router(name="staff")
        router.callback_query.register(self.press)
        router.message.filter(F.chat.type == ChatType.PRIVATE, F.from_user.is_bot.is_(False))
        router.message.register(self.start, CommandStart())
        router.message.register(self.pick, Command("channel"))
        router.message.register(self.link, F.chat_shared)
        router.message.register(self.command, Command(*COMMANDS))
        router.message.register(self.answer)
        return router

    async def press(self, query: CallbackQuery, turn: Turn) -> None:
        """Somebody presses a button: the API knows who they are, and whether they may."""
        me = await colleague(query, turn, self._now())
        if me is None:
            return
        outcome = await _done(me, query)
        await tell(query, outcome.text, alert=outcome.alert, url=outcome.url)
        if isinstance(outcome.shown, Question) and me.message is not None:
            await send(outcome.shown, me.message, reply=outcome.shown.asked is not None)
        elif outcome.shown is not None and outcome.apart and me.message is not None:
            await send(outcome.shown, me.message)
        elif outcome.shown is not None:
            await show(outcome.shown, query)
        if outcome.then is not None:
            await outcome.then()

    async def start(self, message: Message, command: CommandObject, turn: Turn) -> None:
        """A member of the staff opens the bot, perhaps by a link, or somebody wants to be one."""
        me = await colleague(message, turn, self._now())
        if me is None:
            return
        if command.args == "channel":
            await surfaces.ask(me, message)
            return
        link = linked(command.args)
        opened = LINKS.get(link.purpose) if link else None
        if link is None or opened is None:
            await send(await _greeting(me), message)
            return
        try:
            shown = await opened(me, link)
        except Outdated:  # no id in it
            shown = Screen(me.say("outdated"))
        await send(shown, message)

    async def pick(self, message: Message, turn: Turn) -> None:
        """A leader wants to choose where tickets stand."""
        me = await colleague(message, turn, self._now())
        if me is not None:
            await surfaces.ask(me, message)

    async def link(self, message: Message, turn: Turn) -> None:
        """A leader has chosen a chat."""
        me, shared = await colleague(message, turn, self._now()), message.chat_shared
        if me is not None and shared is not None:
            await send(await surfaces.link(me, message, shared), message)

    async def command(self, message: Message, command: CommandObject, turn: Turn) -> None:
        """One of the commands that show something."""
        me = await colleague(message, turn, self._now())
        if me is not None:
            await send(await COMMANDS[command.command](me, command.args or ""), message)

    async def answer(self, message: Message, turn: Turn) -> None:
        """The reply to a question, or anything else."""
        me, asked = await colleague(message, turn, self._now()), asked_in(message)
        if me is None:
            return
        try:
            shown = await (_answered(me, message, asked) if asked else _unasked(me, message))
        except Outdated:  # what the question was about is gone
            shown = Screen(me.say("outdated"))
        table = asked is None and message.document is not None
        await send(shown or Screen(me.say("manager_hint")), message, reply=table)


async def _answered(me: Colleague, message: Message, asked: Link) -> Shown | None:
    """What the reply to a question leads to; None if it is no reply to it."""
    content = content_of(message, me.turn.pieces)
    if asked.purpose == "n" and content is not None:
        await keep_asked(me, message, content, asked.id)
        return Screen(me.say("noted"))
    answered = QUESTIONS.get(asked.purpose)
    return await answered(me, asked, message.text) if answered and message.text else None


async def _unasked(me: Colleague, message: Message) -> Shown | None:
    """What a table of deals or the number of one leads to; None: it is neither."""
    if message.document is not None:
        return await deal_imports.offer(me)
    return await deal_menu.numbered(me, message.text or "")


async def _done(me: Colleague, query: CallbackQuery) -> Outcome:
    about, message = pressed(query.data), query.message
    action = cards.ACTIONS.get(about.action) if about else None
    if about and action is None and message and message.chat.type == ChatType.PRIVATE:
        action = ACTIONS.get(about.action)
    try:
        if about is not None and action is not None:
            return await action(me, about)
    except Outdated:  # no such thing as it is about
        pass
    return Outcome(me.say("outdated"), alert=True)


async def _greeting(me: Colleague) -> Screen:
    myself = (await me.api.myself()).me
    if myself.person is None:
        return Screen(me.say("stranger", telegram_id=me.user.id))
    name = myself.person.name
    texts = [me.say("manager_greeting", name=name), me.say("manager_help")]
    return Screen("\n\n".join([*texts, *await deal_menu.help_of(me)]))
