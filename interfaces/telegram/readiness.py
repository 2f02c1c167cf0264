"""Readiness: a bot's place in a company's chat has changed, so the desk is looked at again."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import ChatMemberUpdated

from interfaces.telegram.turn import Turn


def readiness() -> Router:
    """For client bots and manager bots."""
    router = Router()
    router.my_chat_member.register(look, F.chat.type != ChatType.PRIVATE)
    return router


async def look(_: ChatMemberUpdated, turn: Turn) -> None:
    """The bot was added to a chat or removed, or its rights are others now."""
    await turn.itself().check_readiness(turn.command_id)
