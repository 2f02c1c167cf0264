"""Orders before the executors: what is posted, when, how it reads, and how it follows its deal."""

import asyncio

import pytest

from infrastructure.phones import buttons
from interfaces.telegram.formatting import units
from tests.executors.shop import shown_once
from tests.market.market import PHONE, SEARCH, Market
from tests.telegram.keyboards import texts_of

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
COURIER = "{title}: {origin} → {target}\nГруз: {cargo}\nПодъёмник: {lift}"
TEMPLATE = {"template": COURIER, "skillField": "cargo", "disclosed": ["target_flat"]}


@pytest.mark.proves("S0-01", "S0-17")
async def test_in_a_busy_chat_an_order_is_taken_with_two_buttons_and_nothing_to_learn(
    market: Market,
) -> None:
    talkers = [market.executor(f"Болтун {n}") for n in range(12)]
    ivan = market.executor("Иван")
    before = max(market.company.executors_chat.messages)
    for n in range(60):
        talkers[n % 12].chat.says(("Всем привет", "беру!", "/start", "/orders", "@все сюда")[n % 5])
    card = await market.offered("Шкаф в болтливом чате")
    for n in range(12):
        talkers[n].chat.says("Кто возьмёт?", reply_to=card.id)
    ivan.starts(await ivan.chat.follows("Получить номер", card))
    await ivan.private.hears(PHONE)
    assert "Заказ ваш" in await ivan.takes(card)
    await ivan.private.hears("ваш!")
    await ivan.chat.hears("взял(а) Иван", card.id)
    said = [one.text for one in ivan.chat.heard(after=before)]
    assert len(said) == 2
    assert all("Заказ №" in text for text in said)


@pytest.mark.proves("S0-02", "S0-04", "S0-05", "S0-13", "S0-14")
async def test_a_manager_makes_a_deal_in_the_bot_alone_and_it_finds_its_executor(
    market: Market,
) -> None:
    vera, ivan = await market.seller("Вера"), await market.started("Иван", username="ivan_works")
    kinds = await vera.shown("/newdeal")
    await vera.talk.presses(market.title, kinds)
    asked = await vera.talk.hears(f"Воронка «{market.title}». Как назвать сделку?")
    asked = await vera.replied(asked, "Повесить люстру")
    card = await vera.replied(asked, "Ольга +7 916 765-43-21")
    await vera.turned(card, "Этап", "На какой этап")
    moved = asyncio.get_running_loop().time()
    await vera.turned(card, SEARCH, "Новая → Поиск исполнителя → В работе")
    post = await market.card("Повесить люстру")
    assert asyncio.get_running_loop().time() - moved < 10.0
    assert texts_of(post) == [["📞 Получить номер телефона клиента"], ["✋ Забрать заказ"]]
    assert "Заказ ваш" in await ivan.takes(post)
    found = await vera.talk.hears("взял исполнитель")
    assert f"Иван · @ivan_works · id {ivan.chat.user.id}" in found.text
    opened = await vera.opened(found, "Открыть сделку")
    await vera.talk.sees(opened, "Новая → Поиск исполнителя → В работе → Успешно")
    assert "Исполнитель: Иван @ivan_works" in opened.text
    await vera.turned(opened, "Этап", "На какой этап")
    await vera.turned(opened, "Успешно", "✅")
    told = await vera.turned(opened, "История", "Успех")
    steps = ["Сделка открыта", "Новая → Поиск", "Исполнитель: Иван", "→ В работе", "→ Успешно"]
    assert all(step in told.text for step in steps)
    there = market.company.executors_chat
    assert not [one for one in there.messages.values() if one.writer_id == vera.talk.user.id]


@pytest.mark.proves("S0-03", "S0-18")
async def test_the_card_is_what_the_company_makes_it_from_fields_of_its_own(
    company: Market,
) -> None:
    market = await company.under()
    about = {"pipelineId": market.fair.pipeline_id}
    fields = {"origin": "Откуда", "target": "Куда", "cargo": "Груз", "lift": "Подъёмник"}
    for key, label in {**fields, "target_flat": "Квартира"}.items():
        await market.order("defineField", **about, key=key, label=label, kind="TEXT")
    rules = {"claimedStageId": market.fair.stages["В работе"], **TEMPLATE}
    await market.order("setOffering", **about, stageId=market.fair.stages[SEARCH], offering=rules)
    ivan = await market.started("Иван-курьер")
    route = {"origin": "Склад", "target": "Мира 5", "cargo": "холодильник", "target_flat": "17"}
    card = await market.offered("Доставка", fields=route)
    number, *lines = card.text.splitlines()
    assert number.startswith("Заказ №")
    assert lines == ["Доставка: Склад → Мира 5", "Груз: холодильник"]
    assert "нужен навык" in await ivan.takes(card)
    id = await market.id_of(ivan)
    await market.order("setSkills", executorId=id, skills=["Холодильник"])
    await ivan.asks(card)
    assert "Квартира: 17" in (await ivan.private.hears("Квартира")).text
    assert "Заказ ваш" in await ivan.takes(card)
    build = await company.offered("Стяжка пола", fields={"work": "Стяжка", "pay": "90000"})
    assert build.text.splitlines()[1:] == ["Стяжка пола", "Работы: Стяжка", "Оплата: 90000"]


@pytest.mark.proves("S0-E5", "P5")
async def test_a_card_follows_its_deal_and_every_entry_is_an_order_of_its_own(
    market: Market,
) -> None:
    ivan = await market.started("Иван-быстрый")
    deal = await market.deal("Полка", fields={"pay": "100"})
    first = await market.card("Полка")
    await market.order("changeDeal", dealId=deal, fields=[{"key": "pay", "value": "5000"}])
    await ivan.chat.sees(first, "Оплата: 5000")
    await market.fair.move(deal, "Новая")
    await ivan.chat.sees(first, "Заказ снят")
    assert first.markup is None
    await market.fair.move(deal, SEARCH)
    second = await market.card("Полка", first.id)
    assert "Заказ снят" in await ivan.takes(first)
    await market.fair.move(deal, "Успешно")
    await ivan.chat.sees(second, "Заказ снят")
    assert "Заказ снят" in await ivan.takes(second)
    await market.fair.move(deal, SEARCH)
    third = await market.card("Полка", second.id)
    await market.order("deleteDeal", dealId=deal)
    await ivan.chat.sees(third, "Заказ снят")
    assert "Заказ снят" in await ivan.takes(third)
    standings = [one["standing"] for one in await market.offers_of(deal)]
    assert standings == ["WITHDRAWN"] * 3


@pytest.mark.proves("S0-E8", "P16")
async def test_repeats_and_a_projector_that_was_killed_make_one_post_for_each_entry(
    market: Market,
) -> None:
    deal = await market.deal("Забор", stage="Новая")
    to = {name: market.fair.stages[name] for name in ("Новая", SEARCH)}
    market.stage.roles.kill("projector")
    moves = (SEARCH, "Новая", SEARCH, "Новая", SEARCH)
    for n, stage in enumerate(moves):
        move = {"commandId": f"hook:{deal}:{n}", "dealId": deal, "stageId": to[stage]}
        await asyncio.gather(*(_moved(market, move) for _ in range(3)))
    card = await market.card("Забор")
    market.stage.roles.kill("projector")
    await market.fair.deal("Ворота", PHONE)
    other = await market.card("Ворота")
    assert other.id > card.id
    shown = [one for one in market.company.executors_chat.messages.values() if "Забор" in one.text]
    assert [one for one in shown if buttons(one)] == [card]
    offers = {str(shown_once(one)) for one in shown}
    assert len(offers) == len(shown) <= 3
    assert sum(one["standing"] == "OPEN" for one in await market.offers_of(deal)) == 1


async def _moved(market: Market, input: dict[str, str]) -> None:
    move = "mutation ($input: MoveDealInput!) { moveDeal(input: $input) { position } }"
    await market.ask(move, input=input)


@pytest.mark.proves("S0-E10")
async def test_a_card_that_is_too_long_is_cut_and_markup_stays_text(market: Market) -> None:
    ivan = await market.started("Иван-читатель")
    about = {"pipelineId": market.fair.pipeline_id, "kind": "TEXT"}
    for key in ("note", "more"):
        await market.order("defineField", **about, key=key, label=key)
    work = "<b>жирно</b> & <a href='x'>*я*" + "я😀" * 600
    fields = {"work": work, "note": "д" * 1900, "more": "ж" * 1900}
    card = await market.offered("<i>Люк</i>", fields=fields)
    _, *lines = card.text.splitlines()
    assert lines[0] == "<i>Люк</i>"
    assert lines[1].startswith("Работы: <b>жирно</b> & <a href='x'>*я*")
    assert card.text.endswith("…")
    await ivan.takes(card)
    await ivan.chat.sees(card, "✅ Заказ взял(а) Иван-читатель")
    assert units(card.text) <= 4096
