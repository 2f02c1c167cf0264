"""The webhook: nothing gets in without its secret, and 200 means that it is on disk."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from infrastructure.bots import BotAccounts
from infrastructure.hooks import TelegramHooks
from infrastructure.inbox import Inbox
from infrastructure.postgres import Role, pool
from infrastructure.token_box import TokenBox
from interfaces.sandbox.serving import served
from interfaces.sandbox.world import World
from interfaces.webhooks.telegram import telegram_hooks
from tests.telegram.conftest import SECRET, Desk

pytestmark = pytest.mark.asyncio
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = b'{"update_id": 5, "message": {"chat": {"id": 9}}}'


class Door:
    """The webhook of one bot, over real HTTP."""

    def __init__(
        self, desk: Desk, accounts: BotAccounts, root: str, hook: str, secret: str
    ) -> None:
        self.desk = desk
        self.accounts = accounts
        self.path = f"/telegram/{hook}"
        self.root = root
        self.secret = secret

    async def knock(
        self, body: bytes = UPDATE, headers: list[tuple[str, str]] | None = None, path: str = ""
    ) -> int:
        given = [(HEADER, self.secret)] if headers is None else headers
        async with httpx.AsyncClient(base_url=self.root) as http:
            return (await http.post(path or self.path, content=body, headers=given)).status_code

    def kept(self) -> list[tuple[object, ...]]:
        return self.desk.look("SELECT bot_id, chat_id, update_id, body FROM ledger.inbox")


@pytest_asyncio.fixture
async def door(quiet_desk: Desk) -> AsyncIterator[Door]:
    await quiet_desk.connect_bot(quiet_desk.clients, "client")
    async with pool(quiet_desk.dsn, Role.DESK, name="api") as connections:
        accounts = BotAccounts(connections, TokenBox.of(SECRET))
        [account] = await accounts.all()
        app = FastAPI()
        app.include_router(telegram_hooks(TelegramHooks(accounts, Inbox(connections))))
        async with served(World(), app=app) as root:
            yield Door(quiet_desk, accounts, root, account.hook_id, account.hook_secret)


@pytest.mark.proves("P18")
async def test_an_update_with_its_secret_is_kept_as_it_came(door: Door) -> None:
    assert await door.knock() == 200
    assert door.kept() == [(door.desk.clients.id, 9, 5, UPDATE)]


async def test_a_press_for_the_executors_bot_waits_for_nobody_elses(door: Door) -> None:
    desk, bot = door.desk, door.desk.managers
    await desk.connect_bot(bot, "executor")
    [(hook,)] = desk.look("SELECT hook_id FROM ledger.bot WHERE bot_id = %s", bot.id)
    [account] = [a for a in await door.accounts.all() if a.bot_id == bot.id]
    press = (
        b'{"update_id": 6, "callback_query": {"from": {"id": 8}, "message": {"chat": {"id": 9}}}}'
    )
    header = [(HEADER, account.hook_secret)]
    assert await door.knock(press, header, path=f"/telegram/{hook}") == 200
    assert [(kept[0], kept[1]) for kept in door.kept()] == [(bot.id, 8)]


@pytest.mark.proves("P18")
async def test_ten_times_the_same_update_at_once_is_kept_once(door: Door) -> None:
    assert await asyncio.gather(*(door.knock() for _ in range(10))) == [200] * 10
    assert len(door.kept()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(HEADER, "")],
        [(HEADER, "wrong")],
        [("X-Forwarded-For", "149.154.160.1")],
        [("X-Forwarded-For", "2001:db8::1"), (HEADER, "wrong")],
    ],
    ids=["none", "empty", "wrong", "spoofed", "spoofed v6"],
)
async def test_without_the_right_secret_nothing_gets_in(
    door: Door, headers: list[tuple[str, str]]
) -> None:
    assert await door.knock(headers=headers) == 401
    assert await door.knock(b"{" * 10_000_000, headers=headers) == 401
    assert door.kept() == []


async def test_two_secrets_are_not_one(door: Door) -> None:
    assert await door.knock(headers=[(HEADER, door.secret), (HEADER, "wrong")]) == 401
    assert await door.knock(headers=[(HEADER, door.secret), (HEADER, door.secret)]) == 401


async def test_a_secret_that_is_no_ascii_is_wrong_and_no_fault(door: Door) -> None:
    host, port = door.root.removeprefix("http://").split(":")
    request = (
        f"POST {door.path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n"
    ).encode() + f"{HEADER}: ключ\r\n\r\n{{}}".encode()

    def speak() -> bytes:
        with socket.create_connection((host, int(port)), timeout=5) as there:
            there.sendall(request)
            return there.recv(100)

    assert b" 401 " in await asyncio.to_thread(speak)


async def test_another_bots_secret_does_not_fit(door: Door) -> None:
    await door.desk.connect_bot(door.desk.managers, "manager")
    [(hook,)] = door.desk.look(
        "SELECT hook_id FROM ledger.bot WHERE bot_id = %s", door.desk.managers.id
    )
    assert await door.knock(path=f"/telegram/{hook}") == 401


async def test_an_unknown_address_is_answered_like_a_wrong_secret(door: Door) -> None:
    assert await door.knock(path="/telegram/0123456789abcdef") == 401
    assert await door.knock(path=f"/telegram/{door.desk.clients.token}") == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"update_id": null}',
        b'{"update_id": "5"}',
        b'{"update_id": 5.5}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": NaN}',
        b'{"update_id": 5, "a": "\xff\xfe"}',
        b"[" * 5000,
    ],
)
async def test_what_is_no_update_is_refused(door: Door, body: bytes) -> None:
    assert await door.knock(body) == 400
    assert door.kept() == []


async def test_a_megabyte_is_too_much(door: Door) -> None:
    body = json.dumps({"update_id": 5, "text": "x" * 1_000_001}).encode()
    assert await door.knock(body) == 413
    assert door.kept() == []


async def test_when_its_secret_cannot_be_read_telegram_must_send_it_again(door: Door) -> None:
    door.desk.look("UPDATE ledger.bot SET hook_secret = 'x' RETURNING 1")
    assert await door.knock() == 503
    assert door.kept() == []


@pytest.mark.proves("P18")
async def test_when_the_database_is_away_telegram_must_send_it_again(quiet_desk: Desk) -> None:
    nowhere = pool("postgresql://127.0.0.1:1/none", Role.DESK, name="api", min_size=0)
    await nowhere.open(wait=False)
    try:
        accounts = BotAccounts(nowhere, TokenBox.of(SECRET))
        hooks = TelegramHooks(accounts, Inbox(nowhere))
        app = FastAPI()
        app.include_router(telegram_hooks(hooks))
        async with served(World(), app=app) as root:
            assert await Door(quiet_desk, accounts, root, "any", "secret").knock() == 503
    finally:
        await nowhere.close()
