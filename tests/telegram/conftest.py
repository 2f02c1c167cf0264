"""A gateway between the sandbox and an API of few words, on a database of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest_asyncio

from infrastructure.bot_secrets import BotSecrets
from infrastructure.gateway import serve
from infrastructure.keys import Keys
from infrastructure.outbox import enqueue
from infrastructure.postgres import Role, connect, pool
from infrastructure.settings import Settings
from infrastructure.token_box import TokenBox
from interfaces.sandbox import people
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import CHANNEL, Chat
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.messages import Message
from interfaces.sandbox.serving import served
from interfaces.sandbox.users import User
from interfaces.sandbox.world import Forwarding, World
from interfaces.telegram.calls import Call
from tests.postgres_fixture import Databases
from tests.telegram.api import Api, eventually, serving

ACME = UUID(int=1)
TICKET = UUID("6f1c2b9e-8d35-4a57-9d0e-0d2b8f1f7a11")
SECRET = "ab" * 32
PACE = 200.0


@dataclass
class Desk:
    """One company in the sandbox, served by a gateway."""

    dsn: str
    root: str
    world: World
    api: Api
    anna: User
    boris: User
    klim: User
    channel: Chat
    group: Chat
    clients: Bot
    managers: Bot
    sent: int = 0

    @property
    def settings(self) -> Settings:
        return Settings(
            database_url=self.dsn,
            telegram_api=self.root,
            telegram_pace=self.world.pace,
            api_url=self.api.url,
            secret_key=SECRET,  # type: ignore[arg-type]
            _env_file=None,  # type: ignore[call-arg]
        )

    @property
    def talk(self) -> Chat:
        """Klim's talk with the client bot."""
        return self.world.private(self.clients, self.klim)

    @property
    def office(self) -> Chat:
        """Anna's talk with the manager bot."""
        return self.world.private(self.managers, self.anna)

    def says(self, person: User, chat: Chat, text: str = "", **more: Any) -> Message:
        return people.say(self.world, person, chat, text, **more)

    def texts(self, chat: Chat) -> list[str]:
        """What bots have written in a chat."""
        return [str(m.content.get("text", "")) for m in chat.messages.values() if m.by_bot]

    async def hears(self, chat: Chat, words: str, seconds: float = 5.0) -> Message:
        """The message of a bot that has these words in it."""

        def found() -> list[Message]:
            mine = (m for m in chat.messages.values() if m.by_bot)
            return [m for m in mine if words in str(m.content.get("text", ""))]

        await eventually(found, seconds)
        return found()[0]

    async def presses(self, person: User, message: Message, data: str) -> str:
        """A press of a button: the words of the answer; alerts begin with an exclamation mark."""
        callback = people.click(self.world, person, message.chat, message.id, data=data)
        answer = await callback.wait_for_answer(5.0)
        assert answer is not None
        return ("! " if answer.get("show_alert") else "") + str(answer.get("text", ""))

    async def post(self, number: int = 7) -> Message:
        """The ticket's post in the channel, and its copy in the group."""
        link = f"https://t.me/desk_manager_bot?start=t_{TICKET.hex}"
        entity = {"type": "text_link", "offset": 0, "length": 2, "url": link}
        await self.send(
            "sendMessage",
            self.managers,
            self.channel.id,
            {"text": f"№{number}", "entities": [entity]},
            key=f"post:{number}:{self.sent}",
            report={"kind": "post", "ticket": str(TICKET)},
        )
        await eventually(lambda: any(m.copy for m in self.channel.messages.values()))
        copy = list(self.channel.messages.values())[-1].copy
        assert copy is not None
        return copy

    async def send(
        self, method: str, bot: Bot, chat_id: int, params: dict[str, Any], **about: Any
    ) -> None:
        """Put a letter into the outbox."""
        self.sent += 1
        call = Call(
            workspace_id=ACME,
            bot_id=bot.id,
            chat_id=chat_id,
            method=method,
            params={"chat_id": chat_id, **params},
            key=about.pop("key", f"letter:{self.sent}"),
            **about,
        )
        policies = await connect(self.dsn, Role.PROJECTOR, name="policies")
        async with policies, policies.transaction():
            await enqueue(policies, [call])

    def look(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            return connection.execute(query.encode(), values).fetchall()

    async def settled(self, table: str = "outbox", seconds: float = 10.0) -> list[tuple[Any, ...]]:
        """Outcomes and errors, when nothing waits any more."""
        open_ = f"SELECT FROM ledger.{table} WHERE settled_at IS NULL"
        await eventually(lambda: not self.look(open_), seconds)
        return self.look(f"SELECT outcome, last_error FROM ledger.{table} ORDER BY id")

    async def connect_bot(
        self, bot: Bot, role: str, token: str | None = None, workspace_id: UUID = ACME
    ) -> None:
        """What the API does when an admin connects a bot."""
        async with pool(self.dsn, Role.DESK, name="api") as connections:
            box = TokenBox.of(SECRET)
            secrets = BotSecrets(connections, box, Keys(connections, box), introduce_nobody)
            name = bot.user.username or ""
            await secrets.reserve(workspace_id, bot.id, role, name, token or bot.token)
            await secrets.connect(workspace_id, bot.id)


async def introduce_nobody(token: str) -> None:
    raise AssertionError(token)


def founded(dsn: str, root: str, world: World, api: Api) -> Desk:
    anna, boris = world.user("Анна", username="anna"), world.user("Борис")
    klim = world.user("Клим", username="klim")
    channel = world.chat("Заявки", kind=CHANNEL, owner=anna)
    group = world.chat("Обсуждение", owner=anna, linked=channel)
    clients = world.bot("50000001:clients-secret", "desk_client_bot")
    managers = world.bot("50000002:manager-secret", "desk_manager_bot")
    for chat in (channel, group):
        set_member(world, chat, boris, "member")
        set_member(world, chat, managers.user, "administrator")
    set_member(world, group, clients.user, "administrator")
    return Desk(dsn, root, world, api, anna, boris, klim, channel, group, clients, managers)


@asynccontextmanager
async def served_by_gateway(desk: Desk) -> AsyncIterator[None]:
    """A gateway, for as long as the block lasts."""
    stop = asyncio.Event()
    task = asyncio.create_task(serve(desk.dsn, desk.settings, stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 15)


@asynccontextmanager
async def standing(dsn: str, *, pace: float = PACE, floods: bool = False) -> AsyncIterator[Desk]:
    """The company without any bot connected and without a gateway."""
    forwarding = Forwarding(delay=(0.001, 0.01))
    world = World(seed=5, pace=pace, floods=floods, forwarding=forwarding)
    async with served(world) as root, serving(Api()) as api:
        yield founded(dsn, root, world, api)


@asynccontextmanager
async def open_desk(desk: Desk) -> AsyncIterator[Desk]:
    """The company, served; nothing that its bots send may be against the Bot API."""
    await desk.connect_bot(desk.clients, "client")
    await desk.connect_bot(desk.managers, "manager")
    async with served_by_gateway(desk):
        yield desk
    assert [entry.as_json() for entry in desk.world.journal.violations] == []


@pytest_asyncio.fixture
async def quiet_desk(database: str) -> AsyncIterator[Desk]:
    """A company of this test alone, not served."""
    async with standing(database) as desk:
        yield desk


@pytest_asyncio.fixture
async def desk(quiet_desk: Desk) -> AsyncIterator[Desk]:
    """A company of this test alone, served."""
    async with open_desk(quiet_desk) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def company(databases: Databases) -> AsyncIterator[Desk]:
    """A company that the tests of a module share, served; see `cleared`."""
    name = databases.create()
    async with standing(databases.of(name)) as quiet, open_desk(quiet) as opened:
        yield opened
    databases.drop(name)


def cleared(company: Desk) -> Desk:
    """The company as if nothing had been said in its chats, and nothing asked of its API."""
    company.api.asked.clear()
    company.api.script.clear()
    for chat in (company.group, company.channel, company.office, company.talk):
        chat.messages.clear()
    return company
