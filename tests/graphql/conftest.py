"""The API as it runs: its server, a projector and Telegram's getMe on loopback, over Postgres."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from prometheus_client import CollectorRegistry

from infrastructure.api import Api, api, listen, parts_on
from infrastructure.postgres import Limits, Role, connect
from infrastructure.token_box import TokenBox
from projections.models import MODELS
from projections.rebuilding import prepare
from projections.runner import Runner
from tests.graphql.company import CHANNEL, GROUP, Company, Service
from tests.postgres_fixture import Databases

SECRET = "for tests only: thirty-two characters at the least"
RECHECK = 0.3  # seconds: what takes longer in earnest is not waited for here
FORUM, LOCKED, ALONE, BASIC = -100333, -100444, -100555, -666
CHATS: dict[int, dict[str, object]] = {
    CHANNEL: {"type": "channel", "title": "Tickets", "linked_chat_id": GROUP},
    ALONE: {"type": "channel", "title": "No comments"},
    GROUP: {"type": "supergroup", "title": "Comments", "linked_chat_id": CHANNEL},
    FORUM: {"type": "supergroup", "title": "Forum", "is_forum": True},
    LOCKED: {"type": "supergroup", "title": "Locked", "is_forum": True},
    BASIC: {"type": "group", "title": "In Telegram's old form"},
}
RIGHTS = (
    "can_post_messages",
    "can_edit_messages",
    "can_delete_messages",
    "can_manage_topics",
)
LIMITS = Limits(statement="5s", idle_in_transaction="5s")


def telegram() -> FastAPI:
    """Knows every token whose secret begins with `good`; the bot is called after its number.

    Of chats it knows CHANNEL with GROUP as its discussion, and FORUM; every bot is an admin there,
    but for LOCKED, whose topics nobody may manage.
    """
    app = FastAPI()

    @app.post("/bot{token}/getMe")
    async def get_me(token: str) -> JSONResponse:
        number, _, secret = token.partition(":")
        if not secret.startswith("good"):
            return JSONResponse({"ok": False, "description": "Unauthorized"}, 401)
        user = {"id": int(number), "is_bot": True, "username": f"bot{number}_bot"}
        return JSONResponse({"ok": True, "result": user})

    @app.post("/bot{token}/getChat")
    async def get_chat(token: str, asked: dict[str, int]) -> JSONResponse:
        chat = CHATS.get(asked["chat_id"])
        if chat is None:
            return JSONResponse({"ok": False, "description": "Bad Request: chat not found"}, 400)
        return JSONResponse({"ok": True, "result": {"id": asked["chat_id"], **chat}})

    @app.post("/bot{token}/getChatMember")
    async def get_chat_member(token: str, asked: dict[str, int]) -> JSONResponse:
        rights = dict.fromkeys(RIGHTS, asked["chat_id"] != LOCKED)
        return JSONResponse({"ok": True, "result": {"status": "administrator", **rights}})

    return app


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


class Town:
    """The processes of an installation in one loop of a thread of its own."""

    def __init__(
        self, dsn: str, *, documents: tuple[str, ...] = (), playground: bool = True
    ) -> None:
        self.dsn = dsn
        self.documents = documents
        self.playground = playground
        self.port, self.telegram_port = free_port(), free_port()
        self.registry = CollectorRegistry()
        self.ready = threading.Event()
        self.operator_key = ""
        self.service: Any = None

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self.loop, self.stop = asyncio.get_running_loop(), asyncio.Event()
        session = partial(connect, self.dsn, Role.PROJECTOR, limits=LIMITS)
        async with await connect(self.dsn, Role.OWNER, name="prepare") as owner:
            await prepare(owner, MODELS.values())
        address = f"http://127.0.0.1:{self.telegram_port}"
        async with parts_on(self.dsn, TokenBox.of(SECRET), address) as (parts, keys):
            self.operator_key = await keys.operator("tests")
            self.parts, self.keys = parts, keys
            given = Api(
                parts=parts,
                authenticate=keys.key,
                documents=self.documents,
                playground=self.playground,
                recheck=RECHECK,
                registry=self.registry,
            )
            runners = [
                Runner(parts.feed, model, partial(session, name=name))
                for name, model in MODELS.items()
            ]
            self.runners = [asyncio.create_task(runner.run()) for runner in runners]
            serving = asyncio.create_task(listen(api(given), "127.0.0.1", self.port, self.stop))
            telling = asyncio.create_task(
                listen(telegram(), "127.0.0.1", self.telegram_port, self.stop)
            )
            self.ready.set()
            await asyncio.gather(serving, telling)
            for task in self.runners:
                task.cancel()
            await asyncio.gather(*self.runners, return_exceptions=True)

    def start(self) -> Service:
        self.thread = threading.Thread(target=self.run, name="town")
        self.thread.start()
        if not self.ready.wait(20):
            raise RuntimeError("the town did not start")
        return Service(f"http://127.0.0.1:{self.port}", self.operator_key, self)

    def stall(self) -> None:
        """Let the read models stay where they are from now on."""

        async def end() -> None:
            for task in self.runners:
                task.cancel()
            await asyncio.wait(self.runners)

        asyncio.run_coroutine_threadsafe(end(), self.loop).result(10)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join(20)


@pytest.fixture(scope="session")
def service(databases: Databases) -> Iterator[Service]:
    """The API that the tests of the folder share; every test founds companies of its own."""
    name = databases.create()
    town = Town(databases.of(name))
    started = town.start()
    yield started
    started.http.close()
    town.close()
    databases.drop(name)


@pytest.fixture
def acme(service: Service) -> Iterator[Company]:
    """A company whose desk runs: two bots, a channel, Anna and Boris."""
    with Company.founded(service, "ACME") as company:
        yield company


@pytest.fixture
def globex(service: Service) -> Iterator[Company]:
    """Another company, as complete."""
    with Company.founded(service, "Globex") as company:
        yield company
