"""A deal in the manager bot: what is known of it, who does the work, and what it waits for."""

import pytest

from interfaces.sandbox import people
from interfaces.sandbox.membership import set_member
from tests.helpdesk.talks import Talk
from tests.office.sales import SEARCH, Sales
from tests.telegram.keyboards import data_of, texts_of

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
CONTACT = {"name": "Клим", "phones": ["+79031110000"], "email": "klim@x.ru"}


@pytest.mark.proves("S0-14", "S3-13")
async def test_a_card_shows_the_way_of_the_deal_and_all_that_is_known(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    number = await sales.deal(vera, "Кабель", fields={"address": "Ленина 1"}, contact=CONTACT)
    card = await vera.opened(await vera.shown("/deals кабель"), f"№{number}")
    assert "Заказы: Новая → Поиск исполнителя → В работе → …" in card.text
    bold = [one for one in card.content["entities"] if one["type"] == "bold"]
    marked = [card.text[one["offset"] : one["offset"] + one["length"]] for one in bold]
    assert marked == [f"№{number} Кабель", "Новая"]
    assert "Ответственный: Вера" in card.text
    assert "Адрес: Ленина 1" in card.text
    assert "☎ Клим, +79031110000, klim@x.ru" in card.text
    assert "Удалить" not in str(texts_of(card))


@pytest.mark.proves("S0-11", "S0-12", "S0-E6", "S0-E13")
async def test_a_card_tells_how_the_search_goes_who_was_found_and_what_is_missing(
    sales: Sales,
) -> None:
    vera = await sales.seller("Вера")
    deal = await sales.begun(vera, "Шкаф-купе", SEARCH, contact=CONTACT)
    ivan = sales.world.user("Иван", username="ivan_master")
    set_member(sales.world, sales.company.executors_chat, ivan, "member")
    chat = Talk(sales.world, ivan, sales.company.executors_chat)
    post = await chat.hears("Шкаф-купе")
    card = await vera.card(deal["number"])
    assert "🔎 Ищем исполнителя, 0 нажатий" in card.text
    await chat.presses("Забрать", post)
    await vera.talk.hears("не хватает")
    await vera.turned(card, "Поля", "Что изменить?")
    await vera.turned(card, "Назад", "⏳ CRM ждёт: исполнитель есть, заполните Адрес, Срок")
    await vera.turned(card, "Этап", "На какой этап")
    asked = await vera.opened(card, "В работе")
    asked = await vera.replied(asked, "Ленина 1", "Срок?")
    shown = await vera.replied(asked, "1.12.2026", "Исполнитель: ")
    assert "Исполнитель: Иван @ivan_master\nОтветственный: Вера" in shown.text
    revoke = data_of(shown, "Отозвать заказ")
    sure = await vera.turned(shown, "Отозвать заказ", "Отозвать заказ у исполнителя (Иван)?")
    asked = await vera.opened(sure, "с причиной")
    told = await vera.replied(asked, "не приехал", "Заказ отозван")
    again = await chat.until(
        lambda: next((one for one in chat.heard("Шкаф-купе", post.id) if one.markup), None), "card"
    )
    assert data_of(again, "Забрать")
    await vera.turned(told, "К сделке", "🔎 Ищем исполнителя")
    assert "Иван" not in told.text
    assert await vera.press(told, revoke) == "! Эта кнопка устарела."


async def test_who_leads_deletes_a_deal_and_its_history_stays(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    deal = await sales.begun(vera, "Ошибка")
    card = await sales.olga.card(deal["number"])
    assert "Удалить" not in str((await vera.card(deal["number"])).markup)
    await sales.olga.turned(card, "Удалить", "Удалить сделку")
    await sales.olga.turned(card, "Удалить", "🗑 Сделка удалена.")
    assert (await sales.told(deal["dealId"]))["deleted"]
    history = await sales.olga.turned(card, "История", "Удалена")
    assert "Сделка открыта: Ошибка" in history.text
    assert "Ошибка" not in (await vera.shown("/deals ошибка")).text.replace("«ошибка»", "")


async def test_a_link_opens_a_deal(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    deal = await sales.begun(vera, "Кабель")
    payload = f"d_{deal['dealId'].replace('-', '')}"
    said = people.start(sales.world, vera.talk.user, sales.company.managers_bot, payload)
    assert f"№{deal['number']} Кабель" in (await vera.answer(said.id)).text
