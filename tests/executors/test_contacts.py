"""Contacts: the phone comes in private, before the claim, with a record and a limit."""

import pytest

from interfaces.sandbox.faults import Fault
from interfaces.sandbox.membership import block
from tests.executors.shop import PHONE, Shop

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
SEEN = """{ disclosures { nodes { to { name } told reason again claimed number } } }"""


@pytest.mark.proves("S0-05", "S0-06", "S0-07")
async def test_the_phone_comes_in_private_with_what_only_one_may_read(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    card = await shop.offers(work="Сборка", address="Тверская, 1", pay="3000")
    assert "Работы: Сборка" in card.text
    assert await ivan.asks(card) == "Номер отправлен вам в личные сообщения."
    told = await ivan.private.hears(PHONE)
    assert "Адрес: Тверская, 1" in told.text
    assert "Работы: Сборка" in told.text
    for one in ivan.chat.heard():
        assert PHONE[-7:] not in one.text
        assert "Тверская" not in one.text
    [seen] = (await shop.ask(SEEN))["disclosures"]["nodes"]
    assert (seen["to"]["name"], seen["told"], seen["claimed"]) == ("Иван", True, False)


@pytest.mark.proves("S0-E1")
async def test_a_press_before_the_start_is_remembered_and_answered_after_it(shop: Shop) -> None:
    ivan = shop.executor("Иван")
    card = await shop.offers()
    payload = await ivan.chat.follows("Получить номер", card)
    assert ivan.private.heard() == []
    ivan.starts(payload)
    await ivan.private.hears("Здравствуйте, Иван!")
    await ivan.private.hears(PHONE)


async def test_what_was_taken_meanwhile_is_said_after_the_start(shop: Shop) -> None:
    ivan, petr = shop.executor("Иван"), await shop.started("Пётр")
    card = await shop.offers()
    payload = await ivan.chat.follows("Получить номер", card)
    await petr.takes(card)
    ivan.starts(payload)
    told = await ivan.private.hears("уже занят")
    assert "Заказ №1" in told.text
    assert ivan.private.heard(PHONE) == []


@pytest.mark.parametrize("shop", [{"reveals": 2}], indirect=True)
async def test_nobody_collects_more_phones_an_hour_than_the_company_wants(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    cards = [await shop.offers(f"Заказ-{n}", f"+7916000000{n}") for n in range(3)]
    told = [await ivan.asks(card) for card in cards]
    assert told[:2] == ["Номер отправлен вам в личные сообщения."] * 2
    assert told[2] == "В час можно получить только 2 номера. Нажмите позже."
    assert await ivan.asks(cards[0]) == told[0]
    await ivan.private.hears("+79160000001")
    assert ivan.private.heard("+79160000002") == []


@pytest.mark.proves("S0-E9")
async def test_all_phones_of_all_contacts_are_told_and_none_is_said_to_be_none(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    deal = await shop.fair.deal("Много номеров", "+79160000001")
    more = {"name": "Сын", "phones": ["+79160000002", "8 (916) 000-00-03"]}
    await shop.order("linkContact", dealId=deal, contact=more)
    card = await shop.card("Много номеров")
    await ivan.asks(card)
    told = await ivan.private.hears("+79160000001")
    assert "Сын: +79160000002, +79160000003" in told.text
    await shop.deal_without_phone("Без номера")
    silent = await shop.card("Без номера")
    assert "Телефона клиента в заказе нет" in await ivan.asks(silent)
    assert "Заказ ваш" in await ivan.takes(silent)
    won = await ivan.private.hears("Заказ №2 ваш!")
    assert "телефона нет, спросите" in won.text


async def test_who_blocks_the_bot_is_led_back_to_it(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    card = await shop.offers()
    block(shop.world, ivan.chat.user, ivan.private.chat, blocked=True)
    await shop.until_reachable(ivan, reachable=False)
    payload = await ivan.chat.follows("Получить номер", card)
    block(shop.world, ivan.chat.user, ivan.private.chat, blocked=False)
    await ivan.private.hears(PHONE)
    ivan.starts(payload)
    await shop.until_reachable(ivan, reachable=True)


async def test_who_cannot_be_written_to_after_all_is_led_to_the_bot_next_time(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    card = await shop.offers()
    refusal = Fault("error", method="sendMessage", chat=ivan.private.chat.id, code=403)
    shop.world.faults.plan(refusal)
    await ivan.asks(card)
    await shop.until_reachable(ivan, reachable=False)
    ivan.starts(await ivan.chat.follows("Получить номер", card))
    await ivan.private.hears(PHONE)
