"""Moves in the manager bot: what a stage wants is asked for, and what is stale moves nothing."""

import pytest

from tests.office.sales import LOST, NEW, WON, WORK, Sales
from tests.telegram.keyboards import data_of

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]


@pytest.mark.proves("S3-01", "S3-19", "S3-E4")
async def test_what_a_stage_wants_is_asked_one_by_one_and_then_the_deal_moves(
    sales: Sales,
) -> None:
    vera = await sales.seller("Вера")
    deal = await sales.begun(vera, "Кабель")
    card = await vera.card(deal["number"])
    await vera.turned(card, "Этап", "На какой этап")
    asked = await vera.opened(card, WORK)
    assert "Адрес?" in asked.text
    assert "Потом спрошу ещё 1 поле" in asked.text
    asked = await vera.replied(asked, "Ленина 1")
    assert "Срок?" in asked.text
    again = await vera.replied(asked, "когда-нибудь")
    assert "Такое значение не подходит.\n\n" in again.text
    moved = await vera.replied(again, "1.12.2026")
    assert "Поиск исполнителя → В работе" in moved.text
    assert "Адрес: Ленина 1\nСрок: 2026-12-01" in moved.text
    told = await sales.told(deal["dealId"])
    assert told["stage"]["name"] == WORK
    await vera.turned(moved, "Этап", "На какой этап")
    await vera.turned(moved, WON, "Тип заявки?")
    won = await vera.turned(moved, "Ремонт", "✅ №")
    assert "Тип заявки: Ремонт" in won.text


@pytest.mark.proves("S3-02")
async def test_a_lost_deal_says_why(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    deal = await sales.begun(vera, "Кабель")
    card = await vera.card(deal["number"])
    await vera.turned(card, "Этап", "На какой этап")
    await vera.turned(card, LOST, "Почему отказ?")
    await vera.turned(card, "Дорого", "Причина отказа: Дорого")
    told = await sales.told(deal["dealId"])
    assert (told["stage"]["name"], told["reason"]) == (LOST, "Дорого")


@pytest.mark.proves("P5")
async def test_buttons_and_questions_from_before_a_move_say_where_the_deal_stands_now(
    sales: Sales,
) -> None:
    vera = await sales.seller("Вера")
    deal = await sales.begun(vera, "Кабель")
    card, other = await vera.card(deal["number"]), await vera.card(deal["number"])
    await vera.turned(card, "Этап", "На какой этап")
    move = data_of(card, "Поиск")
    asked = await vera.opened(card, WORK)
    await vera.turned(other, "Этап", "На какой этап")
    lost = data_of(other, LOST)
    await vera.turned(other, LOST, "Почему отказ?")
    reason = data_of(other, "Дорого")
    await sales.fair.move(deal["dealId"], LOST, reason="Передумали")
    told = "! Сделка уже на этапе «Отказ»: ничего не изменено."
    for stale in (move, lost, reason):
        assert await vera.press(card, stale) == told
    late = await vera.replied(asked, "Ленина 1")
    assert late.text.startswith(told.removeprefix("! "))
    known = await sales.told(deal["dealId"])
    assert (known["stage"]["name"], known["reason"]) == (LOST, "Передумали")
    assert known["fields"] == []


async def test_a_stage_is_not_offered_where_the_deal_stands(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    card = await vera.card(await sales.deal(vera, "Кабель"))
    stages = await vera.turned(card, "Этап", "На какой этап")
    assert NEW not in str(stages.markup)
    await vera.turned(stages, "Назад", "Ответственный: Вера")


@pytest.mark.proves("S3-16")
async def test_the_deal_of_a_colleague_cannot_be_moved_by_its_buttons(sales: Sales) -> None:
    vera, boris = await sales.seller("Вера"), await sales.seller("Борис")
    deal = await sales.begun(vera, "Кабель")
    card = await vera.card(deal["number"])
    stages = await vera.turned(card, "Этап", "На какой этап")
    own = await boris.shown("/deals")
    assert await boris.press(own, data_of(stages, "Поиск")) == "! Эта кнопка устарела."
    assert (await sales.told(deal["dealId"]))["stage"]["name"] == NEW
