"""Orders: what an executor has to do; giving it back, losing it, and whose the deal is."""

import pytest

from tests.executors.shop import PHONE, Shop

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
DEAL = """query ($id: ID!) { deal(id: $id) { stage { name }
  executor { name username telegramId } responsible { name username isExecutor } } }"""


@pytest.mark.proves("S0-11", "S0-12", "S0-15", "S0-E3")
async def test_the_deal_learns_its_executor_and_goes_on_even_without_a_login(shop: Shop) -> None:
    ivan = await shop.started("Иван Петров", username=None)
    deal = await shop.fair.deal("Собрать шкаф", PHONE)
    await ivan.takes(await shop.card("Собрать шкаф"))
    told = await shop.until_asked(DEAL, lambda told: told["deal"]["executor"], id=deal)
    assert told["deal"]["stage"]["name"] == "В работе"
    executor = told["deal"]["executor"]
    assert (executor["name"], executor["username"]) == ("Иван Петров", None)
    assert executor["telegramId"] == ivan.chat.user.id
    assert told["deal"]["responsible"]["isExecutor"]
    found = await shop.office.hears("взял исполнитель")
    assert f"Иван Петров · id {ivan.chat.user.id}" in found.text
    [[opening]] = (found.markup or {})["inline_keyboard"]
    assert opening["callback_data"].endswith(deal.replace("-", ""))


@pytest.mark.proves("S0-E6", "S0-E5")
async def test_an_order_that_is_given_back_is_offered_anew_and_its_old_buttons_are_dead(
    shop: Shop,
) -> None:
    ivan, petr = await shop.started("Иван"), await shop.started("Пётр")
    old = await shop.offers()
    await ivan.takes(old)
    await ivan.private.hears("Заказ №1 ваш!")
    shown = await ivan.private.asks("/orders", "Заказ №1")
    assert PHONE in shown.text
    await ivan.private.presses("Отказаться", shown)
    await ivan.private.sees(shown, "Почему вы отказываетесь?")
    assert await ivan.private.presses("Не успеваю", shown) == "Заказ №1 возвращён в чат."
    await ivan.private.sees(shown, "Заказов у вас сейчас нет")
    told = await shop.office.hears("отказывается от заказа")
    assert "Иван" in told.text
    assert "Не успеваю" in told.text
    new = await shop.card("Собрать шкаф", old.id)
    await petr.chat.sees(old, "Заказ возвращён, смотрите новый пост")
    assert "этот пост устарел" in await petr.takes(old)
    assert "Заказ ваш" in await petr.takes(new)


@pytest.mark.proves("S0-E6")
async def test_an_order_that_is_revoked_leaves_its_executor_who_is_told(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    old = await shop.offers()
    await ivan.takes(old)
    await ivan.private.hears("Заказ №1 ваш!")
    offers = await shop.ask("{ offers { nodes { id } } }")
    id = offers["offers"]["nodes"][0]["id"]
    await shop.order("revokeOrder", offerId=id, reason="не вышел на связь")
    told = await ivan.private.hears("другому исполнителю")
    assert "не вышел на связь" in told.text
    await ivan.private.asks("/orders", "Заказов у вас сейчас нет")
    await shop.card("Собрать шкаф", old.id)


async def test_several_orders_are_a_list_and_a_stale_button_says_so(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    for title in ("Первый", "Второй"):
        await ivan.takes(await shop.offers(title))
        await ivan.private.hears(title)
    listed = await ivan.private.asks("/orders", "Ваши заказы")
    await ivan.private.presses("№2 Второй", listed)
    await ivan.private.sees(listed, "Заказ №2")
    await ivan.private.presses("Отказаться", listed)
    await ivan.private.presses("Оставить", listed)
    await ivan.private.sees(listed, PHONE)
    await ivan.gives_back("Второй")
    told = await ivan.answer(listed, "giveback")
    assert told.get("text", "") == ""
    await ivan.private.sees(listed, "Этого заказа у вас уже нет")
