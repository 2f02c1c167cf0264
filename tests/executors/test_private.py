"""The private chat: what the executors' bot says to whoever starts it, asks it or writes to it."""

import pytest

from interfaces.sandbox import people
from tests.executors.shop import Shop

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]


async def test_the_bot_says_how_it_works_and_answers_whatever_is_written(shop: Shop) -> None:
    ivan = shop.executor("Иван")
    ivan.starts()
    greeted = await ivan.private.hears("Здравствуйте, Иван! Здесь заказы компании «Мастера».")
    assert "кто нажал первым" in greeted.text
    await ivan.private.asks("/help", "Под каждым две кнопки")
    await ivan.private.asks("Возьму всё", "Заказы — в общем чате")
    await ivan.private.asks("/orders", "Заказов у вас сейчас нет")


async def test_ones_own_phone_is_kept_and_nobody_elses(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    await ivan.private.asks("/phone", "компания узнает ваш номер")
    for told, answer in (
        ({"phone_number": "79990000000", "first_name": "Пётр", "user_id": 1}, "Это не ваш номер"),
        ({"phone_number": "79990000000", "first_name": "Кто-то"}, "Это не ваш номер"),
        (
            {"phone_number": "79167778899", "first_name": "Иван", "user_id": ivan.chat.user.id},
            "номер записан: +79167778899",
        ),
    ):
        said = people.say(
            shop.world, ivan.private.user, ivan.private.chat, content={"contact": told}
        )
        await ivan.private.hears(answer, said.id)
    wanted = [{"name": "Иван", "phone": "+79167778899", "reachable": True}]
    await shop.until_asked(
        "{ executors { nodes { name phone reachable } } }",
        lambda told: told["executors"]["nodes"] == wanted,
    )


async def test_the_bot_speaks_the_language_that_was_chosen(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    offered = await ivan.private.asks("/language", "На каком языке")
    await ivan.private.presses("English", offered)
    await ivan.private.asks("/orders", "You have no orders now")
    card = await shop.offers()
    assert await ivan.takes(card) == "The order is yours! The details are in your private messages."
    await ivan.private.hears("Order No. 1 is yours!")


async def test_a_button_of_somebody_elses_making_is_answered(shop: Shop) -> None:
    ivan = await shop.started("Иван")
    card = await shop.offers()
    for data in ("nonsense", "c1:claim:nonsense", "c1:unknown:1", f"c1:giveup:{'0' * 32}:9"):
        card.old_markups.append({"inline_keyboard": [[{"text": "?", "callback_data": data}]]})
        press = people.click(shop.world, ivan.chat.user, card.chat, card.id, data=data)
        assert "устарела" in (await ivan.answer_to(press))["text"]
    foreign = f"c1:claim:{'0' * 32}"
    card.old_markups.append({"inline_keyboard": [[{"text": "?", "callback_data": foreign}]]})
    press = people.click(shop.world, ivan.chat.user, card.chat, card.id, data=foreign)
    assert "Такого здесь нет" in (await ivan.answer_to(press))["text"]
