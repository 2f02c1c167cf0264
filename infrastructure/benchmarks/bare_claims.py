"""The peer of claims: an aiogram bot that remembers in a dict who pressed first, and no more.

Run as a process of its own: TOKEN, root of the Bot API, id of the group, how many cards it posts.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup


async def race(token: str, root: str, group_id: int, cards: int) -> None:
    """Post the cards, then poll and answer until the process is ended."""
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(root)))
    dispatcher = Dispatcher()
    winners: dict[str | None, str] = {}

    async def claim(query: CallbackQuery) -> None:
        name = query.from_user.full_name
        winner = winners.setdefault(query.data, name)
        told = "Заказ ваш!" if winner == name else f"Заказ уже взял(а) {winner}."
        await query.answer(told, show_alert=True)

    for n in range(cards):
        button = InlineKeyboardButton(text="Забрать заказ", callback_data=f"bare:claim:{n}")
        keyboard = InlineKeyboardMarkup(inline_keyboard=[[button]])
        await bot.send_message(group_id, f"Заказ {n}", reply_markup=keyboard)
    dispatcher.callback_query.register(claim)
    await dispatcher.start_polling(  # pyright: ignore[reportUnknownMemberType]
        bot, handle_signals=False, polling_timeout=30
    )


if __name__ == "__main__":
    asyncio.run(race(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
