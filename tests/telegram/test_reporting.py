"""What Telegram has answered is out: no trouble of ours makes it leave twice, or blocks a chat."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from infrastructure.bell import Bell
from infrastructure.bots import BotAccounts
from infrastructure.deliverer import Deliverer
from infrastructure.lanes import Lanes
from infrastructure.outbox import OUTBOX
from infrastructure.pace import Pace
from infrastructure.peers import Peers
from infrastructure.postgres import Role, pool
from infrastructure.reports import Reports
from infrastructure.telegram import Telegram
from infrastructure.token_box import TokenBox
from interfaces.sandbox.chats import GROUP
from interfaces.sandbox.membership import migrate, set_member
from interfaces.telegram.client import LedgerdeskClient
from tests.telegram.api import ANSWERS, eventually, refused
from tests.telegram.conftest import PACE, SECRET, TICKET, Desk

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("P16")]
REPORTED = {
    "message": "ConfirmDelivery",
    "card": "ShowCard",
    "post": "ConfirmPost",
    "group_post": "OpenThread",
    "offer": "ShowOffer",
}


@asynccontextmanager
async def delivering_without_a_pool(desk: Desk) -> AsyncGenerator[None]:
    """The outbox is worked on, and nobody can check out a connection beside it."""
    await desk.connect_bot(desk.managers, "manager")
    closed = pool(desk.dsn, Role.GATEWAY, name="closed")
    async with closed:
        [account] = await BotAccounts(closed, TokenBox.of(SECRET)).all()
    stop = asyncio.Event()
    async with aiohttp.ClientSession() as session, Bell(desk.dsn, Role.GATEWAY, "outbox") as bell:
        url, key = desk.settings.graphql_url, account.service_key
        reports = Reports(lambda _: LedgerdeskClient(session, url, key))
        pace = Pace(PACE, asyncio.get_running_loop().time)
        telegram, serving = Telegram(session, desk.root), {account.bot_id: account}
        peers = Peers(serving, BotAccounts(closed, TokenBox.of(SECRET)))
        deliverer = Deliverer(telegram, reports, peers, pace, closed)
        lanes = Lanes(desk.dsn, OUTBOX, deliverer.work, deliverer.room, bell)
        task = asyncio.create_task(lanes.run(stop))
        try:
            yield
        finally:
            stop.set()
            lanes.wake()
            await asyncio.wait_for(task, 15)


@pytest.mark.parametrize("kind", REPORTED)
async def test_neither_a_busy_api_nor_a_lost_database_sends_a_letter_twice(
    quiet_desk: Desk, kind: str
) -> None:
    desk, operation = quiet_desk, REPORTED[kind]
    desk.api.script[operation] = [503, 503, {"data": ANSWERS[operation]}]
    report = {"kind": kind, "ticket": str(TICKET), "message": "7", "offer": str(TICKET)}
    async with delivering_without_a_pool(desk):
        await desk.send("sendMessage", desk.managers, desk.group.id, {"text": "x"}, report=report)
        await desk.api.wait(operation)
        desk.look(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name LIKE 'outbox %%'"
        )
        assert await desk.settled() == [("sent", "not reported: the API is busy: HTTP 503")]
    assert desk.texts(desk.group) == ["x"]
    told = {str(asked.variables) for asked in desk.api.of(operation)}
    assert (len(desk.api.of(operation)), len(told)) == (3, 1)


async def test_an_api_that_answers_nonsense_does_not_block_a_chat_for_ever(desk: Desk) -> None:
    desk.api.script["ShowCard"] = [refused("InternalError")]
    report = {"kind": "card", "ticket": str(TICKET)}
    await desk.send("sendMessage", desk.managers, desk.group.id, {"text": "1"}, report=report)
    await desk.send("sendMessage", desk.managers, desk.group.id, {"text": "2"})
    await eventually(lambda: desk.texts(desk.group) == ["1", "2"], 20.0)
    [(outcome, error), second] = await desk.settled()
    assert (outcome, second) == ("sent", ("sent", None))
    assert "InternalError" in error
    assert len(desk.api.of("ShowCard")) == 5


async def test_a_group_that_has_moved_is_reported_where_it_is_now(desk: Desk) -> None:
    group = desk.world.chat("Старая", kind=GROUP, owner=desk.anna)
    set_member(desk.world, group, desk.managers.user, "administrator")
    moved = migrate(desk.world, group)
    desk.api.script["ShowCard"] = [503, {"data": ANSWERS["ShowCard"]}]
    report = {"kind": "card", "ticket": str(TICKET)}
    for text in "12":
        await desk.send("sendMessage", desk.managers, group.id, {"text": text}, report=report)
    assert [outcome for outcome, _ in await desk.settled()] == ["sent", "sent"]
    assert desk.texts(moved) == ["1", "2"]
    chats = {asked.variables["place"]["chatId"] for asked in desk.api.of("ShowCard")}
    assert chats == {moved.id}
    told = [asked.variables for asked in desk.api.of("MigrateGroup")]
    assert {(one["fromId"], one["toId"]) for one in told} == {(group.id, moved.id)}
    assert any(one["commandId"].startswith("moved:") for one in told)
    desk.world.journal.violations.clear()  # writing to the old id was on purpose
