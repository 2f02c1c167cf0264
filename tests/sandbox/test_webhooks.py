"""Webhooks: in order within a chat, again until taken, with the secret."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from aiogram.exceptions import TelegramConflictError
from aiohttp import web

from interfaces.sandbox import people
from interfaces.sandbox.serving import listening
from interfaces.sandbox.wire import Json
from tests.sandbox.conftest import Company

pytestmark = pytest.mark.asyncio


@dataclass
class Receiver:
    """A web server that takes updates, or refuses as many as it is told."""

    url: str = ""
    refusals: int = 0
    tried: list[Json] = field(default_factory=list)
    taken: list[Json] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    reply: Json | None = None
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def hook(self, request: web.Request) -> web.Response:
        """Take one update."""
        update = await request.json()
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        self.tried.append(update)
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=503)
        self.taken.append(update)
        self.came.set()
        return web.json_response(self.reply) if self.reply else web.Response()

    async def have(self, number: int) -> list[Json]:
        """Wait until this many were taken."""
        while len(self.taken) < number:
            self.came.clear()
            await asyncio.wait_for(self.came.wait(), 10)
        return self.taken


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """The server on a free port of loopback."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.hook)
    runner = web.AppRunner(app)
    await runner.setup()
    bound = listening()
    await web.SockSite(runner, bound).start()
    receiver.url = f"http://127.0.0.1:{bound.getsockname()[1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_come_with_the_secret_and_are_confirmed(
    company: Company, receiver: Receiver
) -> None:
    company.say(company.client, "ещё до вебхука")
    bot = company.bot(company.clients)
    assert await bot.set_webhook(receiver.url, secret_token="s3-cret_")
    company.say(company.client, "после")
    await receiver.have(2)
    assert [each["message"]["text"] for each in receiver.taken] == ["ещё до вебхука", "после"]
    assert receiver.secrets == {"s3-cret_"}
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook"):
        await bot.get_updates()
    assert await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""


async def test_a_refused_update_comes_again_before_the_next_of_its_chat(
    company: Company, receiver: Receiver
) -> None:
    company.world.pace = 20
    receiver.refusals = 2
    await company.bot(company.clients).set_webhook(receiver.url)
    company.say(company.client, "раз")
    company.say(company.client, "два")
    await receiver.have(2)
    assert [each["message"]["text"] for each in receiver.tried] == ["раз", "раз", "раз", "два"]
    info = await company.bot(company.clients).get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503"


async def test_one_slow_chat_does_not_hold_up_another(company: Company, receiver: Receiver) -> None:
    people.start(company.world, company.vera, company.clients)
    await company.silence()
    receiver.refusals = 1
    await company.bot(company.clients).set_webhook(receiver.url)
    company.say(company.client, "упрямый")
    company.say(company.vera, "быстрый")
    await receiver.have(1)
    assert receiver.taken[0]["message"]["text"] == "быстрый"


async def test_undelivered_updates_survive_the_end_of_the_webhook(
    company: Company, receiver: Receiver
) -> None:
    bot = company.bot(company.clients)
    await bot.set_webhook("http://127.0.0.1:9/nobody")
    company.say(company.client, "терпение")
    await bot.delete_webhook()
    (update,) = await company.updates(company.clients)
    assert update.message is not None
    assert update.message.text == "терпение"


async def test_an_answer_may_carry_a_method(company: Company, receiver: Receiver) -> None:
    receiver.reply = {"method": "sendMessage", "chat_id": company.client.id, "text": "сразу"}
    await company.bot(company.clients).set_webhook(receiver.url)
    company.say(company.client, "привет")
    await receiver.have(1)
    chat = company.world.private(company.clients, company.client)
    for _ in range(200):
        if any(message.text == "сразу" for message in chat.messages.values()):
            break
        await asyncio.sleep(0.01)
    assert [message.text for message in chat.messages.values()][-1] == "сразу"
