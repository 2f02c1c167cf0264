"""What handlers say themselves, through the HTTP session of the process and at Telegram's pace."""

import asyncio
from math import ceil
from typing import Any, Final

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from typing_extensions import override

from infrastructure.pace import Pace, TooSoon

SAYING: Final = 10.0  # seconds that a direct answer may take
PATIENCE: Final = 5.0  # seconds that it may wait for its turn
COUNTED: Final = ("send", "edit", "copy")


class SharedSession(AiohttpSession):
    """aiogram's calls through the HTTP session of the process, counted with its letters."""

    def __init__(self, shared: aiohttp.ClientSession, root: str, pace: Pace) -> None:
        super().__init__(api=TelegramAPIServer.from_base(root), timeout=SAYING)
        self._shared = shared
        self.middleware(Unhurried(pace))

    @override
    async def create_session(self) -> aiohttp.ClientSession:
        return self._shared

    @override
    async def close(self) -> None:
        """The session stays open: it is somebody else's."""


class Unhurried(BaseRequestMiddleware):
    """Waits a little until a chat may get one more message, and when Telegram says to wait.

    What would have to wait longer fails as if Telegram had refused it, with TelegramRetryAfter.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    @override
    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        chat_id: Any = getattr(method, "chat_id", None)
        if not isinstance(chat_id, int) or not method.__api_method__.startswith(COUNTED):
            return await make_request(bot, method)
        end = asyncio.get_running_loop().time() + PATIENCE
        while True:
            try:
                self._pace.spend(bot.id, chat_id)
                return await make_request(bot, method)
            except TooSoon as early:
                seconds = early.seconds
            except TelegramRetryAfter as error:
                seconds = error.retry_after
                self._pace.throttled(bot.id, chat_id, seconds)
            if asyncio.get_running_loop().time() + seconds > end:
                raise TelegramRetryAfter(method, "said too much", ceil(seconds))
            await asyncio.sleep(seconds)
