"""Revisions: what the staff changes about comments afterwards, edits and reactions."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import Message, MessageReactionUpdated, ReactionTypeEmoji

from interfaces.telegram.client.enums import Kept
from interfaces.telegram.client.input_types import PlaceInput
from interfaces.telegram.colleagues import Colleague, colleague
from interfaces.telegram.comments import signatures
from interfaces.telegram.contents import content_of, is_too_long, place_of
from interfaces.telegram.notes import note_in
from interfaces.telegram.saying import say
from interfaces.telegram.threads import thread_of
from interfaces.telegram.transport import Refusal
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import refusal

SILENT: Final = frozenset({"NotFound", "NoSuchMessage", "NotStaff"})
"""Refusals of what concerns no comment of a manager."""
EXPLAINED: Final = {"SentAlready": "edit_is_no_note", "TellsWhoYouAre": "edit_reveals"}


class Revisions:
    """Handlers of the manager bot."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def router(self) -> Router:
        """Edits and reactions of people in groups; a post's copy changes by itself."""
        router = Router(name="revisions")
        group = F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})
        person = F.from_user.is_bot.is_(False)
        router.edited_message.register(self.edit, group, ~F.sender_chat, person)
        router.message_reaction.register(react, group, F.user)
        return router

    async def edit(self, message: Message, turn: Turn) -> None:
        """Somebody rewrote a comment; where a live location is now is no news."""
        me = await colleague(message, turn, self._now())
        if me is None or thread_of(message) is None or message.location is not None:
            return
        try:
            hint = await _rewrite(me, message)
        except Refusal as refused:
            hint = _explained(me, refused)
        if hint is not None:
            await say(message, hint, reply=True)


def _explained(me: Colleague, refused: Refusal) -> str | None:
    if refused.code in SILENT:
        return None
    key = EXPLAINED.get(refused.code)
    return me.say(key) if key else refusal(me.language, refused.code)


async def _rewrite(me: Colleague, message: Message) -> str | None:
    """Pass a new version on; returns the hint that its writer must see."""
    content = content_of(message)
    if content is None:
        return None
    if is_too_long(content):
        return me.say("too_long")
    note = note_in(content)
    if note is None and content.text.startswith("/"):
        return None
    edited = await me.api.edit_comment(
        me.command_id,
        place_of(message),
        note or content,
        signatures(message),
        note=note is not None,
    )
    stays = note is None and edited.edit_message.kept is Kept.NOTE
    return me.say("edit_stays_note") if stays else None


async def react(event: MessageReactionUpdated, turn: Turn) -> None:
    """Somebody put emoji under a message, or took them away."""
    if event.user is None:
        return
    emoji = [one.emoji for one in event.new_reaction if isinstance(one, ReactionTypeEmoji)]
    place = PlaceInput(chatId=event.chat.id, messageId=event.message_id)
    try:
        await turn.acting_for(event.user).react(turn.command_id, place, emoji)
    except Refusal as refused:
        if refused.code not in SILENT:
            raise
