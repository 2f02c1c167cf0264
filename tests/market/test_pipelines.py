"""Pipelines of the company's own making: what they want, how they change, how they are linked."""

import pytest

from infrastructure.town import AnswerHasErrors
from tests.helpdesk.talks import eventually
from tests.market.market import PHONE, Market

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
SALES = {"Новая": "OPEN", "Договор": "OPEN", "Подключён": "WON", "Дорого": "LOST", "Ушёл": "LOST"}
BATCH = """query ($id: ID!) { batch(id: $id) { state moved left skippedCount
  skipped { deal { title } reason } } }"""
COUNT = "query ($id: ID!) { board(pipelineId: $id) { stage { name } count } }"
TITLED = "query ($t: String!) { deals(filter: { text: $t }) { nodes { id stage { name } } } }"


@pytest.mark.proves("S3-01", "S3-02", "S3-E4", "S3-19")
async def test_winning_and_losing_want_the_kind_of_request_and_a_reason(market: Market) -> None:
    vera = await market.seller("Вера")
    fair = await market.laid("Заявки", SALES)
    about = {"pipelineId": fair.pipeline_id}
    choices = ["Подключение", "Ремонт"]
    await market.order(
        "defineField", **about, key="type", label="Тип", kind="CHOICE", choices=choices
    )
    for stage in ("Подключён", "Дорого", "Ушёл"):
        await market.order("requireFields", **about, stageId=fair.stages[stage], keys=["type"])
    await market.order("setLostReasons", **about, reasons=["Цена", "Сроки"])
    won, lost = [await market.begun(fair, title, vera) for title in ("Первая", "Вторая")]
    for stage in ("Подключён", "Ушёл"):
        with pytest.raises(AnswerHasErrors, match="Тип"):
            await fair.move(won, stage)
    with pytest.raises(AnswerHasErrors, match="Тип"):
        await fair.deal("Третья", PHONE, stage="Подключён")
    card = await vera.card((await market.told(won))["number"])
    await vera.turned(card, "Этап", "На какой этап")
    await vera.turned(card, "Подключён", "Тип?")
    await vera.turned(card, "Ремонт", "✅")
    told = await market.told(won)
    assert (told["kind"], told["fields"]) == ("WON", [{"key": "type", "value": "Ремонт"}])
    card = await vera.card((await market.told(lost))["number"])
    await vera.turned(card, "Этап", "На какой этап")
    await vera.turned(card, "Ушёл", "Тип?")
    await vera.turned(card, "Подключение", "Почему отказ?")
    await vera.turned(card, "Сроки", "Причина отказа: Сроки")
    told = await market.told(lost)
    assert (told["kind"], told["reason"], told["stage"]["name"]) == ("LOST", "Сроки", "Ушёл")


@pytest.mark.proves("S3-03", "S3-13", "S3-05")
async def test_each_kind_of_client_has_stages_of_its_own_which_the_bot_shows(
    market: Market,
) -> None:
    vera = await market.seller("Вера")
    homes = await market.laid("Квартиры", {"Звонок": "OPEN", "Визит": "OPEN", "Живёт": "WON"})
    firms = await market.laid("Фирмы", {"Тендер": "OPEN", "Суд": "OPEN", "Платит": "WON"})
    home, firm = (
        await market.begun(homes, "Иванов", vera),
        await market.begun(firms, "Газпром", vera),
    )
    for deal, path in ((home, "Звонок → Визит → Живёт"), (firm, "Тендер → Суд → Платит")):
        card = await vera.card((await market.told(deal))["number"])
        assert path in card.text
    with pytest.raises(AnswerHasErrors):
        await market.order("moveDeal", dealId=home, stageId=firms.stages["Суд"])
    board = (await market.ask(COUNT, id=firms.pipeline_id))["board"]
    assert [(one["stage"]["name"], one["count"]) for one in board] == [
        ("Тендер", 1),
        ("Суд", 0),
        ("Платит", 0),
    ]
    told = await market.ask("{ pipelines { id name } }")
    [name] = [one["name"] for one in told["pipelines"] if one["id"] == firms.pipeline_id]
    counts = await vera.shown("/board")
    await vera.turned(counts, f"📊 {name}", f"📊 {name}: мои")
    listed = await vera.turned(counts, "Тендер · 1", "Газпром")
    assert "Иванов" not in listed.text


@pytest.mark.proves("S3-04", "S3-E7", "S3-E4")
async def test_a_retired_stage_hands_its_deals_over_softly_though_its_clock_is_killed(
    market: Market,
) -> None:
    fair = await market.laid("Старая", {**SALES, "Договор 2": "OPEN"}, {"phone": "TEXT"})
    about = {"pipelineId": fair.pipeline_id}
    rows = [
        {"row": n, "title": f"Дом-{n}", "stage": "Договор", "fields": _phone(n)} for n in range(60)
    ]
    await market.order("importDeals", **about, rows=rows)
    old, new = fair.stages["Договор"], fair.stages["Договор 2"]
    await market.order("requireFields", **about, stageId=new, keys=["phone"])
    batch = await market.company.graph.order(
        "retireStage", "batchId", **about, stageId=old, successorId=new, rate=30
    )
    with pytest.raises(AnswerHasErrors, match="Договор 2"):
        await fair.deal("Поздно", PHONE, stage="Договор")
    await market.until_asked(BATCH, lambda told: told["batch"]["moved"] > 0, id=batch["batchId"])
    market.stage.roles.kill("clock")
    told = await market.until_asked(
        BATCH, lambda told: told["batch"]["state"] == "COMPLETED", id=batch["batchId"]
    )
    [left] = told["batch"]["skipped"]
    assert (told["batch"]["moved"], left["deal"]["title"]) == (59, "Дом-0")

    async def counted() -> bool | None:
        board = (await market.ask(COUNT, id=fair.pipeline_id))["board"]
        counts = {one["stage"]["name"]: one["count"] for one in board}
        return (counts["Договор"], counts["Договор 2"]) == (1, 59) or None

    await eventually(counted, "59 deals moved, one left")
    found = (await market.ask(TITLED, t="Дом-7"))["deals"]["nodes"][0]
    whats = [one["what"] for one in (await market.told(found["id"]))["history"]["nodes"]]
    assert whats == ["MovedToStage", "Opened"]
    batches = await market.anna.talk.asks("/batches", "Договор → Договор 2")
    assert "перенесено 59" in batches.text


def _phone(n: int) -> list[dict[str, str]]:
    return [{"key": "phone", "value": "дома"}] if n else []
