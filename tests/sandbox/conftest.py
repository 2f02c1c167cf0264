"""A running sandbox on a free port of loopback, and unmodified aiogram bots that talk to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Update

from interfaces.sandbox import bots, people
from interfaces.sandbox.chats import CHANNEL, Chat
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.serving import served
from interfaces.sandbox.specification import validate_update
from interfaces.sandbox.users import User
from interfaces.sandbox.wire import Json
from interfaces.sandbox.world import Forwarding, World

if TYPE_CHECKING:
    from tests.sandbox.phones import Phones

KINDS = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "message_reaction_count",
]
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0\0\0\x10" + b"\0\0\0\x20" + b"\0" * 20


@dataclass
class Company:
    """A channel with comments, two bots in it, an owner, two managers and a client."""

    world: World
    root: str
    session: AiohttpSession
    anna: User
    boris: User
    vera: User
    client: User
    channel: Chat
    group: Chat
    manager: bots.Bot
    clients: bots.Bot
    polled: dict[int, int] = field(default_factory=dict[int, int])

    def bot(self, account: bots.Bot) -> Bot:
        """An aiogram bot of this account."""
        return Bot(account.token, session=self.session)

    async def ask(self, account: bots.Bot, method: str, **fields: object) -> Json:
        """The whole answer to a call as a program without a library would get it."""
        url = f"{self.root}/bot{account.token}/{method}"
        async with (await self.session.create_session()).post(url, json=fields) as response:
            return await response.json()

    async def emu(self, operation: str, **body: object) -> Json:
        """One operation of the control interface."""
        url = f"{self.root}/emu/{operation}"
        async with (await self.session.create_session()).post(url, json=body) as response:
            return await response.json()

    @property
    def talk(self) -> Chat:
        """The client's talk with the client bot."""
        return self.world.private(self.clients, self.client)

    async def updates(self, account: bots.Bot, wanted: int = 1, timeout: int = 2) -> list[Update]:
        """The next updates of a bot: at least the wanted number, unless the time is over."""
        bot = self.bot(account)
        found: list[Update] = []
        while len(found) < wanted:
            batch = await bot.get_updates(
                offset=self.polled.get(account.id), timeout=timeout, allowed_updates=KINDS
            )
            if not batch:
                break
            self.polled[account.id] = batch[-1].update_id + 1
            found += batch
        return found

    async def silence(self) -> None:
        """Forget everything that is pending."""
        for account in self.world.bots.values():
            for update in account.updates.pending:
                validate_update(update.as_json())
            account.updates.pending.clear()

    def say(self, person: User, text: str, **more: object) -> int:
        """A person writes to the client bot."""
        chat = self.world.private(self.clients, person)
        return people.say(self.world, person, chat, text, **more).id  # type: ignore[arg-type]


def founded(world: World, root: str, session: AiohttpSession) -> Company:
    """The company with everybody in place."""
    anna, boris = world.user("Анна", username="anna"), world.user("Борис")
    vera, client = world.user("Виктор"), world.user("Клим", username="klim")
    channel = world.chat("Заявки", kind=CHANNEL, owner=anna)
    group = world.chat("Обсуждение", owner=anna, linked=channel)
    manager = world.bot("501:manager-secret", "desk_manager_bot")
    clients = world.bot("502:clients-secret", "desk_client_bot")
    for chat in (channel, group):
        for person in (boris, vera):
            set_member(world, chat, person, "member")
        set_member(world, chat, manager.user, "administrator")
    set_member(world, group, clients.user, "administrator")
    people.start(world, client, clients)
    return Company(
        world, root, session, anna, boris, vera, client, channel, group, manager, clients
    )


@pytest_asyncio.fixture
async def company() -> AsyncIterator[Company]:
    """A company in a world of its own, with its past already read."""
    world = World(seed=7, forwarding=Forwarding(delay=(0.001, 0.01)))
    async with served(world) as root:
        session = AiohttpSession(api=TelegramAPIServer.from_base(root))
        company = founded(world, root, session)
        await company.silence()
        yield company
        for account in world.bots.values():
            for update in account.updates.pending:
                if update.body.get("from_the_future") is None:
                    validate_update(update.as_json())
        await (await session.create_session()).close()


@pytest_asyncio.fixture
async def phones(company: Company, request: pytest.FixtureRequest) -> AsyncIterator["Phones"]:
    """The page in a browser; a test may ask for another width and height of the window."""
    from tests.sandbox.phones import held

    width, height = getattr(request, "param", (1440, 900))
    async with held(company, width, height) as phones:
        yield phones
