"""Connecting bots: their secrets follow what the company is now, never a late repetition."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from infrastructure.bots import BotAccount, BotAccounts
from infrastructure.postgres import Role, pool
from infrastructure.token_box import TokenBox
from tests.graphql.company import NUMBERS, RUNNING, Company, GraphQLRefused
from tests.graphql.conftest import SECRET

GONE = """mutation($id: String!, $b: BigInt!) {
  disconnectBot(input: {commandId: $id, botId: $b}) { position replayed } }"""


def token(bot: int) -> str:
    return f"{bot}:good{'x' * 31}"


def connect(company: Company, bot: int, id: str, role: str = "CLIENT") -> dict[str, Any]:
    told: dict[str, Any] = company.admin(RUNNING, t=token(bot), r=role, id=id)["connectBot"]
    return told


def disconnect(company: Company, bot: int, id: str) -> dict[str, Any]:
    told: dict[str, Any] = company.admin(GONE, b=bot, id=id)["disconnectBot"]
    return told


def working(company: Company) -> dict[int, BotAccount]:
    """The accounts of the company as the gateway finds them."""

    async def read() -> list[BotAccount]:
        async with pool(company.service.town.dsn, Role.GATEWAY, name="t", max_size=1) as reads:
            return await BotAccounts(reads, TokenBox.of(SECRET)).all()

    own = asyncio.run(read())
    return {bot.bot_id: bot for bot in own if str(bot.workspace_id) == company.workspace_id}


def alive(company: Company, bot: BotAccount) -> bool:
    answer = company.service.post(bot.service_key, {"query": "{ workspace { name } }"})
    return answer.status_code == 200


def test_a_late_retry_of_a_disconnect_does_not_touch_the_bot_connected_since(acme: Company) -> None:
    bot = acme.client_bot
    first = disconnect(acme, bot, "gone")
    connect(acme, bot, acme.new())
    before = working(acme)
    assert disconnect(acme, bot, "gone") == {**first, "replayed": True}
    assert working(acme) == before
    assert alive(acme, before[bot])


def test_a_late_retry_of_a_connect_does_not_revive_the_bot(acme: Company) -> None:
    disconnect(acme, acme.client_bot, acme.new())
    bot = next(NUMBERS)
    first = connect(acme, bot, "come")
    old = working(acme)[bot]
    disconnect(acme, bot, acme.new())
    assert connect(acme, bot, "come") == {**first, "replayed": True}
    assert bot not in working(acme)
    assert not alive(acme, old)
    assert keys_of(acme, bot) == 0


def test_a_refused_bot_leaves_no_key_behind(acme: Company) -> None:
    bot = next(NUMBERS)
    with pytest.raises(GraphQLRefused) as refused:
        connect(acme, bot, acme.new())
    assert refused.value.code == "BotRoleIsTaken"
    assert bot not in working(acme)
    assert keys_of(acme, bot) == 0


def test_a_retry_finishes_what_was_recorded_and_not_carried_over(acme: Company) -> None:
    bot = acme.client_bot
    disconnect(acme, bot, acme.new())
    connect(acme, bot, "half")
    with psycopg.connect(acme.service.town.dsn) as admin:  # as if killed after the log took it
        admin.execute("UPDATE ledger.bot SET connected = false WHERE bot_id = %s", [bot])
    assert bot not in working(acme)
    assert connect(acme, bot, "half")["replayed"]
    assert alive(acme, working(acme)[bot])


def test_orders_about_one_bot_at_the_same_time_leave_what_the_log_says(acme: Company) -> None:
    bot = acme.client_bot
    with ThreadPoolExecutor(8) as several:
        orders = [disconnect, connect] * 6
        list(several.map(lambda order: order(acme, bot, acme.new()), orders))
    state = acme.admin("query($id: ID!) { state(subject: $id) { data } }", id=acme.workspace_id)
    accounts = working(acme)
    assert (bot in accounts) == (state["state"]["data"]["bots"].get("client") == bot)
    assert all(alive(acme, account) for account in accounts.values())


def keys_of(company: Company, bot: int) -> int:
    """How many keys of the bot are valid."""
    with psycopg.connect(company.service.town.dsn) as admin:
        cursor = admin.execute(
            "SELECT count(*) FROM ledger.api_key WHERE bot_id = %s AND revoked_at IS NULL", [bot]
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0
