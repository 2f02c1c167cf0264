"""Comments: what the staff writes in a ticket's thread goes to the client, or stays a note."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import Message

from interfaces.telegram.client.enums import MessageKind
from interfaces.telegram.client.input_types import ContentInput
from interfaces.telegram.colleagues import Colleague, asked_in, colleague
from interfaces.telegram.contents import content_of, is_too_long, place_of
from interfaces.telegram.notes import keep, keep_asked, note_in
from interfaces.telegram.office.canned_replies import kept_hint
from interfaces.telegram.orders import carry_out
from interfaces.telegram.saying import say
from interfaces.telegram.threads import Discussion, Discussions, thread_of
from interfaces.telegram.transport import NotNow, Refusal
from interfaces.telegram.turn import Turn
from interfaces.telegram.words import refusal, words

REMEMBERED: Final = 10_000
PATIENT: Final = 4  # tries, while the API may not yet know of a discussion


class Comments:
    """Handlers of the manager bot; until a restart it remembers whom it told they are not heard."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._discussions = Discussions()
        self._told: set[tuple[int, int]] = set()

    def router(self) -> Router:
        """Comments of people and of anonymous admins; those of bots are nobody's words."""
        router = Router(name="comments")
        group = F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})
        router.message.register(self.turn_away, group, F.sender_chat)
        router.message.register(self.comment, group, F.from_user.is_bot.is_(False))
        return router

    async def turn_away(self, message: Message, turn: Turn) -> None:
        """Nobody can tell who wrote: an anonymous admin, or a channel."""
        anonymous = message.sender_chat
        if anonymous is None or thread_of(message) is None or content_of(message) is None:
            return
        if message.is_automatic_forward or not self._first(turn, anonymous.id):
            return
        language = (await turn.itself().desk_language()).me.workspace.language
        await say(message, words(language, "comment_anonymous"), reply=True)

    async def comment(self, message: Message, turn: Turn) -> None:
        """Somebody writes in a group, perhaps in a ticket's thread."""
        there = self._discussions.of(message, turn)
        content = content_of(message, turn.pieces)
        me = await colleague(message, turn, self._now()) if there and content else None
        if me is None or there is None or content is None:
            return
        try:
            hint = await _heard(me, message, there, content)
        except Refusal as refused:
            if refused.code == "NotFound":
                hint = _unplaced(me, message, there)
            else:
                hint = self._explained(me, refused)
        if hint is not None:
            await say(message, hint, reply=True)

    def _explained(self, me: Colleague, refused: Refusal) -> str | None:
        if refused.code != "NotStaff":
            return refusal(me.language, refused.code)
        return me.say("comment_of_stranger") if self._first(me.turn, me.user.id) else None

    def _first(self, turn: Turn, who: int) -> bool:
        """Whether somebody has not been told yet; forgotten at a restart."""
        told = (turn.account.bot_id, who)
        if told in self._told:
            return False
        if len(self._told) >= REMEMBERED:
            self._told.clear()
        self._told.add(told)
        return True


def _unplaced(me: Colleague, message: Message, there: Discussion) -> str | None:
    """The hint to who commented on a ticket that the API does not know; raises NotNow at first.

    Comments on a company's own posts concern no ticket: nothing is said.
    """
    reply = message.reply_to_message
    ours = reply is not None and reply.from_user and reply.from_user.id == me.turn.account.bot_id
    if there.ticket_id is None and not ours:
        return None
    if me.turn.tries < PATIENT:
        raise NotNow("the API does not know of this discussion yet")
    return me.say("comment_unplaced")


async def _heard(
    me: Colleague, message: Message, there: Discussion, content: ContentInput
) -> str | None:
    """Keep, obey or pass on what was written; returns the hint that its writer must see."""
    if is_too_long(content):
        return me.say("too_long")
    asked, note = asked_in(message), note_in(content)
    if asked is not None and asked.purpose == "n":
        await keep_asked(me, message, content, asked.id)
        return None
    if note is not None:
        return await keep(me, message, note, there)
    if content.kind is MessageKind.UNSUPPORTED:
        await keep(me, message, content, there)
        return me.say("comment_unsupported")
    if content.text.startswith("/"):
        return await carry_out(me, message, there, content.text)
    return await _post(me, message, there, content)


async def _post(
    me: Colleague, message: Message, there: Discussion, content: ContentInput
) -> str | None:
    reply = message.reply_to_message
    if reply is not None and reply.message_id == there.thread.root_id:
        reply = None
    posted = await me.api.post_message(
        me.command_id,
        content,
        place_of(message),
        reply_to=place_of(reply) if reply else None,
        quote=message.quote.text if message.quote else "",
        ticket_id=there.ticket_id,
        thread=there.named,
        signed_as=signatures(message),
    )
    told = posted.post_message
    if me.turn.said_before(replayed=told.replayed):
        return None
    return kept_hint(me, told.kept, told.number)


def signatures(message: Message) -> list[str]:
    """The names that Telegram shows with a message."""
    user = message.from_user
    names = (user.first_name, user.last_name, user.username) if user else ()
    return [name for name in (*names, message.author_signature) if name]
