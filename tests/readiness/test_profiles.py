"""Bots get commands, menu and descriptions by themselves, once, and never late for a message."""

from collections import Counter

import pytest

from interfaces.sandbox.bots import Bot
from interfaces.sandbox.faults import Fault
from interfaces.telegram.profiles import COMMANDS, profile
from tests.telegram.api import eventually
from tests.telegram.conftest import Desk, served_by_gateway

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("S1-06")]


def shown(bot: Bot) -> list[tuple[str, ...]]:
    """The commands that the bot offers, in every language."""
    return [tuple(c["command"] for c in commands) for commands in bot.profile.commands.values()]


def digests(desk: Desk) -> set[str | None]:
    return {digest for (digest,) in desk.look("SELECT profile FROM ledger.bot")}


def said(desk: Desk) -> Counter[str]:
    """How often each thing was set."""
    methods = (entry.method for entry in desk.world.journal.entries)
    return Counter(one for one in methods if one.startswith("set"))


async def test_each_bot_presents_itself_in_its_role_and_only_once(quiet_desk: Desk) -> None:
    desk = quiet_desk
    await desk.connect_bot(desk.clients, "client")
    await desk.connect_bot(desk.managers, "manager")
    wanted = {profile("client").digest, profile("manager").digest}
    async with served_by_gateway(desk):
        await eventually(lambda: digests(desk) == wanted)
    for bot, role in ((desk.clients, "client"), (desk.managers, "manager")):
        assert shown(bot) == [COMMANDS[role]] * 2
        assert "живые люди" in bot.profile.descriptions[""] or role == "manager"
        assert "Real people" in bot.profile.descriptions["en"] or role == "manager"
        assert bot.profile.short_descriptions.keys() == {"", "en"}
        assert bot.profile.menu_buttons == {0: {"type": "commands"}}
    before = said(desk)
    async with served_by_gateway(desk):
        desk.says(desk.klim, desk.talk, "/start")
        await desk.hears(desk.talk, "Здравствуйте, Клим")
    assert said(desk) == before
    assert [entry.as_json() for entry in desk.world.journal.violations] == []


async def test_what_telegram_does_not_take_keeps_nobody_waiting(quiet_desk: Desk) -> None:
    desk = quiet_desk
    await desk.connect_bot(desk.clients, "client")
    desk.world.faults.plan(Fault("error", method="setMyCommands", code=500, times=1000))
    async with served_by_gateway(desk):
        desk.says(desk.klim, desk.talk, "/start")
        await desk.hears(desk.talk, "Здравствуйте, Клим")
        await eventually(lambda: said(desk)["setMyCommands"])
    assert said(desk)["setMyCommands"] == 1  # the next try is some seconds away
    assert digests(desk) == {None}


async def test_one_thing_that_telegram_refuses_leaves_the_others(quiet_desk: Desk) -> None:
    desk = quiet_desk
    await desk.connect_bot(desk.clients, "client")
    desk.world.faults.plan(Fault("error", method="setMyCommands", code=400))
    async with served_by_gateway(desk):
        await eventually(lambda: digests(desk) == {profile("client").digest})
    assert shown(desk.clients) == [COMMANDS["client"]]
    assert desk.clients.profile.descriptions.keys() == {"", "en"}


@pytest.mark.parametrize("role", COMMANDS)
async def test_nothing_is_longer_than_telegram_takes(role: str) -> None:
    for _, params in profile(role).sayings:
        assert len(params.get("description", "")) <= 512
        assert len(params.get("short_description", "")) <= 120
        for command in params.get("commands", ()):
            assert 3 <= len(command["description"]) <= 256
