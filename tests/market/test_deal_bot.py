"""Deals in the manager bot: found by commands, seen, changed, and each sees their own."""

import asyncio

import pytest

from tests.helpdesk.talks import eventually
from tests.market.market import PHONE, SEARCH, Market

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]


@pytest.mark.proves("S3-12", "S3-16")
async def test_filters_by_command_and_by_button_find_deals_and_nobody_elses(
    market: Market,
) -> None:
    vera, boris = await market.seller("Вера"), await market.seller("Борис")
    other = {"name": "Лев", "phones": ["+79035550011"]}
    await market.deal("Монтаж антенны", vera, stage="Новая")
    await market.deal("Монтаж кабеля", vera, stage="В работе", contact=other)
    await market.deal("Монтаж чужой", boris, stage="Новая")
    mine = await vera.shown("/deals")
    assert "Монтаж антенны" in mine.text
    assert "Монтаж кабеля" in mine.text
    assert "чужой" not in mine.text
    found = {
        "/deals антенны": ["Монтаж антенны"],
        f"/deals воронка:{market.title} этап:В работе": ["Монтаж кабеля"],
        "/deals 5550011": ["Монтаж кабеля"],
        "/deals +79035550011": ["Монтаж кабеля"],
        "/deals монтаж дата:сегодня": ["Монтаж антенны", "Монтаж кабеля"],
        "/deals чужой": [],
    }
    for command, titles in found.items():
        shown = (await vera.shown(command)).text
        assert [one for one in ("антенны", "кабеля", "чужой") if f"Монтаж {one}" in shown] == [
            title.removeprefix("Монтаж ") for title in titles
        ], command
    theirs = await market.anna.shown("/deals чужой")
    assert "Таких сделок нет" in theirs.text
    await market.anna.turned(theirs, "Все", "Монтаж чужой")
    number = (await market.ask(_BY_TEXT, t="чужой"))["deals"]["nodes"][0]["number"]
    assert "Такой сделки у вас нет" in (await vera.shown(f"/deal {number}")).text
    assert "Монтаж чужой" in (await boris.shown(str(number))).text


_BY_TEXT = "query ($t: String!) { deals(filter: { text: $t }) { nodes { number } } }"


@pytest.mark.proves("S3-14", "S3-19", "P5", "P13")
async def test_what_the_bot_changes_the_portal_tells_at_once_and_the_other_way_round(
    market: Market,
) -> None:
    vera = await market.seller("Вера")
    deal = await market.deal("Согласие", vera, stage="Новая")
    card = await vera.card((await market.told(deal))["number"])
    stale = await vera.card((await market.told(deal))["number"])
    await vera.turned(card, "Поля", "Что изменить")
    changed = await vera.replied(await vera.opened(card, "Оплата"), "1500,50")
    assert "Оплата: 1500.50" in changed.text
    told = await market.told(deal)
    assert told["fields"] == [{"key": "pay", "value": "1500.50"}]
    await market.order("changeDeal", dealId=deal, fields=[{"key": "work", "value": "Плитка"}])

    async def told_by_bot() -> bool | None:
        return "Работы: Плитка" in (await vera.card(told["number"])).text or None

    await eventually(told_by_bot, "the change of the portal in the bot")
    await vera.turned(stale, "Этап", "На какой этап")
    await market.fair.move(deal, "В работе")
    assert "уже на этапе «В работе»" in await vera.talk.presses("Успешно", stale)
    await vera.talk.sees(stale, "ничего не изменено")
    assert (await market.told(deal))["stage"]["name"] == "В работе"
    note = await vera.opened(changed, "Комментарий")
    await vera.replied(note, "Клиент просил утром")
    texts = [one["text"] for one in (await market.told(deal))["history"]["nodes"]]
    assert "Клиент просил утром" in texts


@pytest.mark.proves("S3-16")
async def test_ten_people_at_once_see_each_their_own_deals(market: Market) -> None:
    people = [await market.seller(f"Менеджер-{n}") for n in range(10)]
    for n, one in enumerate(people):
        await market.deal(f"Участок {n}", one, stage="Новая")
    shown = await asyncio.gather(*(one.shown("/deals участок") for one in people))
    for n, message in enumerate(shown):
        own = [m for m in range(10) if f"Участок {m}\n" in message.text]
        assert own == [n]


@pytest.mark.proves("S3-18", "S3-13", "S0-17")
async def test_the_bots_explain_themselves_and_what_to_do_after_a_mistake(market: Market) -> None:
    vera, ivan = await market.seller("Вера"), await market.started("Иван")
    told = (await vera.shown("/help")).text
    for command in ("/deals", "/board", "/newdeal", "/deal 42"):
        assert command in told
    assert "/slots" not in told
    assert "/slots" in (await market.anna.shown("/help")).text
    assert "Этапа «Луна» нет" in (await vera.shown("/deals этап:Луна")).text
    assert "Такой сделки у вас нет" in (await vera.shown("/deal 999999")).text
    for asked in ("/help", "что делать?"):
        assert "/orders" in (await ivan.private.hears("/orders", ivan.private.says(asked).id)).text
    await market.deal("На доске", vera, stage=SEARCH)
    board = await vera.shown("/board")
    assert "мои сделки по этапам" in board.text


@pytest.mark.proves("S3-17", "S3-E5", "S0-13")
async def test_a_slot_changes_hands_in_two_presses_and_everything_follows(alone: Market) -> None:
    vera, boris = await alone.seller("Вера-слот"), await alone.seller("Борис-слот")
    ivan = await alone.started("Иван")
    deal = await alone.deal("Переходящая", vera)
    post = await alone.card("Переходящая")
    old = await vera.card((await alone.told(deal))["number"])
    await vera.replied(await vera.opened(old, "Комментарий"), "Помнит только Вера")
    slot = (await alone.told(deal))["slot"]["name"]
    seats = await alone.anna.shown("/slots")
    await alone.anna.turned(seats, f"🪑 {slot}", "Кто отвечает теперь?")
    await alone.anna.talk.presses("Борис-слот", seats)
    await boris.talk.hears(f"Слот «{slot}» теперь ваш")
    assert "Переходящая" in (await boris.shown("/deals переходящая")).text
    assert "Таких сделок нет" in (await vera.shown("/deals переходящая")).text
    before = dict((await alone.told(deal))["stage"])
    assert "устарела" in await vera.talk.presses("Поля", old)
    assert (await alone.told(deal))["stage"] == before
    assert "Заказ ваш" in await ivan.takes(post)
    found = await boris.talk.hears("взял исполнитель")
    assert not vera.talk.heard("взял исполнитель")
    opened = await boris.opened(found, "Открыть сделку")
    told = await boris.turned(opened, "История", "Сделка открыта")
    assert "Помнит только Вера" in told.text
    assert PHONE in (await boris.card((await alone.told(deal))["number"])).text
