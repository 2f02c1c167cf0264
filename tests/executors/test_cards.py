"""Cards: one post for each stay on the search stage, which tells how the order stands."""

import pytest

from interfaces.sandbox import people
from interfaces.telegram.formatting import units
from tests.executors.shop import PHONE, Shop

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]


@pytest.mark.proves("S0-04", "S0-05", "S0-E5")
async def test_a_card_follows_its_deal_until_that_leaves_and_comes_again(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    deal = await shop.fair.deal("Шкаф", PHONE, stage="Новая")
    await shop.fair.move(deal, "Поиск исполнителя")
    old = await shop.card("Шкаф")
    assert [len(row) for row in (old.markup or {})["inline_keyboard"]] == [1, 1]
    await shop.order("changeDeal", dealId=deal, fields=[{"key": "pay", "value": "5000"}])
    await ivan.chat.sees(old, "Оплата: 5000")
    await shop.fair.move(deal, "Новая")
    await ivan.chat.sees(old, "Заказ снят")
    assert old.markup is None
    await shop.fair.move(deal, "Поиск исполнителя")
    new = await shop.card("Шкаф", old.id)
    assert "Заказ снят" in await ivan.takes(old)
    assert "Заказ ваш" in await ivan.takes(new)


@pytest.mark.proves("S0-E10")
async def test_a_card_that_is_too_long_is_cut_and_html_stays_text(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    work = "<b>жирно</b> & <a href='x'>" + "я😀" * 600
    for key in ("note", "more"):
        await shop.order(
            "defineField", pipelineId=shop.fair.pipeline_id, key=key, label=key, kind="TEXT"
        )
    card = await shop.offers("<i>Шкаф</i>", work=work, note="д" * 1900, more="ж" * 1900)
    assert card.text.startswith("Заказ №1\n<i>Шкаф</i>\nРаботы: <b>жирно</b> & <a href='x'>")
    assert units(card.text) <= 4096
    assert card.text.endswith("…")
    await ivan.takes(card)
    await ivan.chat.sees(card, "✅ Заказ взял(а) Иван")
    assert units(card.text) <= 4096


@pytest.mark.proves("S0-01")
async def test_people_talk_in_the_chat_and_the_bot_is_silent(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    before = len(ivan.chat.heard())
    for text in ("Всем привет", "/start", "/orders", "беру!", "@" + "x" * 5):
        ivan.chat.says(text)
    card = await shop.offers()
    ivan.chat.says("Кто берёт?", reply_to=card.id)
    await ivan.takes(card)
    await ivan.chat.hears("Заказ №1 взял")
    assert len(ivan.chat.heard()) == before + 2


async def test_a_card_that_somebody_deleted_stops_nothing(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    first = await shop.offers("Первый")
    press = ivan.press(first, "claim")
    people.delete(shop.world, first.chat, first.id)
    assert "Заказ ваш" in (await ivan.answer_to(press))["text"]
    second = await shop.offers("Второй")
    assert "Заказ ваш" in await ivan.takes(second)
    await ivan.chat.sees(second, "Заказ взял(а) Иван")
