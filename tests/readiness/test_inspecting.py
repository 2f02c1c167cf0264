"""Readiness is looked up in Telegram: each thing that can be wrong is named, and nothing else."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import aiohttp
import pytest
import pytest_asyncio

from infrastructure.bots import BotAccounts
from infrastructure.postgres import Role, pool
from infrastructure.readiness import Inspector
from infrastructure.telegram import Telegram
from infrastructure.token_box import TokenBox
from interfaces.graphql.bots import ChatSeen, Premises
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import CHANNEL, Chat
from interfaces.sandbox.faults import Fault
from interfaces.sandbox.membership import set_member
from tests.telegram.conftest import ACME, SECRET, Desk

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("S1-04", "S1-05")]
Breaking = Callable[[Desk], object]


@dataclass
class Inspection:
    """A complete desk in the sandbox and who looks at it."""

    desk: Desk
    inspector: Inspector

    @property
    def premises(self) -> Premises:
        return Premises(ACME, "channel", self.desk.channel.id, self.desk.group.id)

    async def found(self, premises: Premises | None = None) -> list[str]:
        return await self.inspector.inspect(premises or self.premises)


@dataclass
class Executors:
    """The executors' bot of that desk, and the chat where it shows orders."""

    inspection: Inspection
    bot: Bot
    chat: Chat

    async def found(self, *more: int) -> list[str]:
        premises = self.inspection.premises._replace(executors_chats=(self.chat.id, *more))
        return await self.inspection.found(premises)


@pytest_asyncio.fixture
async def nobody(quiet_desk: Desk) -> AsyncIterator[Inspection]:
    """No bot is connected."""
    async with (
        pool(quiet_desk.dsn, Role.DESK, name="inspector", max_size=2) as connections,
        aiohttp.ClientSession() as session,
    ):
        accounts = BotAccounts(connections, TokenBox.of(SECRET))
        yield Inspection(quiet_desk, Inspector(accounts, Telegram(session, quiet_desk.root)))


@pytest_asyncio.fixture
async def inspection(nobody: Inspection) -> Inspection:
    await nobody.desk.connect_bot(nobody.desk.clients, "client")
    await nobody.desk.connect_bot(nobody.desk.managers, "manager")
    return nobody


def place(desk: Desk, chat: Chat, bot: Bot, status: str, *without: str) -> None:
    rights = dict.fromkeys(without, False)
    set_member(desk.world, chat, bot.user, status, rights=rights or None)


def unlink(desk: Desk) -> None:
    desk.channel.linked = desk.group.linked = None


def link_elsewhere(desk: Desk) -> None:
    unlink(desk)
    desk.world.chat("Другая группа", owner=desk.anna, linked=desk.channel)


def protect(desk: Desk) -> None:
    desk.group.protected = True


def slow_down(desk: Desk) -> None:
    desk.group.slow_mode = 30


def leave(desk: Desk) -> None:
    place(desk, desk.group, desk.managers, "left")
    place(desk, desk.group, desk.clients, "left")


BROKEN: dict[str, tuple[list[str], Breaking]] = {
    "nothing": ([], lambda _: None),
    "the bot is out of the channel": (
        ["channel_unreachable"],
        lambda desk: place(desk, desk.channel, desk.managers, "left"),
    ),
    "it may not post": (
        ["channel_post_right"],
        lambda d: place(d, d.channel, d.managers, "administrator", "can_post_messages"),
    ),
    "it may not edit or delete": (
        ["channel_edit_right", "channel_delete_right"],
        lambda d: place(
            d, d.channel, d.managers, "administrator", "can_edit_messages", "can_delete_messages"
        ),
    ),
    "there are no comments": (["discussion_missing"], unlink),
    "comments are in another group": (["discussion_changed"], link_elsewhere),
    "both bots are out of the group": (["group_unreachable", "client_bot_not_in_group"], leave),
    "the manager bot is a member like any other": (
        ["manager_bot_not_group_admin"],
        lambda d: place(d, d.group, d.managers, "member"),
    ),
    "the client bot is a member like any other": (
        ["client_bot_not_group_admin"],
        lambda d: place(d, d.group, d.clients, "member"),
    ),
    "the manager bot may not delete": (
        ["group_delete_right"],
        lambda d: place(d, d.group, d.managers, "administrator", "can_delete_messages"),
    ),
    "nothing may be copied": (["group_protected"], protect),
    "people have to wait between messages": (["group_slow_mode"], slow_down),
}


@pytest.mark.parametrize("broken", BROKEN)
async def test_what_is_wrong_is_named(inspection: Inspection, broken: str) -> None:
    lacks, breaking = BROKEN[broken]
    breaking(inspection.desk)
    assert await inspection.found() == lacks


async def test_a_member_that_reads_everything_need_be_no_admin(inspection: Inspection) -> None:
    desk = inspection.desk
    place(desk, desk.group, desk.clients, "member")
    desk.clients.privacy = False
    assert await inspection.found() == []


async def test_what_is_not_set_up_is_named_first(nobody: Inspection) -> None:
    empty = Premises(ACME, "channel", None, None)
    assert await nobody.found(empty) == ["client_bot", "manager_bot", "channel"]
    await nobody.desk.connect_bot(nobody.desk.clients, "client")
    assert await nobody.found(empty) == ["manager_bot", "channel"]


@pytest.mark.proves("S1-E11")
@pytest.mark.parametrize(
    ("role", "lack"), [("client", "client_token_revoked"), ("manager", "manager_token_revoked")]
)
async def test_a_revoked_token_is_named_and_the_other_bot_still_looks(
    inspection: Inspection, role: str, lack: str
) -> None:
    desk = inspection.desk
    revoked = desk.clients if role == "client" else desk.managers
    await desk.connect_bot(revoked, role, token=f"{revoked.id}:revoked")
    assert await inspection.found() == [lack]


async def test_a_forum_needs_topics_and_the_right_to_make_them(inspection: Inspection) -> None:
    desk = inspection.desk
    forum = Premises(ACME, "forum", None, desk.group.id)
    unlink(desk)
    place(desk, desk.group, desk.managers, "administrator", "can_manage_topics")
    assert await inspection.found(forum) == ["not_a_forum", "topics_right"]
    assert await inspection.found(forum._replace(surface="group")) == []
    desk.group.is_forum = True
    place(desk, desk.group, desk.managers, "administrator")
    assert await inspection.found(forum) == []


@pytest_asyncio.fixture
async def executors(inspection: Inspection) -> Executors:
    """The desk with a third bot, which is a member of one more group."""
    desk = inspection.desk
    bot = desk.world.bot("50000004:executor-secret", "desk_orders_bot")
    chat = desk.world.chat("Мастера", owner=desk.anna)
    place(desk, chat, bot, "member")
    await desk.connect_bot(bot, "executor")
    return Executors(inspection, bot, chat)


async def test_a_bot_that_is_a_member_of_its_chat_shows_orders(executors: Executors) -> None:
    assert await executors.found() == []
    assert await executors.inspection.found() == ["executors_chat"]


@pytest.mark.parametrize("status", ["left", "kicked", "restricted"])
async def test_a_bot_that_cannot_write_in_one_of_its_chats_shows_no_orders_there(
    executors: Executors, status: str
) -> None:
    desk = executors.inspection.desk
    other = desk.world.chat("Курьеры", owner=desk.anna)
    place(desk, other, executors.bot, status)
    assert await executors.found(other.id) == ["executor_bot_not_in_chat"]
    place(desk, other, executors.bot, "administrator")
    assert await executors.found(other.id) == []


async def test_the_token_of_the_executors_bot_is_looked_at_too(executors: Executors) -> None:
    bot = executors.bot
    desk = executors.inspection.desk
    await desk.connect_bot(bot, "executor", token=f"{bot.id}:revoked")
    assert await executors.found() == ["executor_token_revoked"]
    nowhere = Premises(ACME, "channel", None, None)
    assert await executors.inspection.found(nowhere) == [
        "channel",
        "executor_token_revoked",
        "executors_chat",
    ]


@pytest.mark.parametrize("code", [429, 500, 502])
async def test_half_a_look_is_none(inspection: Inspection, code: int) -> None:
    desk = inspection.desk
    place(desk, desk.group, desk.clients, "member")
    desk.world.faults.plan(Fault("error", method="getChat", code=code))
    assert await inspection.found() == ["telegram_unreachable"]
    assert await inspection.found() == ["client_bot_not_group_admin"]


async def test_a_chat_is_told_with_the_group_of_its_comments(inspection: Inspection) -> None:
    desk, look = inspection.desk, inspection.inspector.chat
    channel, group = desk.channel.id, desk.group.id
    assert await look(ACME, channel) == ChatSeen(channel, CHANNEL, "Заявки", group, False)
    seen = await look(ACME, group)
    assert seen is not None
    assert (seen.kind, seen.linked_id) == ("supergroup", channel)
    assert await inspection.inspector.linked_group(ACME, channel) == group
    assert not await inspection.inspector.is_forum(ACME, group)
    foreign = desk.world.chat("Чужой канал", kind=CHANNEL, owner=desk.klim)
    assert await look(ACME, foreign.id) is None
