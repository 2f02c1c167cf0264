"""Tables of deals in the manager bot: seen before they are loaded, loaded once, mended if wrong."""

import io
from collections.abc import Sequence

import pytest
from openpyxl import load_workbook

from tests.office.sales import Sales
from tests.telegram.keyboards import data_of, texts_of

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]
COLUMNS = "Название;Этап;Ответственный;Клиент;Телефон;Адрес;Погода"


def table(*rows: str) -> bytes:
    return "\n".join([COLUMNS, *rows]).encode()


async def test_a_table_is_seen_before_it_is_loaded_and_loaded_once(sales: Sales) -> None:
    rows = [f"Ввоз {n};Новая;;Клим {n};8903555{n:04};Ленина {n};ясно" for n in range(1, 4)]
    sent = sales.olga.sends("deals.csv", table(*rows, "Ввоз 4;Полёт;;;;;", ";;;;123;;"))
    seen = await sales.olga.answer(sent.id)
    assert "Заказы: 5 строк" in seen.text
    assert "Не поняты и не загрузятся: Погода" in seen.text
    assert "2. Ввоз 1 · Новая · Клим 1 · 89035550001 · address: Ленина 1" in seen.text
    assert "Строка 5: Такого этапа в воронке нет. (Полёт)" in seen.text
    assert "Строка 6: " in seen.text
    assert texts_of(seen) == [["⬇ Загрузить 3 сделки"]]
    load = data_of(seen, "Загрузить")
    done = await sales.olga.turned(seen, "Загрузить", "✔ Загружены 3 сделки.")
    assert "▓▓▓▓▓▓▓▓▓▓ 100 % (5/5)" in done.text
    await sales.olga.press(done, load)
    listed = await sales.olga.shown("/deals Ввоз", "Ввоз 3")
    assert "Ввоз 1\nНовая · Ольга" in listed.text
    found = await sales.found("Ввоз")
    assert len(found) == 3
    [first] = [one for one in found if one["title"] == "Ввоз 1"]
    told = await sales.told(first["id"])
    assert told["contacts"][0]["phones"] == ["+79035550001"]
    assert told["fields"] == [{"key": "address", "value": "Ленина 1"}]


async def test_many_wrong_rows_come_back_as_a_file_to_be_mended(sales: Sales) -> None:
    good, bad = "Ремонт А;Новая;;;;;", [f"Ремонт Б{n};Полёт;;;;;" for n in range(12)]
    sent = sales.olga.sends("deals.csv", table(good, *bad))
    seen = await sales.olga.answer(sent.id)
    assert "и ещё 2" in seen.text
    await sales.olga.turned(seen, "Загрузить", "✔ Загружена 1 сделка.")
    answered = await sales.olga.talk.until(lambda: _file(sales), "a file")
    lines = answered.decode("utf-8-sig").splitlines()
    assert len(lines) == 13
    assert "Такого этапа в воронке нет. (Полёт)" in lines[1]


def _file(sales: Sales) -> bytes | None:
    """What the bot has sent to Olga last."""
    sent = [one for one in sales.olga.talk.chat.messages.values() if one.by_bot and one.media]
    return next((one.media.file.data for one in reversed(sent) if one.media), None)


async def test_a_template_can_be_filled_in_and_sent_back(sales: Sales) -> None:
    help_ = await sales.olga.shown("/import")
    assert "до 5000 строк" in help_.text
    last = max(sales.olga.talk.chat.messages)
    await sales.olga.talk.presses("Шаблон: Заказы", help_)
    await sales.olga.talk.until(lambda: _after(sales, last), "a template")
    content = _file(sales)
    assert content is not None
    book = load_workbook(io.BytesIO(content))
    headings = [str(cell.value) for cell in book.worksheets[0][1]]
    assert {"Название", "Этап", "Телефон", "Адрес", "Тип заявки"} <= set(headings)
    book.worksheets[0].append(_filled(headings, Название="Из шаблона", Адрес="Ленина 9"))
    saved = io.BytesIO()
    book.save(saved)
    sent = sales.olga.sends("deals.xlsx", saved.getvalue())
    seen = await sales.olga.answer(sent.id)
    await sales.olga.turned(seen, "Загрузить", "✔ Загружена 1 сделка.")
    assert "Из шаблона" in (await sales.olga.shown("/deals шаблона", "Из шаблона")).text


def _after(sales: Sales, last: int) -> bool | None:
    return any(one.media for one in sales.olga.talk.heard(after=last)) or None


def _filled(headings: Sequence[str], **told: str) -> list[str]:
    return [told.get(heading, "") for heading in headings]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("deals.csv", b"\x00\x01\x02", "не CSV"),
        ("deals.csv", "Этап\nНовая".encode(), "одна из них: «Название»"),
        ("deals.csv", "Название".encode(), "ничего нет"),
        ("deals.xls", b"\xd0\xcf\x11\xe0", "Старые файлы Excel"),
    ],
)
async def test_a_file_that_is_no_table_of_deals_is_told(
    sales: Sales, name: str, content: bytes, told: str
) -> None:
    sent = sales.olga.sends(name, content)
    assert told in (await sales.olga.answer(sent.id)).text


async def test_a_table_of_somebody_who_does_not_lead_is_not_read(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    sent = vera.sends("deals.csv", table("Ввоз 9;Новая;;;;;"))
    assert "/help" in (await vera.answer(sent.id)).text


async def test_with_several_pipelines_one_is_chosen_first(sales: Sales) -> None:
    shop = await Sales.opened(sales.town, "Сборка")
    repair = await shop.company.graph.order("definePipeline", "pipelineId", name="Ремонт")
    stage = {"pipelineId": repair["pipelineId"], "name": "Начало"}
    done = await shop.company.graph.order("addStage", **stage)
    await shop.company.graph.ask(
        "query ($at: BigInt) { pipelines(minPosition: $at) { id } }", at=done["position"]
    )
    sent = shop.olga.sends("deals.csv", table("Шкаф;;;;;;"))
    choice = await shop.olga.answer(sent.id)
    assert texts_of(choice) == [["Заказы"], ["Ремонт"]]
    seen = await shop.olga.turned(choice, "Ремонт", "Ремонт: 1 строка")
    await shop.olga.turned(seen, "Загрузить", "✔ Загружена 1 сделка.")
    listed = await shop.olga.turned(seen, "К сделкам", "Шкаф")
    assert "Начало · Ольга" in listed.text
