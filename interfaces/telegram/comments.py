"""Comments: what the staff writes under a ticket's post goes to the client, or stays a note."""

from dataclasses import dataclass
from typing import Final

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import Message, User

from interfaces.telegram.client.enums import Kept, MessageKind
from interfaces.telegram.client.input_types import ContentInput, ThreadInput
from interfaces.telegram.contents import content_of, is_too_long, place_of
from interfaces.telegram.saying import say
from interfaces.telegram.threads import is_root, ticket_of
from interfaces.telegram.transport import NotNow, Refusal
from interfaces.telegram.turn import Turn, language_of
from interfaces.telegram.words import refusal, words

NOTE: Final = ("//", "/note")
REMEMBERED: Final = 10_000
PATIENT: Final = 4  # tries, while the API may not yet know of a discussion


@dataclass(frozen=True, slots=True)
class Discussion:
    """Where a comment was written: the ticket, if the first message of the discussion tells it."""

    thread: ThreadInput
    ticket_id: str | None

    @property
    def named(self) -> ThreadInput | None:
        """The discussion, where it must name the ticket."""
        return self.thread if self.ticket_id is None else None


class Comments:
    """Handlers of the manager bot.

    Remembers until a restart whom it has told that they are not heard, and the tickets of the
    discussions whose first message it has seen: a reply to another comment does not show it.
    """

    def __init__(self) -> None:
        self._told: set[tuple[int, int]] = set()
        self._tickets: dict[tuple[int, int, int], str] = {}

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
        there = Discussion(thread, self._ticket(message, thread, turn))
        try:
            hint = await _keep(message, user, there, content, turn)
        except Refusal as refused:
            if refused.code == "NotFound":
                hint = _unplaced(message, user, there, turn)
            else:
                hint = self._explained(refused, user, turn)
        if hint is not None:
            await say(message, hint, reply=True)

    def _ticket(self, message: Message, thread: ThreadInput, turn: Turn) -> str | None:
        bot_id, root = turn.account.bot_id, message.reply_to_message
        place = (bot_id, thread.group_id, thread.root_id)
        if root is not None and root.message_id == thread.root_id and is_root(root, bot_id):
            ticket_id = ticket_of(root)
            if ticket_id is not None:
                if len(self._tickets) >= REMEMBERED:
                    self._tickets.clear()
                self._tickets[place] = str(ticket_id)
        return self._tickets.get(place)

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


def _unplaced(message: Message, user: User, there: Discussion, turn: Turn) -> str | None:
    """The hint to who commented on a ticket that the API does not know; raises NotNow at first.

    Comments on a company's own posts concern no ticket: nothing is said.
    """
    reply = message.reply_to_message
    ours = reply is not None and reply.from_user and reply.from_user.id == turn.account.bot_id
    if there.ticket_id is None and not ours:
        return None
    if turn.tries < PATIENT:
        raise NotNow("the API does not know of this discussion yet")
    return words(language_of(user), "comment_unplaced")


async def _keep(
    message: Message, user: User, there: Discussion, content: ContentInput, turn: Turn
) -> str | None:
    """Post a comment or add a note; returns the hint that its writer must see."""
    language = language_of(user)
    if is_too_long(content):
        return words(language, "too_long")
    note = _note_in(content)
    if note is not None:
        return await _note(message, user, there, note, turn)
    if content.kind is MessageKind.UNSUPPORTED:
        await _note(message, user, there, content, turn)
        return words(language, "comment_unsupported")
    if content.kind is MessageKind.TEXT and content.text.startswith("/"):
        return words(language, "unknown_command")
    return await _post(message, user, there, content, turn)


async def _note(
    message: Message, user: User, there: Discussion, note: ContentInput, turn: Turn
) -> str | None:
    if note.kind is MessageKind.TEXT and not note.text.strip():
        return words(language_of(user), "empty_note")
    await turn.acting_for(user).add_note(
        turn.command_id, note, place_of(message), there.ticket_id, there.named
    )
    return None


async def _post(
    message: Message, user: User, there: Discussion, content: ContentInput, turn: Turn
) -> str | None:
    api, language = turn.acting_for(user), language_of(user)
    posted = await api.post_message(
        turn.command_id,
        content,
        place_of(message),
        ticket_id=there.ticket_id,
        thread=there.named,
    )
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
