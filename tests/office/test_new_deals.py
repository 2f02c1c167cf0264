"""New deals in the manager bot: a title, what the first stage wants, and who it is for."""

import pytest

from infrastructure.town import found_company
from tests.helpdesk.talks import eventually
from tests.office.sales import NEW, Sales
from tests.telegram.keyboards import texts_of

PIPELINES = "query ($at: BigInt) { pipelines(minPosition: $at) { id } }"

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]


async def test_a_manager_begins_a_deal_and_names_its_client(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    asked = await vera.opened(await vera.shown("/deals"), "➕ Сделка")
    assert "Как назвать сделку?" in asked.text
    client = await vera.replied(asked, "Протянуть кабель")
    assert "«Протянуть кабель» создана." in client.text
    card = await vera.replied(client, "Клим 8 916 123-45-00")
    assert "☎ Клим, +79161234500" in card.text
    assert "Ответственный: Вера" in card.text
    nobody = await vera.shown("/newdeal Повесить люстру")
    assert "«Повесить люстру» создана." in nobody.text
    assert "Повесить люстру" in (await vera.replied(nobody, "/skip")).text


async def test_what_the_first_stage_wants_is_told_with_the_title(sales: Sales) -> None:
    shop = await Sales.opened(sales.town, "Сборка")
    about = {"pipelineId": shop.fair.pipeline_id, "stageId": shop.fair.stages[NEW]}
    await shop.company.graph.order("requireFields", keys=["address"], **about)
    asked = await shop.olga.shown("/newdeal")
    assert asked.text.endswith("С новой строки сразу укажите:\nАдрес: …")
    again = await shop.olga.replied(asked, "Шкаф")
    assert "Сначала заполните поля.\n" in again.text
    done = await shop.olga.replied(again, "Шкаф\nадрес: Ленина 1\nСрок: 22.11.2026")
    assert "«Шкаф» создана." in done.text
    deal = await eventually(lambda: _only(shop), "the deal")
    fields = (await shop.told(deal["id"]))["fields"]
    assert fields == [
        {"key": "address", "value": "Ленина 1"},
        {"key": "due", "value": "2026-11-22"},
    ]
    repair = await shop.company.graph.order("definePipeline", "pipelineId", name="Ремонт")
    stage = {"pipelineId": repair["pipelineId"], "name": "Начало"}
    done = await shop.company.graph.order("addStage", **stage)
    await shop.company.graph.ask(PIPELINES, at=done["position"])
    choice = await shop.olga.shown("/newdeal")
    assert texts_of(choice) == [["Заказы"], ["Ремонт"]]
    asked = await shop.olga.opened(choice, "Ремонт")
    assert "Воронка «Ремонт»" in asked.text


async def _only(shop: Sales) -> dict[str, str] | None:
    return next(iter(await shop.found("шкаф")), None)


async def test_without_pipelines_nobody_is_told_of_deals(sales: Sales) -> None:
    anna = sales.world.user("Анна")
    company = await found_company(sales.world, sales.town.operator, "Совет", 99, [anna])
    talk = sales.talk_of(company, anna)
    for command in ("/start", "/help"):
        told = await talk.asks(command, "/queue")
        assert "/deals" not in told.text
    for command in ("/deals", "/board", "/newdeal"):
        await talk.asks(command, "Воронок пока нет")


@pytest.mark.proves("S3-18")
async def test_help_tells_what_can_be_done_with_deals(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    for command in ("/start", "/help"):
        told = await vera.shown(command)
        for word in ("/deals", "/board", "/newdeal", "/deal 42"):
            assert word in told.text
        assert "/slots" not in told.text
    leads = (await sales.olga.shown("/help")).text
    assert all(word in leads for word in ("/slots", "/import", "/batches"))
