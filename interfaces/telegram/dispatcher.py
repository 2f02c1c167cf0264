"""From an update to its handler, and from what went wrong to words.

One dispatcher a role; many bots feed it. It holds no state: whatever must last is in the API.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypeAlias

import structlog
from aiogram import Bot, Dispatcher, Router
from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery, Message, Update
from aiogram.types.update import UpdateTypeLookupError

from interfaces.telegram.clients import clients
from interfaces.telegram.comments import Comments
from interfaces.telegram.conversations import conversations
from interfaces.telegram.executors.chats import chats
from interfaces.telegram.executors.claims import Claims
from interfaces.telegram.executors.contacts import contacts
from interfaces.telegram.executors.orders import orders
from interfaces.telegram.executors.phones import phones
from interfaces.telegram.executors.starts import starts
from interfaces.telegram.explaining import explanation, is_news
from interfaces.telegram.histories import histories
from interfaces.telegram.languages import languages
from interfaces.telegram.messages import messages
from interfaces.telegram.pressing import stale
from interfaces.telegram.ratings import ratings
from interfaces.telegram.readiness import readiness
from interfaces.telegram.revisions import Revisions
from interfaces.telegram.saying import say, tell
from interfaces.telegram.settings import Settings
from interfaces.telegram.staff import Staff
from interfaces.telegram.threads import thread_of, threads
from interfaces.telegram.tickets import Tickets
from interfaces.telegram.transport import Refusal
from interfaces.telegram.turn import Recollection, Turn, language_of
from interfaces.telegram.words import words

log = structlog.get_logger(__name__)

Json: TypeAlias = dict[str, Any]

UNSUITABLE: Final = frozenset({"NotStaff"})
"""Refusals that a group does not hear of."""


class Reception:
    """Handles the updates of all bots, each by its role."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._recollection = Recollection()
        self._roles = {
            "client": _dispatcher(
                *(clients(), conversations(), Tickets(now).router(), histories()),
                *(ratings(), languages(), stale(), messages(), readiness()),
            ),
            "manager": _dispatcher(
                *(threads(), Comments(now).router(), Revisions(now).router()),
                *(languages(), Staff(now).router(), readiness()),
            ),
            "executor": _dispatcher(
                *(chats(), Claims(now).router(), contacts(), orders(), phones()),
                *(languages(), starts(), stale(), readiness()),
            ),
            "settings": _dispatcher(Settings(now).router()),
        }

    async def receive(self, raws: Sequence[Json], bot: Bot, turn: Turn) -> None:
        """Handle one update, or those with the pieces of an album as one.

        What the API refuses is told to whoever asked; that is an end like any other. Raises
        pydantic's ValidationError, NotNow, or what a fault raises.
        """
        updates = [Update.model_validate(raw, context={"bot": bot}) for raw in raws]
        update = updates[0]
        pieces = [each.message for each in updates[1:] and updates if each.message is not None]
        turn = replace(turn, pieces=pieces, recollection=self._recollection)
        if not _is_known(update):
            log.info("passed over", update=turn.command_id)
            return
        try:
            await self._roles[turn.account.role].feed_update(bot, update, turn=turn)
        except Refusal as refused:
            log.info("refused", update=turn.command_id, code=refused.code)
            await _explain(update, refused.code, turn)

    async def apologise(self, raw: Json, bot: Bot) -> None:
        """Tell whoever sent an update that it could not be handled, if that can be found out."""
        try:
            update = Update.model_validate(raw, context={"bot": bot})
        except ValueError:
            await _apologise_blindly(raw, bot)
            return
        if update.callback_query is not None:
            language = language_of(update.callback_query.from_user)
            await tell(update.callback_query, words(language, "broken"), alert=True)
        elif update.message is not None and _is_addressed(update.message):
            language = language_of(update.message.from_user)
            await say(update.message, words(language, "broken"), reply=True)


def _dispatcher(*routers: Router) -> Dispatcher:
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_routers(*routers)
    return dispatcher


def _is_known(update: Update) -> bool:
    """Whether it is of a kind that aiogram knows; others we never asked for."""
    try:
        return bool(update.event_type)
    except UpdateTypeLookupError:
        return False


async def _explain(update: Update, code: str, turn: Turn) -> None:
    match update.callback_query or update.message:
        case CallbackQuery() as query:
            await tell(query, await explanation(code, query.from_user, turn), alert=True)
        case Message() as message if _is_addressed(message) and code not in UNSUITABLE:
            if message.from_user is not None and is_news(code, message.from_user, turn):
                told = await explanation(code, message.from_user, turn)
                await say(message, told, reply=True)
        case Message() as message if message.chat.type == "private" and message.from_user:
            language, id_ = await turn.language(message.from_user), message.from_user.id
            await say(message, words(language, "stranger", telegram_id=id_))
        case _:
            pass


def _is_addressed(message: Message) -> bool:
    """Whether a person wrote it to the bot: in private, or in a discussion."""
    if message.from_user is None or message.from_user.is_bot or message.is_automatic_forward:
        return False
    return message.chat.type == "private" or thread_of(message) is not None


async def _apologise_blindly(raw: Json, bot: Bot) -> None:
    """The update is not what aiogram knows: it may still say in which private chat it was sent."""
    match raw:
        case {"message": {"chat": {"id": int(chat_id), "type": "private"}}} if chat_id > 0:
            try:
                await bot.send_message(chat_id, words("ru", "broken"))
            except AiogramError as error:
                log.warning("not said", error=type(error).__name__)
        case _:
            pass
