"""Linked pipelines: a sale begins a connection, and goes where its result leads."""

import pytest

from infrastructure.fair import Fair
from infrastructure.town import AnswerHasErrors
from tests.helpdesk.talks import eventually
from tests.market.market import Market
from tests.office.sales import Seller

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
SALES = {"Новая": "OPEN", "Договор": "OPEN", "Подключён": "WON", "Дорого": "LOST", "Ушёл": "LOST"}
NETWORK = {"Заявка": "OPEN", "Монтаж": "OPEN", "Готово": "WON", "Нет линии": "LOST"}
TITLED = "query ($t: String!) { deals(filter: { text: $t }) { nodes { id } } }"


@pytest.mark.proves("S3-05", "S3-06", "S3-07")
async def test_a_sale_begins_a_connection_and_goes_where_its_result_leads(market: Market) -> None:
    vera, oleg = await market.seller("Вера"), await market.seller("Олег")
    sales, network = await _linked(market, oleg)
    ends = (("Готово", "Подключён", "WON"), ("Нет линии", "Ушёл", "LOST"))
    for outcome, stage, kind in ends:
        title = f"Дом и {outcome}"
        sale = await market.begun(sales, title, vera)
        await sales.move(sale, "Договор")
        connection = await _link_of(market, sale)
        told = await market.told(connection)
        assert told["stage"]["name"] == "Заявка"
        assert told["slot"]["person"]["name"] == "Олег"
        await oleg.talk.hears(title)
        await network.move(connection, "Монтаж")
        await network.move(connection, outcome)
        assert (await market.until(sale, stage))["kind"] == kind
        news = await vera.talk.hears(f"«{outcome}»")
        assert f"на этапе «{stage}»" in news.text
        assert "сказать об этом клиенту" in news.text
        opened = await vera.opened(news, "Открыть сделку")
        await vera.talk.sees(opened, stage)
        card = await market.anna.card((await market.told(sale))["number"])
        assert f"🔗 №{told['number']} {title} · {outcome}" in card.text


async def _linked(market: Market, operations: Seller) -> tuple[Fair, Fair]:
    """Sales, and the connections that the operations department makes of them."""
    sales, network = await market.laid("Продажи", SALES), await market.laid("Сеть", NETWORK)
    slot = await market.company.graph.order(
        "openSlot", "slotId", name=f"Эксплуатация {operations.id[:6]}", personId=operations.id
    )
    ends = {"Готово": "Подключён", "Нет линии": "Ушёл"}
    await market.order(
        "setLinkRule",
        pipelineId=sales.pipeline_id,
        stageId=sales.stages["Договор"],
        toPipelineId=network.pipeline_id,
        toStageId=network.stages["Заявка"],
        outcomes=[
            {"stageId": network.stages[one], "movesToId": sales.stages[other]}
            for one, other in ends.items()
        ],
        slotId=slot["slotId"],
    )
    return sales, network


async def _link_of(market: Market, sale: str, n: int = 1) -> str:
    async def look() -> str | None:
        links = (await market.told(sale))["links"]
        return links[-1]["id"] if len(links) == n else None

    return await eventually(look, f"link {n}")


@pytest.mark.proves("S3-E3")
async def test_a_result_that_comes_too_late_moves_nothing_and_is_told(market: Market) -> None:
    vera, oleg = await market.seller("Вера"), await market.seller("Олег")
    sales, network = await _linked(market, oleg)
    sale = await market.begun(sales, "Уже закрыта", vera)
    await sales.move(sale, "Договор")
    connection = await _link_of(market, sale)
    await sales.move(sale, "Дорого")
    await network.move(connection, "Готово")
    await vera.talk.hears("уже закрыта и осталась как была")
    assert (await market.told(sale))["stage"]["name"] == "Дорого"


@pytest.mark.proves("S3-E3")
async def test_of_two_connections_of_one_sale_the_last_one_counts_and_a_deleted_one_does_not(
    market: Market,
) -> None:
    vera, oleg = await market.seller("Вера"), await market.seller("Олег")
    sales, network = await _linked(market, oleg)
    sale = await market.begun(sales, "Два монтажа", vera)
    await sales.move(sale, "Договор")
    first = await _link_of(market, sale)
    await sales.move(sale, "Новая")
    await sales.move(sale, "Договор")
    assert await _link_of(market, sale) == first
    await market.order("deleteDeal", dealId=first)
    await sales.move(sale, "Новая")
    await sales.move(sale, "Договор")

    async def second() -> str | None:
        links = [one["id"] for one in (await market.told(sale))["links"]]
        return next((id for id in links if id != first), None)

    replaced = await eventually(second, "another connection")
    with pytest.raises(AnswerHasErrors):
        await network.move(first, "Нет линии")
    assert (await market.told(sale))["stage"]["name"] == "Договор"
    await network.move(replaced, "Готово")
    await market.until(sale, "Подключён")


@pytest.mark.proves("S3-E3")
async def test_pipelines_that_move_each_other_come_to_rest(market: Market) -> None:
    vera = await market.seller("Вера")
    one, two = await market.laid("Туда", SALES), await market.laid("Обратно", NETWORK)
    for begin, start, end, goal in (
        (one, "Договор", two, "Монтаж"),
        (two, "Монтаж", one, "Договор"),
    ):
        await market.order(
            "setLinkRule",
            pipelineId=begin.pipeline_id,
            stageId=begin.stages[start],
            toPipelineId=end.pipeline_id,
            toStageId=end.stages[goal],
            outcomes=[{"stageId": end.stages[goal], "movesToId": begin.stages[start]}],
        )
    deal = await market.begun(one, "Карусель", vera)
    await one.move(deal, "Договор")
    titled = {"t": "Карусель"}
    await market.until_asked(TITLED, lambda told: len(told["deals"]["nodes"]) == 3, **titled)
    after = await market.begun(two, "Последний", vera)
    await two.move(after, "Монтаж")
    rest = {"t": "Последний"}
    await market.until_asked(TITLED, lambda told: len(told["deals"]["nodes"]) == 3, **rest)
    assert len((await market.ask(TITLED, **titled))["deals"]["nodes"]) == 3


@pytest.mark.proves("S3-E4")
async def test_a_rule_that_lacks_a_mandatory_field_waits_for_it_and_says_so(market: Market) -> None:
    vera, oleg = await market.seller("Вера"), await market.seller("Олег")
    sales, network = await _linked(market, oleg)
    about = {"pipelineId": sales.pipeline_id}
    await market.order("defineField", **about, key="port", label="Порт", kind="TEXT")
    await market.order("requireFields", **about, stageId=sales.stages["Подключён"], keys=["port"])
    sale = await market.begun(sales, "Без порта", vera)
    await sales.move(sale, "Договор")
    await network.move(await _link_of(market, sale), "Готово")
    await vera.talk.hears("не хватает полей: Порт")
    assert (await market.told(sale))["stage"]["name"] == "Договор"
    await market.order("changeDeal", dealId=sale, fields=[{"key": "port", "value": "7"}])
    await market.until(sale, "Подключён")
