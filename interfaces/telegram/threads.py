"""Threads: where a ticket is discussed in a group, whatever the company's surface.

Under a channel's post it is the discussion of the post's copy, in a plain group the replies to the
ticket's message, in a forum the ticket's topic; Telegram names all three by one number.
"""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from aiogram import F, Router
from aiogram.types import Message, MessageOriginChannel

from interfaces.telegram.client.input_types import ThreadInput
from interfaces.telegram.turn import Turn

LINK: Final = re.compile(r"https://t\.me/[A-Za-z0-9_]+\?start=t_([0-9a-f]{32})")
REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Discussion:
    """Where something was written: the ticket, if the first message of the thread tells it."""

    thread: ThreadInput
    ticket_id: str | None

    @property
    def named(self) -> ThreadInput | None:
        """The thread, where it must name the ticket."""
        return self.thread if self.ticket_id is None else None


class Discussions:
    """Remembers until a restart the tickets of the threads whose first message was seen.

    A reply to another comment does not show it.
    """

    def __init__(self) -> None:
        self._tickets: dict[tuple[int, int, int], str] = {}

    def of(self, message: Message, turn: Turn) -> Discussion | None:
        """The discussion that a message of a group belongs to; None outside of any."""
        thread = thread_of(message)
        if thread is None:
            return None
        bot_id, root = turn.account.bot_id, message.reply_to_message
        place = (bot_id, thread.group_id, thread.root_id)
        if root is not None and root.message_id == thread.root_id and is_root(root, bot_id):
            ticket_id = ticket_of(root)
            if ticket_id is not None:
                if len(self._tickets) >= REMEMBERED:
                    self._tickets.clear()
                self._tickets[place] = str(ticket_id)
        return Discussion(thread, self._tickets.get(place))


def threads() -> Router:
    """Handlers of the manager bot."""
    router = Router(name="threads")
    router.message.register(open_thread, F.is_automatic_forward.is_(True))
    router.message.register(follow, F.migrate_to_chat_id)
    return router


async def open_thread(message: Message, turn: Turn) -> None:
    """A channel's post came into its group; a company's own posts concern no ticket."""
    ticket_id, origin = ticket_of(message), message.forward_origin
    if ticket_id is None or not isinstance(origin, MessageOriginChannel):
        return
    await turn.itself().open_thread(
        turn.command_id, str(ticket_id), message.chat.id, message.message_id, origin.message_id
    )


async def follow(message: Message, turn: Turn) -> None:
    """Telegram has given the group another id."""
    if message.migrate_to_chat_id is not None:
        await turn.itself().migrate_group(
            turn.command_id, message.chat.id, message.migrate_to_chat_id
        )


def thread_of(message: Message) -> ThreadInput | None:
    """The thread that a message of a group belongs to; None outside of any."""
    root, reply = message.message_thread_id, message.reply_to_message
    if root is None and reply is not None:
        root = reply.message_thread_id or reply.message_id
    return None if root is None else ThreadInput(groupId=message.chat.id, rootId=root)


def is_root(message: Message, bot_id: int) -> bool:
    """Whether a ticket's link in it may be believed: Telegram or the bot itself put it there."""
    ours = message.from_user is not None and message.from_user.id == bot_id
    return ours or bool(message.is_automatic_forward)


def ticket_of(message: Message) -> UUID | None:
    """The ticket whose post this is, by the link in it."""
    for entity in message.entities or ():
        found = LINK.fullmatch(entity.url or "")
        if found:
            return UUID(hex=found[1])
    return None
