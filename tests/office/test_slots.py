"""Slots, boards and batches in the manager bot."""

import pytest

from tests.office.sales import NEW, SEARCH, WORK, Sales
from tests.telegram.keyboards import data_of, texts_of

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]


@pytest.mark.proves("S3-17", "S3-E5")
async def test_who_leads_seats_somebody_else_in_two_presses_and_everything_follows(
    sales: Sales,
) -> None:
    vera, boris = await sales.seller("Вера-юг"), await sales.seller("Борис-юг")
    boris.talk.says("/start")
    deal = await sales.begun(vera, "Кабель")
    card = await vera.card(deal["number"])
    slots = await sales.olga.shown("/slots")
    await sales.olga.leafed(slots, "🪑 Вера-юг")
    await sales.olga.turned(slots, "🪑 Вера-юг", "Кто отвечает теперь?")
    await sales.olga.leafed(slots, "Борис-юг")
    await sales.olga.turned(slots, "Борис-юг", "Слоты")
    assert (await sales.told(deal["dealId"]))["slot"]["person"]["name"] == "Борис-юг"
    assert "Кабель" in (await boris.shown("/deals")).text
    assert "Кабель" not in (await vera.shown("/deals")).text
    assert await vera.press(card, data_of(card, "Поля")) == "! Эта кнопка устарела."
    await boris.talk.hears("Слот «Вера-юг» теперь ваш")
    history = await boris.turned(await boris.card(deal["number"]), "История", "Сделка открыта")
    assert "Кабель" in history.text


async def test_slots_are_opened_and_renamed(sales: Sales) -> None:
    shop = await Sales.opened(sales.town, "Сборка")
    await shop.deal(shop.olga, "Шкаф")
    slots = await shop.olga.shown("/slots")
    await shop.olga.turned(slots, "➕ Слот", "Кто будет отвечать")
    opened = await shop.olga.replied(await shop.olga.opened(slots, "Ольга"), "Юг")
    assert opened.text.startswith("Слот «Юг» открыт.")
    await shop.olga.turned(opened, "🪑 Юг", "Кто отвечает теперь?")
    renamed = await shop.olga.replied(await shop.olga.opened(opened, "Переименовать"), "Север")
    assert "🪑 Север\nОльга с" in renamed.text
    assert "1 открытая сделка" in renamed.text


async def test_only_who_leads_sees_slots_batches_and_imports(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    for command in ("/slots", "/batches", "/import"):
        assert (await vera.shown(command)).text == "На это у вас нет прав."


async def test_a_board_counts_deals_by_stage_and_leads_to_them(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    work = {"address": "Ленина 1", "due": "2026-12-01"}
    await sales.deal(vera, "Кабель")
    await sales.deal(vera, "Люстра", WORK, fields=work)
    await sales.deal(vera, "Розетка", WORK, fields=work)
    board = await vera.shown("/board")
    assert board.text == "📊 Заказы: мои сделки по этапам"
    labels = [row[0] for row in texts_of(board)]
    assert labels[:3] == ["Новая · 1", "Поиск исполнителя · 0", "В работе · 2"]
    listed = await vera.turned(board, "В работе", "Заказы › В работе")
    assert "Люстра" in listed.text
    assert "Кабель" not in listed.text
    every = await sales.olga.shown("/board")
    await sales.olga.turned(every, "Все", "все сделки по этапам")
    [count] = [label for [label] in texts_of(every) if label.startswith("В работе")]
    assert int(count.rpartition(" ")[2]) >= 2


@pytest.mark.proves("S3-04")
async def test_a_batch_is_watched_paused_and_resumed(sales: Sales) -> None:
    shop = await Sales.opened(sales.town, "Сборка")
    stages, pipeline = shop.fair.stages, {"pipelineId": shop.fair.pipeline_id}
    assert "Переносов сделок не было" in (await shop.olga.shown("/batches")).text
    rows = [{"row": n, "title": f"Шкаф {n}"} for n in range(1, 61)]
    await shop.company.graph.order("importDeals", rows=rows, **pipeline)
    retired = {"stageId": stages[NEW], "successorId": stages[SEARCH]}
    await shop.company.graph.order("retireStage", rate=1, **retired, **pipeline)
    batches = await shop.olga.shown("/batches", "Заказы: Новая → Поиск исполнителя")
    await shop.olga.turned(batches, "⏸", "⏸ приостановлен")
    await shop.olga.turned(batches, "▶", "▶ идёт")
    await shop.olga.turned(batches, "⏸", "⏸ приостановлен")
    await shop.olga.turned(batches, "Обновить", "осталось")
