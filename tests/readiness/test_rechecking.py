"""A desk is looked at again: in time, when a bot's place in a chat changes, when a token dies."""

import asyncio

import aiohttp
import pytest

from infrastructure.bell import Bell
from infrastructure.bots import BotAccount, BotAccounts
from infrastructure.fleet import Fleet
from infrastructure.inbox import Inbox
from infrastructure.postgres import Role, pool
from infrastructure.telegram import Telegram
from infrastructure.token_box import TokenBox
from interfaces.sandbox.faults import Fault
from interfaces.sandbox.membership import set_member
from tests.telegram.api import eventually
from tests.telegram.conftest import SECRET, Desk, served_by_gateway

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("S1-05")]


def commands(desk: Desk) -> list[str]:
    return [str(asked.variables["commandId"]) for asked in desk.api.of("CheckReadiness")]


async def test_every_bot_that_joins_has_its_desk_looked_at_and_managers_again_and_again(
    quiet_desk: Desk,
) -> None:
    desk = quiet_desk
    await desk.connect_bot(desk.clients, "client")
    await desk.connect_bot(desk.managers, "manager")
    async with served_by_gateway(desk):
        manager, client = (f"readiness:{bot.id}:" for bot in (desk.managers, desk.clients))
        await eventually(lambda: [c for c in commands(desk) if c.startswith(client)])
        await eventually(lambda: len([c for c in commands(desk) if c.startswith(manager)]) > 1)
    assert len(set(commands(desk))) == len(commands(desk))


@pytest.mark.parametrize("role", ["client", "manager"])
async def test_a_bots_new_place_in_a_chat_is_looked_at_at_once(quiet_desk: Desk, role: str) -> None:
    desk = quiet_desk
    bot = desk.clients if role == "client" else desk.managers
    await desk.connect_bot(bot, role)
    async with served_by_gateway(desk):
        await desk.api.wait("CheckReadiness")
        set_member(desk.world, desk.group, bot.user, "member")
        await eventually(lambda: [c for c in commands(desk) if c.startswith(f"tg:{bot.id}:")])
    told = [asked.user for asked in desk.api.of("CheckReadiness")]
    assert set(told) == {None}  # the bot asks for itself


async def test_a_letter_that_is_not_let_in_has_the_desk_looked_at(quiet_desk: Desk) -> None:
    desk = quiet_desk
    await desk.connect_bot(desk.clients, "client")
    closed = Fault(
        "error", method="sendMessage", code=400, description="Bad Request: chat not found"
    )
    desk.world.faults.plan(closed)
    async with served_by_gateway(desk):
        await desk.api.wait("CheckReadiness")
        await desk.send("sendMessage", desk.clients, desk.group.id, {"text": "в группу"})
        await desk.api.wait("CheckReadiness", 2)


async def test_a_token_that_dies_is_told_of(quiet_desk: Desk) -> None:
    desk, dead, stop = quiet_desk, list[BotAccount](), asyncio.Event()
    await desk.connect_bot(desk.managers, "manager")
    await desk.connect_bot(desk.clients, "client", token=f"{desk.clients.id}:revoked")
    async with (
        pool(desk.dsn, Role.GATEWAY, name="gateway") as connections,
        aiohttp.ClientSession() as session,
        Bell(desk.dsn, Role.GATEWAY, "bot") as bell,
    ):
        accounts = BotAccounts(connections, TokenBox.of(SECRET))
        telegram, inbox = Telegram(session, desk.root), Inbox(connections)
        fleet = Fleet(desk.dsn, accounts, telegram, inbox, bell, buried=dead.append)
        serving = asyncio.create_task(fleet.run(stop))
        await eventually(lambda: [bot.bot_id for bot in dead] == [desk.clients.id])
        await eventually(lambda: list(fleet) == [desk.managers.id])
        stop.set()
        bell.ring("bot")
        await asyncio.wait_for(serving, 15)
