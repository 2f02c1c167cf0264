"""Groups of executors: a leader adds the bot, and orders appear there; anybody else does not."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from interfaces.sandbox import people
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import GROUP, Chat
from interfaces.sandbox.membership import migrate, set_member
from interfaces.sandbox.users import User
from tests.telegram.api import Api, Asked, Json, eventually, refused
from tests.telegram.conftest import Desk, served_by_gateway

pytestmark = pytest.mark.asyncio
START = "/start@desk_orders_bot executors"


@dataclass
class Orders:
    """A desk whose executors' bot is served alone."""

    desk: Desk
    bot: Bot

    @property
    def api(self) -> Api:
        return self.desk.api

    def adds(self, by: User, chat: Chat, status: str = "member") -> None:
        set_member(self.desk.world, chat, self.bot.user, status, by=by)

    def joins(self, by: User, kind: str = "supergroup", status: str = "member") -> Chat:
        """A new group of somebody's, to which they add the bot."""
        chat = self.desk.world.chat("Мастера", kind=kind, owner=by)
        self.adds(by, chat, status)
        return chat

    def looks(self) -> list[Asked]:
        """The looks in Telegram that updates have brought about."""
        asked = self.api.of("CheckReadiness")
        return [one for one in asked if str(one.variables["commandId"]).startswith("tg:")]


@pytest_asyncio.fixture
async def orders(quiet_desk: Desk) -> AsyncIterator[Orders]:
    """The executors' bot, in no group yet."""
    bot = quiet_desk.world.bot("50000004:executor-secret", "desk_orders_bot")
    await quiet_desk.connect_bot(bot, "executor")
    async with served_by_gateway(quiet_desk):
        yield Orders(quiet_desk, bot)
    assert [entry.as_json() for entry in quiet_desk.world.journal.violations] == []


def linked(*chats: int) -> Json:
    told = [{"chatId": chat} for chat in chats]
    return {"data": {"workspace": {"language": "ru", "executorsChats": told}}}


@pytest.mark.parametrize("status", ["member", "administrator"])
@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_orders_appear_where_a_leader_adds_the_bot(
    orders: Orders, kind: str, status: str
) -> None:
    chat = orders.joins(orders.desk.anna, kind, status)
    await orders.desk.hears(chat, "В этом чате теперь появляются заказы")
    [asked] = orders.api.of("LinkExecutorsChat")
    assert (asked.user, asked.variables["chatId"]) == (orders.desk.anna.id, chat.id)
    assert asked.variables["title"] == "Мастера"
    await eventually(orders.looks)
    assert orders.looks()[0].user is None


async def test_added_by_anybody_else_it_says_who_has_to(orders: Orders) -> None:
    orders.api.script["LinkExecutorsChat"] = [refused("NotAllowed")]
    chat = orders.joins(orders.desk.klim)
    await orders.desk.hears(chat, "бота должен добавить владелец или администратор компании")


async def test_the_staffs_own_group_is_refused_in_words(orders: Orders) -> None:
    orders.api.script["LinkExecutorsChat"] = [refused("ChatIsTheStaffs")]
    chat = orders.joins(orders.desk.anna)
    await orders.desk.hears(chat, "В этой группе работают сотрудники")


async def test_nothing_is_said_where_orders_appear_already(orders: Orders) -> None:
    chat = orders.desk.world.chat("Мастера", owner=orders.desk.klim)
    orders.api.script["LinkExecutorsChat"] = [refused("NotAllowed")]
    orders.api.script["ExecutorsChats"] = [linked(chat.id)]
    orders.adds(orders.desk.klim, chat)
    await orders.api.wait("ExecutorsChats")
    same = {"data": {"linkExecutorsChat": {"position": None, "replayed": False}}}
    orders.api.script["LinkExecutorsChat"] = [same]
    orders.desk.says(orders.desk.klim, chat, START)
    await orders.api.wait("LinkExecutorsChat", 2)
    await orders.desk.settled("inbox")
    assert orders.desk.texts(chat) == []


async def test_a_leader_follows_the_link_where_the_bot_is_a_member_already(orders: Orders) -> None:
    orders.api.script["LinkExecutorsChat"] = [refused("NotAllowed")]
    chat = orders.joins(orders.desk.klim)
    await orders.desk.hears(chat, "бота должен добавить владелец")
    del orders.api.script["LinkExecutorsChat"]
    set_member(orders.desk.world, chat, orders.desk.anna, "member")
    orders.desk.says(orders.desk.anna, chat, START)
    await orders.desk.hears(chat, "В этом чате теперь появляются заказы")
    assert orders.api.of("LinkExecutorsChat")[-1].user == orders.desk.anna.id


async def test_rights_that_change_are_looked_at_and_link_nothing(orders: Orders) -> None:
    chat = orders.joins(orders.desk.anna)
    await orders.api.wait("LinkExecutorsChat")
    orders.adds(orders.desk.anna, chat, "administrator")
    orders.adds(orders.desk.anna, chat, "left")
    await eventually(lambda: len(orders.looks()) == 3)
    assert len(orders.api.of("LinkExecutorsChat")) == 1


async def test_a_group_is_followed_to_its_new_id(orders: Orders) -> None:
    chat = orders.joins(orders.desk.anna, GROUP)
    await orders.api.wait("LinkExecutorsChat")
    supergroup = migrate(orders.desk.world, chat)
    [asked] = await orders.api.wait("MigrateGroup")
    assert (asked.variables["fromId"], asked.variables["toId"]) == (chat.id, supergroup.id)
    assert asked.user is None


async def test_a_press_is_in_the_lane_of_who_pressed_and_is_answered(orders: Orders) -> None:
    chat = orders.joins(orders.desk.anna)
    message = await orders.desk.hears(chat, "В этом чате теперь появляются заказы")
    set_member(orders.desk.world, chat, orders.desk.klim, "member")
    button = {"text": "?", "callback_data": "nonsense"}
    message.old_markups.append({"inline_keyboard": [[button]]})
    callback = people.click(orders.desk.world, orders.desk.klim, chat, message.id, data="nonsense")
    answer = await callback.wait_for_answer(5.0)
    assert answer is not None
    assert "устарела" in str(answer["text"])
    [(lane,)] = orders.desk.look(
        "SELECT chat_id FROM ledger.inbox WHERE body LIKE '%%callback_query%%'"
    )
    assert lane == orders.desk.klim.id
