"""The peer of the relay: an aiogram bot that copies what clients write into a group, and no more.

Run as a process of its own: TOKEN, root of the Bot API, id of the group.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message


async def relay(token: str, root: str, group_id: int) -> None:
    """Poll and copy until the process is ended."""
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(root)))
    dispatcher = Dispatcher()

    async def copy(message: Message) -> None:
        await bot.send_message(group_id, f"{message.chat.full_name}: {message.text}")

    dispatcher.message.register(copy)
    await dispatcher.start_polling(  # pyright: ignore[reportUnknownMemberType]
        bot, handle_signals=False, polling_timeout=30
    )


if __name__ == "__main__":
    asyncio.run(relay(sys.argv[1], sys.argv[2], int(sys.argv[3])))
