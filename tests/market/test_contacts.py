"""The phone of the client: in private, before the claim, never in the chat."""

import pytest

from interfaces.sandbox import people
from tests.market.market import PHONE, Market

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
SEEN = """query ($id: ID!) { disclosures(offerId: $id) { nodes {
  to { name } told reason again claimed } } }"""


@pytest.mark.proves("S0-06", "S0-07")
async def test_whoever_asks_is_told_the_phone_in_private_and_the_chat_never_is(
    market: Market,
) -> None:
    ivan, petr = await market.started("Иван"), await market.started("Пётр")
    deal = await market.deal(
        f"Мойка, звонить {PHONE}",
        fields={"work": "тел. 8 916 123-45-67", "address": "Тверская, 1", "pay": "3000"},
    )
    card = await market.card("Мойка")
    for one in (ivan, petr):
        assert await one.asks(card) == "Номер отправлен вам в личные сообщения."
        told = await one.private.hears(PHONE)
        assert "Адрес: Тверская, 1" in told.text
        assert "Договорились? Заберите заказ" in told.text
    assert "Заказ ваш" in await petr.takes(card)
    await petr.chat.sees(card, "взял(а) Пётр")
    for said in ivan.chat.heard():
        bare = "".join(sign for sign in said.text if sign.isdigit())
        assert "9161234567" not in bare
        assert "Тверская" not in said.text
    [offer] = await market.offers_of(deal)
    seen = (await market.ask(SEEN, id=offer["id"]))["disclosures"]["nodes"]
    first = {one["to"]["name"]: (one["told"], one["again"]) for one in seen if not one["again"]}
    assert first == {"Иван": (True, False), "Пётр": (True, False)}


@pytest.mark.proves("S0-E1")
async def test_a_press_before_the_start_opens_the_bot_and_is_answered_after_it(
    market: Market,
) -> None:
    ivan = market.executor("Иван-новичок")
    card = await market.offered("Карниз", contact={"name": "Лев", "phones": ["+79160001122"]})
    payload = await ivan.chat.follows("Получить номер", card)
    assert ivan.private.heard() == []
    ivan.starts(payload)
    await ivan.private.hears("+79160001122")
    petr = market.executor("Пётр-новичок")
    petr.starts(await petr.chat.follows("Забрать заказ", card))
    won = await petr.private.hears("+79160001122")
    assert "Заказ №" in won.text
    people.say(market.world, petr.chat.user, petr.private.chat, "/orders")
    await petr.private.hears("Карниз")


@pytest.mark.proves("S0-E9")
async def test_all_phones_of_all_contacts_are_told_and_none_is_said_to_be_none(
    market: Market,
) -> None:
    ivan = await market.started("Иван")
    two = ["+79160000001", "8 (916) 000-00-02"]
    deal = await market.deal("Много номеров", contact={"name": "Мать", "phones": two})
    son = {"name": "Сын", "phones": ["+79160000003"]}
    await market.order("linkContact", dealId=deal, contact=son)
    await market.order("linkContact", dealId=deal, contact={"name": "Кот"})
    await ivan.asks(await market.card("Много номеров"))
    told = await ivan.private.hears("Мать: +79160000001, +79160000002")
    assert "Сын: +79160000003" in told.text
    assert "Кот: телефона нет" in told.text
    silent = await market.offered("Без номера", contact={"name": "Аноним"})
    assert "Телефона клиента в заказе нет" in await ivan.asks(silent)
    assert "Заказ ваш" in await ivan.takes(silent)
    await ivan.private.hears("Аноним: телефона нет")
