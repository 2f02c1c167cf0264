"""Comments: what the staff writes under a ticket's post goes to the client, or stays a note."""

from typing import Final

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import Message, User

from interfaces.telegram.client.enums import Kept, MessageKind
from interfaces.telegram.client.input_types import ContentInput, ThreadInput
from interfaces.telegram.contents import content_of, is_too_long, place_of
from interfaces.telegram.saying import say
from interfaces.telegram.transport import Refusal
from interfaces.telegram.turn import Turn, language_of
from interfaces.telegram.words import refusal, words

NOTE: Final = ("//", "/note")
REMEMBERED: Final = 10_000


class Comments:
    """Handlers of the manager bot; remembers whom it has told that they are not heard."""

    def __init__(self) -> None:
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
        await say(message, words("ru", "comment_anonymous"), reply=True)

    async def comment(self, message: Message, turn: Turn) -> None:
        """Somebody comments under a post, perhaps a ticket's."""
        user, thread, content = message.from_user, thread_of(message), content_of(message)
        if user is None or thread is None or content is None:
            return
        try:
            hint = await _keep(message, user, thread, content, turn)
        except Refusal as refused:
            if refused.code == "NotFound":  # not the post of a ticket
                return
            hint = self._explained(refused, user, turn)
        if hint is not None:
            await say(message, hint, reply=True)

    def _explained(self, refused: Refusal, user: User, turn: Turn) -> str | None:
        language = language_of(user)
        if refused.code != "NotStaff":
            return refusal(language, refused.code)
        return words(language, "comment_of_stranger") if self._first(turn, user.id) else None

    def _first(self, turn: Turn, who: int) -> bool:
        """Whether somebody has not been told yet; forgotten at a restart."""
        told = (turn.account.bot_id, who)
        if told in self._told:
            return False
        if len(self._told) >= REMEMBERED:
            self._told.clear()
        self._told.add(told)
        return True


async def _keep(
    message: Message, user: User, thread: ThreadInput, content: ContentInput, turn: Turn
) -> str | None:
    """Post a comment or add a note; returns the hint that its writer must see."""
    language = language_of(user)
    if is_too_long(content):
        return words(language, "too_long")
    note = _note_in(content)
    if note is not None:
        return await _note(message, user, thread, note, turn)
    if content.kind is MessageKind.UNSUPPORTED:
        await _note(message, user, thread, content, turn)
        return words(language, "comment_unsupported")
    if content.kind is MessageKind.TEXT and content.text.startswith("/"):
        return words(language, "unknown_command")
    return await _post(message, user, thread, content, turn)


async def _note(
    message: Message, user: User, thread: ThreadInput, note: ContentInput, turn: Turn
) -> str | None:
    if note.kind is MessageKind.TEXT and not note.text.strip():
        return words(language_of(user), "empty_note")
    await turn.acting_for(user).add_note(turn.command_id, note, place_of(message), thread)
    return None


async def _post(
    message: Message, user: User, thread: ThreadInput, content: ContentInput, turn: Turn
) -> str | None:
    api, language = turn.acting_for(user), language_of(user)
    posted = await api.post_message(turn.command_id, content, place_of(message), thread=thread)
    told = posted.post_message
    if turn.said_before(replayed=told.replayed):
        return None
    if told.kept is Kept.HELD_BY_OTHER:
        return words(language, "held_by_other", number=told.number)
    return words(language, "kept_closed", number=told.number) if told.kept is Kept.CLOSED else None


def _note_in(content: ContentInput) -> ContentInput | None:
    """The note in a text or caption that begins with its sign."""
    for sign in NOTE:
        rest = content.text.removeprefix(sign)
        if rest != content.text and (sign == "//" or not rest or rest[0].isspace()):
            return content.model_copy(update={"text": rest.strip(), "entities": None})
    return None


def thread_of(message: Message) -> ThreadInput | None:
    """The discussion that a message of a group belongs to; None outside of any."""
    root = message.message_thread_id
    reply = message.reply_to_message
    if root is None and reply is not None:
        root = reply.message_thread_id or reply.message_id
    return None if root is None else ThreadInput(groupId=message.chat.id, rootId=root)
