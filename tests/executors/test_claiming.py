"""Claims: exactly one of all who press has the order, and everybody is told the same."""

import asyncio
from typing import Any

import pytest

from interfaces.sandbox.membership import set_member
from tests.executors.shop import Shop

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
LEDGER = """{ offers(first: 9) { nodes { number claims(first: 9) { nodes {
    by { name } outcome reason } } } } }"""
RULES = {"allowListed": True, "skillField": "work", "atOnce": 1, "coolDown": 30}


@pytest.mark.proves("S0-08", "S0-09", "S0-10", "S0-13", "S0-16", "S0-E2", "P1")
async def test_of_all_who_press_at_once_one_has_the_order_and_the_others_learn_who(
    shop: Shop,
) -> None:
    masters = [shop.executor(f"Мастер{n}", username=f"master{n}") for n in range(12)]
    await asyncio.gather(*(one.is_met() for one in masters))
    card = await shop.offers()
    answers = await asyncio.gather(*(one.takes(card) for one in masters))
    won = [one for one, told in zip(masters, answers, strict=True) if "Заказ ваш" in told]
    assert len(won) == 1
    name = won[0].chat.user.first_name
    lost = [f"Заказ уже взял(а) {name}."] * 11
    assert sorted(answers) == sorted(["Заказ ваш! Подробности — в личных сообщениях.", *lost])
    await won[0].private.hears("Заказ №1 ваш!")
    await won[0].chat.sees(card, f"✅ Заказ взял(а) {name}")
    assert card.markup is None
    taken = await won[0].chat.hears(f"✅ Заказ №1 взял(а) {name}")
    assert taken.reply_to is card
    found = await shop.office.hears("взял исполнитель")
    assert f"{name} · @{won[0].chat.user.username}" in found.text
    assert await won[0].takes(card) == "Этот заказ уже ваш: /orders в личных сообщениях."


async def test_a_late_press_is_answered_as_long_as_the_old_button_is_seen(shop: Shop) -> None:
    ivan, petr = await shop.started("Иван"), await shop.started("Пётр")
    taken = await shop.offers("Первый")
    await ivan.takes(taken)
    await ivan.chat.sees(taken, "Заказ взял(а) Иван")
    assert await petr.takes(taken) == "Заказ уже взял(а) Иван."
    assert await petr.asks(taken) == "Этот заказ уже занят."
    deal = await shop.fair.deal("Второй", "+79160000002")
    moved = await shop.card("Второй")
    await shop.fair.move(deal, "Новая")
    await ivan.chat.sees(moved, "Заказ снят")
    assert await petr.takes(moved) == "Заказ снят: исполнителя больше не ищут."


@pytest.mark.parametrize("shop", [{"tellsWinner": False}], indirect=True)
async def test_where_the_company_wants_it_nobody_learns_who_has_the_order(shop: Shop) -> None:
    ivan, petr = await shop.started("Иван"), await shop.started("Пётр")
    card = await shop.offers()
    await ivan.takes(card)
    await ivan.chat.sees(card, "✅ Заказ нашёл исполнителя")
    await ivan.chat.hears("✅ Заказ №1 нашёл исполнителя")
    assert await petr.takes(card) == "Этот заказ уже занят."
    assert "Иван" not in str([one.text for one in ivan.chat.heard()])


@pytest.mark.proves("S0-E12")
@pytest.mark.parametrize("shop", [RULES], indirect=True)
async def test_who_may_not_have_an_order_learns_why_and_what_to_do(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    first = await shop.offers("Первый", work="сварка")
    gone = ivan.press(first, "claim")
    set_member(shop.world, shop.company.executors_chat, ivan.chat.user, "left")
    assert "участники чата" in (await ivan.answer_to(gone))["text"]
    set_member(shop.world, shop.company.executors_chat, ivan.chat.user, "member")
    assert "из списка компании" in await ivan.takes(first)
    id = await shop.id_of(ivan)
    await shop.order("setAdmission", executorId=id, admission="BARRED", reason="не пришёл")
    assert "закрыла для вас заказы" in await ivan.takes(first)
    await shop.order("setAdmission", executorId=id, admission="ALLOWED")
    assert "нужен навык" in await ivan.takes(first)
    await shop.order("setSkills", executorId=id, skills=[" Сварка "])
    assert "Заказ ваш" in await ivan.takes(first)
    second = await shop.offers("Второй")
    assert await ivan.takes(second) == "Сразу можно держать только 1 заказ. Сначала закончите его."
    await ivan.gives_back("Первый")
    assert "следующий можно взять через 30 минут" in await ivan.takes(second)


@pytest.mark.proves("S0-E1")
async def test_a_winner_who_never_started_the_bot_is_led_to_it_and_sees_the_order(
    shop: Shop,
) -> None:
    ivan = shop.executor("Иван")
    card = await shop.offers(phone="+79169998877")
    payload = await ivan.chat.follows("Забрать заказ", card)
    ivan.starts(payload)
    told = await ivan.private.hears("+79169998877")
    assert "Заказ №1" in told.text


@pytest.mark.parametrize("shop", [{"window": 1}], indirect=True)
async def test_in_a_fair_window_the_one_who_waited_longest_wins(shop: Shop) -> None:
    ivan, petr = await shop.started("Иван"), await shop.started("Пётр")
    first = await shop.offers("Первый")
    assert "Вы в списке, решение через" in await ivan.takes(first)
    assert "Вы в списке, решение через" in await ivan.takes(first)
    await ivan.chat.sees(first, "решение в")
    await ivan.private.hears("Заказ №1 ваш!")
    second = await shop.offers("Второй")
    assert "Вы в списке" in await ivan.takes(second)
    assert "Вы в списке" in await petr.takes(second)
    await petr.private.hears("Заказ №2 ваш!")
    lost = await ivan.private.hears("кто дольше ждал")
    assert "Его взял(а) Пётр" in lost.text
    await _until_recorded(shop, 2, ("Пётр", "WON", None), ("Иван", "LOST", "WAITED_LESS"))


async def _until_recorded(shop: Shop, number: int, *claims: tuple[str, str, str | None]) -> None:
    """Wait until the ledger tells exactly this of the claims of an order, the newest first."""

    def so(told: dict[str, Any]) -> bool:
        [offer] = [one for one in told["offers"]["nodes"] if one["number"] == number]
        nodes = offer["claims"]["nodes"]
        return [(one["by"]["name"], one["outcome"], one["reason"]) for one in nodes] == [*claims]

    await shop.until_asked(LEDGER, so)


async def test_the_ledger_explains_every_loser(shop: Shop) -> None:
    masters = [await shop.started(name) for name in ("Иван", "Пётр", "Яков")]
    card = await shop.offers()
    for one in masters:
        await one.takes(card)
    late = [(name, "LOST", "TAKEN") for name in ("Яков", "Пётр")]
    await _until_recorded(shop, 1, *late, ("Иван", "WON", None))
