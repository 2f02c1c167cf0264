"""The settings bot: from an owner's press or words to the screen that answers them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

import structlog
from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandStart
from aiogram.types import CallbackQuery, Message, User

from interfaces.telegram.buttons import Outdated
from interfaces.telegram.memory import Memory
from interfaces.telegram.owners import (
    bots,
    desks,
    executors,
    homes,
    hours,
    invitations,
    languages,
    members,
    pipelines,
    policies,
    reports,
    rules,
    surfaces,
    targets,
    texts,
    tickets,
    topics,
)
from interfaces.telegram.owners.buttons import NOWHERE, Asked, Pressed, asked, pressed
from interfaces.telegram.owners.owner import Answer, Misunderstood, Owner, Press, Shown
from interfaces.telegram.saying import PROBLEMS, say, tell
from interfaces.telegram.screens import Question, Screen, question_in, send, show
from interfaces.telegram.transport import Refusal
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import LANGUAGES, refusal, spoken

log = structlog.get_logger(__name__)

PRESSES: Final[Mapping[str, Press]] = {
    **desks.PRESSES,
    **homes.PRESSES,
    **bots.PRESSES,
    **executors.PRESSES,
    **rules.PRESSES,
    **topics.PRESSES,
    **hours.PRESSES,
    **targets.PRESSES,
    **texts.PRESSES,
    **reports.PRESSES,
    **policies.PRESSES,
    **pipelines.PRESSES,
    **languages.PRESSES,
    **surfaces.PRESSES,
    **members.PRESSES,
    **invitations.PRESSES,
    **tickets.PRESSES,
}
ANSWERS: Final[Mapping[str, Answer]] = {
    **desks.ANSWERS,
    **bots.ANSWERS,
    **topics.ANSWERS,
    **hours.ANSWERS,
    **targets.ANSWERS,
    **texts.ANSWERS,
    **reports.ANSWERS,
}
SHUT_OUT: Final = frozenset({"NotStaff", "NotAllowed"})
"""Refusals after which asking again makes no sense."""
REMEMBERED: Final = 3600.0  # seconds


class Settings:
    """Handlers of the settings bot.

    Whoever was asked something may just write, without replying: the last question is remembered
    for an hour.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._asked: Memory[int, Asked | None] = Memory(REMEMBERED)

    def router(self) -> Router:
        """Commands, buttons and answers; everything else is told what there is."""
        router = Router(name="settings")
        router.message.filter(F.chat.type == ChatType.PRIVATE, F.from_user.is_bot.is_(False))
        router.message.register(self.start, CommandStart())
        router.message.register(self.list_desks, Command("desks"))
        router.message.register(self.choose_language, Command("language"))
        router.message.register(self.explain, Command("help"))
        router.message.register(self.hear)
        router.callback_query.register(self.press)
        return router

    async def start(self, message: Message, turn: Turn, bot: Bot) -> None:
        """Somebody opens the bot."""
        if owner := await self._owner(message.from_user, turn, bot):
            await self._send(await desks.first(owner), message, owner)

    async def list_desks(self, message: Message, turn: Turn, bot: Bot) -> None:
        """Somebody wants to see their companies."""
        if owner := await self._owner(message.from_user, turn, bot):
            await self._send(await desks.desks(owner), message, owner)

    async def choose_language(self, message: Message, turn: Turn, bot: Bot) -> None:
        """Somebody wants to be spoken to in another language."""
        if owner := await self._owner(message.from_user, turn, bot):
            await self._send(languages.own(owner), message, owner)

    async def explain(self, message: Message, turn: Turn, bot: Bot) -> None:
        """Somebody asks what the bot can do."""
        if owner := await self._owner(message.from_user, turn, bot):
            await self._send(desks.explained(owner), message, owner)

    async def press(self, query: CallbackQuery, turn: Turn, bot: Bot) -> None:
        """Somebody presses a button of ours, or of somebody else's making."""
        owner = await self._owner(query.from_user, turn, bot)
        if owner is None:
            return
        owner = replace(owner, show=partial(show, query=query))
        try:
            said = pressed(query.data)
            act = PRESSES.get(said.action, _outdated)
            shown = await act(replace(owner, workspace_id=said.workspace_id), said)
        except Outdated:
            await tell(query, owner.say("outdated"), alert=True)
            return
        except Refusal as refused:
            log.info("refused", update=turn.command_id, code=refused.code)
            await tell(query, _why(owner, refused), alert=True)
            return
        await tell(query, shown.note if isinstance(shown, Screen) else "")
        self._remember(owner, shown)
        await show(shown, query)

    async def hear(self, message: Message, turn: Turn, bot: Bot) -> None:
        """Somebody answers a question, or just writes; a bot's token does not stay in the chat."""
        owner = await self._owner(message.from_user, turn, bot)
        if owner is None:
            return
        text = message.text or message.caption or ""
        secret = bots.TOKEN.search(text) is not None
        if secret and not await _taken_away(message):
            await say(message, owner.say("delete_the_token"), reply=True)
        question = asked(question_in(message)) or self._asked.get(owner.user.id)
        if secret and (question is None or question.field != "token"):
            await self._send(Screen(owner.say("token_unasked")), message, owner)
        elif question is None:
            await self._send(Screen(owner.say("owner_hint")), message, owner)
        else:
            await self._send(await _answered(owner, question, text), message, owner)

    async def _owner(self, user: User | None, turn: Turn, bot: Bot) -> Owner | None:
        """Whoever writes or presses, outside any company."""
        if user is None:
            return None
        name, language = (await bot.me()).username or "", await turn.language(user)
        return Owner(turn, user, language, name, self._now(), NOWHERE, _unseen)

    async def _send(self, shown: Shown, message: Message, owner: Owner) -> None:
        self._remember(owner, shown)
        await send(shown, message)

    def _remember(self, owner: Owner, shown: Shown) -> None:
        question = asked(shown.link) if isinstance(shown, Question) else None
        self._asked.keep(owner.user.id, question)


async def _unseen(_: Screen) -> None:
    """Answers are quick: nothing is shown before the end."""


async def _outdated(_: Owner, _pressed: Pressed) -> Shown:
    raise Outdated


async def _unasked(_: Owner, _answer: str, _about: str) -> Shown:
    raise Outdated


async def _answered(owner: Owner, question: Asked, text: str) -> Shown:
    """What an answer leads to: a screen, or the question again with what was wrong."""
    inside = replace(owner, workspace_id=question.workspace_id)
    if not text.strip():
        return inside.ask_again(owner.say("text_wanted"), question)
    try:
        return await ANSWERS.get(question.field, _unasked)(inside, text, question.about)
    except Misunderstood as wrong:
        return inside.ask_again(owner.say(wrong.key), question)
    except Refusal as refused:
        log.info("refused", update=owner.command_id, code=refused.code)
        if refused.code in SHUT_OUT:
            return Screen(_why(owner, refused))
        return inside.ask_again(_why(owner, refused), question)
    except Outdated:
        return Screen(owner.say("owner_hint"))


def _why(owner: Owner, refused: Refusal) -> str:
    """A refusal in words for owners, else in those for everybody."""
    special = f"owner_{refused.code}"
    if special in LANGUAGES[spoken(owner.language)]:
        return owner.say(special)
    return refusal(owner.language, refused.code)


async def _taken_away(message: Message) -> bool:
    """Delete a message; one that is not there any more is deleted."""
    try:
        await message.delete()
    except TelegramBadRequest as error:
        return "not found" in error.message
    except PROBLEMS as error:
        log.warning("not deleted", error=type(error).__name__)
        return False
    return True
