"""What managers change of a deal in the bot: fields, title, contacts, comments, whose it is."""

import pytest

from tests.office.sales import Sales
from tests.telegram.keyboards import data_of

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]


@pytest.mark.proves("S3-19")
async def test_fields_are_changed_by_answers_and_by_buttons(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    deal = await sales.begun(vera, "Кабель", fields={"address": "Ленина 1"})
    card = await vera.card(deal["number"])
    await vera.turned(card, "Поля", "Что изменить?")
    asked = await vera.opened(card, "Оплата")
    assert "сумму" in asked.text
    wrong = await vera.replied(asked, "много")
    assert "не подходит" in wrong.text
    assert "Оплата: 1500.50" in (await vera.replied(wrong, "1 500,50")).text
    await vera.turned(card, "Тип заявки", "Тип заявки?")
    choice = data_of(card, "Ремонт")
    await vera.turned(card, "Ремонт", "Тип заявки: Ремонт")
    await vera.turned(card, "Поля", "Что изменить?")
    await vera.turned(card, "Тип заявки: Ремонт", "Тип заявки?")
    cleared = await vera.turned(card, "Убрать значение", "Ответственный")
    assert "Тип заявки" not in cleared.text
    await vera.turned(card, "Поля", "Что изменить?")
    gone = await vera.replied(await vera.opened(card, "Адрес: Ленина 1"), "/clear")
    assert "Адрес" not in gone.text
    told = await sales.told(deal["dealId"])
    assert told["fields"] == [{"key": "pay", "value": "1500.50"}]
    kinds = ["Ремонт", "Подключение"]
    about = {"key": "type", "label": "Тип заявки", "kind": "CHOICE"}
    pipeline = sales.fair.pipeline_id
    await sales.company.graph.order("defineField", pipelineId=pipeline, choices=kinds, **about)
    assert await vera.press(card, choice) == "! Эта кнопка устарела."


async def test_a_deal_gets_another_title(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    deal = await sales.begun(vera, "Кабель")
    card = await vera.card(deal["number"])
    await vera.turned(card, "Поля", "Что изменить?")
    asked = await vera.opened(card, "Название")
    assert f"№{deal['number']} Два кабеля" in (await vera.replied(asked, "Два\nкабеля")).text
    wrong = await vera.replied(asked, "к" * 201)
    assert "Текст слишком длинный" in wrong.text
    assert (await sales.told(deal["dealId"]))["title"] == "Два кабеля"


async def test_contacts_come_and_go(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    deal = await sales.begun(vera, "Кабель")
    card = await vera.card(deal["number"])
    await vera.turned(card, "Контакты", "Контактов пока нет")
    asked = await vera.opened(card, "Контакт")
    wrong = await vera.replied(asked, "Клим +7 916 000")
    assert "Имя и телефон клиента" in wrong.text
    kept = await vera.replied(wrong, "Клим Петров, +7 916 123-45-67; 8 (903) 765-43-21 k@x.ru")
    assert "☎ Клим Петров, +79161234567, +79037654321, k@x.ru" in kept.text
    await vera.turned(kept, "Контакты", "👤 Клим Петров")
    await vera.turned(kept, "✖ Клим", "Контактов пока нет")
    assert (await sales.told(deal["dealId"]))["contacts"] == []


@pytest.mark.proves("S3-19")
async def test_comments_and_changes_stand_in_the_history(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    deal = await sales.begun(vera, "Кабель")
    card = await vera.card(deal["number"])
    noted = await vera.replied(await vera.opened(card, "Комментарий"), "Позвонить в среду")
    assert noted.text.startswith("Комментарий записан.")
    await sales.fair.move(deal["dealId"], "Поиск исполнителя")
    for n in range(8):
        about = {"dealId": deal["dealId"], "fields": [{"key": "work", "value": f"Работа {n}"}]}
        done = await sales.company.graph.order("changeDeal", **about)
        await sales.told(deal["dealId"], at=done["position"])
    history = await vera.turned(noted, "История", "Работы: Работа 7")
    assert "Позвонить" not in history.text
    await vera.turned(history, "▶", "💬 Позвонить в среду")
    assert ", Вера\n💬 Позвонить в среду" in history.text
    assert "Новая → Поиск исполнителя" in history.text
    assert "Сделка открыта: Кабель" in history.text


async def test_a_deal_is_handed_over_and_its_new_owner_is_told(sales: Sales) -> None:
    vera, boris = await sales.seller("Вера"), await sales.seller("Борислав")
    boris.talk.says("/start")
    deal = await sales.begun(vera, "Кабель")
    card = await vera.card(deal["number"])
    await vera.turned(card, "Передать", "Кому передать")
    await vera.leafed(card, "Борислав")
    await vera.turned(card, "Борислав", "Сделка передана: Борислав")
    assert "Кабель" not in card.text
    told = await boris.talk.hears(f"№{deal['number']} «Кабель»")
    opened = await boris.opened(told, "Открыть сделку")
    assert "Ответственный: Борислав" in opened.text
    assert "Кабель" not in (await vera.shown("/deals")).text


@pytest.mark.proves("S3-14")
async def test_what_others_change_is_seen_at_once_and_the_other_way_round(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    deal = await sales.begun(vera, "Кабель")
    about = {"dealId": deal["dealId"], "fields": [{"key": "work", "value": "Штробить"}]}
    done = await sales.company.graph.order("changeDeal", **about)
    await sales.told(deal["dealId"], at=done["position"])
    card = await vera.card(deal["number"])
    assert "Работы: Штробить" in card.text
    await vera.turned(card, "Этап", "На какой этап")
    await vera.turned(card, "Поиск исполнителя", "Новая → Поиск исполнителя → В работе")
    assert (await sales.told(deal["dealId"]))["stage"]["name"] == "Поиск исполнителя"
    await vera.turned(card, "Поля", "Что изменить?")
    changed = await vera.replied(await vera.opened(card, "Работы"), "Красить")
    assert "Работы: Красить" in changed.text
    assert (await sales.told(deal["dealId"]))["fields"] == [{"key": "work", "value": "Красить"}]
