"""Executors in the settings bot: the third bot, and the groups where it shows orders."""

import pytest

from tests.owners.conftest import BOTS, DONE, Office, answer, desk_seen
from tests.telegram.api import Json

pytestmark = pytest.mark.asyncio(loop_scope="module")
TOKEN = "7712345678:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-pc"
BOT: Json = {"id": 73, "role": "EXECUTOR", "username": "romashka_orders_bot"}
MASTERS: Json = {"chatId": -1001234567890, "title": "Мастера"}
COURIERS: Json = {"chatId": -1001234567891, "title": "Курьеры"}


def with_chats(office: Office, *chats: Json, lacks: tuple[str, ...] = ()) -> None:
    """The company has a third bot, and these chats."""
    told = desk_seen(*lacks, bots=[*BOTS, BOT], executorsChats=list(chats))
    office.api.script["DeskSeen"] = [told]


async def test_the_home_offers_a_bot_for_executors_and_takes_its_token(office: Office) -> None:
    connected = {"username": "romashka_orders_bot", "position": 5}
    office.api.script["ConnectBot"] = answer(connectBot=connected)
    await office.presses("home")
    await office.finds("➕ Бот исполнителей")
    await office.presses("token", "executor")
    question = await office.hears("показывает заказы в их чате")
    said = office.says(TOKEN, reply_to=question.id)
    asked = await office.asked("ConnectBot")
    assert (asked.variables["role"], asked.variables["token"]) == ("EXECUTOR", TOKEN)
    await office.hears("✅ Бот @romashka_orders_bot подключён")
    assert said.deleted


async def test_then_it_offers_to_add_the_bot_to_a_group_as_a_member(office: Office) -> None:
    with_chats(office, lacks=("EXECUTORS_CHAT",))
    await office.presses("home")
    button = await office.finds("➕ Чат исполнителей")
    assert button["url"] == "https://t.me/romashka_orders_bot?startgroup=executors"
    await office.finds("▶️ Запустить")


async def test_chats_are_listed_and_unlinked_one_by_one(office: Office) -> None:
    with_chats(office, MASTERS, COURIERS)
    office.api.script["UnlinkExecutorsChat"] = answer(unlinkExecutorsChat={"position": 9})
    await office.presses("home")
    await office.finds("📣 Чаты исполнителей")
    await office.presses("executors")
    await office.hears("• Мастера\n• Курьеры")
    assert "✖ Курьеры" in office.labels()
    assert await office.presses("unlink", COURIERS["chatId"]) == (
        "В чате «Курьеры» заказов больше не будет"
    )
    asked = await office.asked("UnlinkExecutorsChat")
    assert asked.variables["chatId"] == COURIERS["chatId"]
    assert (await office.asked("DeskSeen")).variables == {"minPosition": 9}


@pytest.mark.parametrize("chat", [-1009, "x"])
async def test_a_chat_that_is_not_linked_is_not_unlinked(office: Office, chat: int | str) -> None:
    with_chats(office, MASTERS)
    assert (await office.presses("unlink", chat)).startswith("! ")
    assert office.api.of("UnlinkExecutorsChat") == []


async def test_without_its_bot_the_list_of_chats_is_the_home(office: Office) -> None:
    await office.presses("executors")
    await office.finds("➕ Бот исполнителей")


async def test_what_executors_lack_is_told_and_hinders_nothing(office: Office) -> None:
    with_chats(office, MASTERS, lacks=("EXECUTOR_BOT_NOT_IN_CHAT",))
    await office.presses("home")
    await office.hears("Бота исполнителей нет в чате исполнителей")
    await office.hears("✔️ Всё готово")
    await office.finds("▶️ Запустить")


async def test_a_refused_token_of_the_executors_bot_is_asked_for_again(office: Office) -> None:
    with_chats(office, MASTERS, lacks=("EXECUTOR_TOKEN_REVOKED",))
    await office.presses("home")
    await office.hears("Токен бота исполнителей больше не действует")
    await office.finds("➕ Бот исполнителей")
    await office.presses("token", "executor")
    await office.hears("Новый токен бота @romashka_orders_bot")


async def test_disconnecting_it_does_not_stop_the_desk(office: Office) -> None:
    with_chats(office, MASTERS)
    office.api.script["DisconnectBot"] = answer(disconnectBot=DONE)
    await office.presses("disconnecting", "executor")
    await office.hears("Обращения принимаются как раньше")
    assert await office.presses("disconnect", "executor") == "Бот @romashka_orders_bot отключён"
    assert (await office.asked("DisconnectBot")).variables["botId"] == 73
