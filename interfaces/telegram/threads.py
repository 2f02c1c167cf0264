"""Threads: the manager bot finds the discussion that Telegram opens under a ticket's post."""

import re
from typing import Final
from uuid import UUID

from aiogram import F, Router
from aiogram.types import Message, MessageOriginChannel

from interfaces.telegram.turn import Turn

LINK: Final = re.compile(r"https://t\.me/[A-Za-z0-9_]+\?start=t_([0-9a-f]{32})")


def threads() -> Router:
    """Handlers of the manager bot."""
    router = Router(name="threads")
    router.message.register(open_thread, F.is_automatic_forward.is_(True))
    return router


async def open_thread(message: Message, turn: Turn) -> None:
    """A channel's post came into its group; a company's own posts concern no ticket."""
    ticket_id, origin = ticket_of(message), message.forward_origin
    if ticket_id is None or not isinstance(origin, MessageOriginChannel):
        return
    await turn.itself().open_thread(
        turn.command_id, str(ticket_id), message.chat.id, message.message_id, origin.message_id
    )


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
