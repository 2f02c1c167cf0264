"""The whole way of a deal, as its manager and an executor see it on their phones."""

import pytest

from interfaces.sandbox.membership import set_member
from tests.helpdesk.talks import Talk
from tests.office.sales import WON, Sales

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]


@pytest.mark.proves("S0-02", "S0-03", "S0-04", "S0-12", "S0-13", "S0-14", "S0-15")
async def test_a_manager_runs_a_deal_from_its_title_to_its_end_without_a_word_in_the_chat(
    sales: Sales,
) -> None:
    vera, ivan = await sales.seller("Вера"), sales.world.user("Иван", username="ivan_does_it")
    set_member(sales.world, sales.company.executors_chat, ivan, "member")
    chat = Talk(sales.world, ivan, sales.company.executors_chat)
    asked = await vera.shown("/newdeal")
    client = await vera.replied(
        asked,
        "Повесить люстру\nРаботы: люстра и бра\nОплата: 3000\nСрок: 1.12.2026\nАдрес: Ленина 1",
    )
    card = await vera.replied(client, "Клим +79031234567")
    await vera.turned(card, "Этап", "На какой этап")
    await vera.turned(card, "Поиск", "Поиск исполнителя → В работе")
    post = await chat.hears("Повесить люстру")
    assert "Работы: люстра и бра" in post.text
    assert "Оплата: 3000" in post.text
    assert "Ленина" not in post.text
    assert (await chat.follows("Забрать", post)).startswith("o_")
    told = await vera.talk.hears("взял исполнитель")
    opened = await vera.opened(told, "Открыть сделку")
    for _ in range(20):  # the letter may be here before the deal has followed its order
        if "Исполнитель: Иван" in opened.text:
            break
        opened = await vera.opened(told, "Открыть сделку")
    assert "Поиск исполнителя → В работе → Успешно" in opened.text
    assert "Исполнитель: Иван @ivan_does_it" in opened.text
    await vera.turned(opened, "Этап", "На какой этап")
    await vera.turned(opened, WON, "Тип заявки?")
    await vera.turned(opened, "Ремонт", "✅ №")
    said = sales.company.executors_chat.messages.values()
    assert [one for one in said if not one.by_bot and one.text] == []
