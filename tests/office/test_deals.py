"""Lists of deals in the manager bot: whose, by buttons, by words, page after page."""

import pytest

from interfaces.telegram.buttons import data
from interfaces.telegram.office.deal_filters import LAST_PAGE
from tests.office.sales import WON, WORK, Sales
from tests.telegram.keyboards import texts_of

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]


@pytest.mark.proves("S3-12", "S3-16")
async def test_a_manager_pages_through_their_own_open_deals(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    for n in range(12):
        await sales.deal(vera, f"Кабель{n}")
    await sales.deal(vera, "Оконченная", WON, fields={"type": "Ремонт"})
    await sales.deal(sales.olga, "Чужая")
    listed = await vera.shown("/deals")
    assert listed.text.startswith("Мои сделки")
    assert "Кабель11\nНовая · Вера" in listed.text
    assert "Кабель1\n" not in listed.text
    await vera.turned(listed, "▶", "Кабель1\n")
    assert "Кабель0" in listed.text
    assert "Кабель2" not in listed.text
    assert "Оконченная" not in listed.text
    assert "Чужая" not in listed.text
    await vera.turned(listed, "◀", "Кабель11")


@pytest.mark.proves("S3-16")
async def test_who_leads_sees_the_deals_of_all_and_a_manager_those_of_nobody(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    await sales.deal(vera, "Тополь у Веры")
    await sales.deal(None, "Тополь ничей")
    listed = await sales.olga.shown("/deals тополь")
    assert "Тополь" not in listed.text
    await sales.olga.turned(listed, "Все", "Тополь у Веры")
    assert "Тополь ничей\nНовая · ответственного нет" in listed.text
    own = await vera.shown("/deals тополь")
    assert "Тополь ничей" not in own.text
    assert "Все" not in str(texts_of(own))
    await vera.turned(own, "Ничьи", "Тополь ничей")
    assert "Тополь у Веры" not in own.text
    everything = data("deals", "a,,,,тополь", 0)
    await vera.press(own, everything)
    await vera.talk.sees(own, "Все сделки")
    assert "Тополь у Веры" in own.text
    glass = await sales.deal(sales.olga, "Тополь у Ольги")
    await vera.press(own, everything.replace("тополь", "топол"))
    await vera.talk.sees(own, "«топол»")
    assert f"№{glass}" not in own.text


@pytest.mark.proves("S3-12", "S3-13")
async def test_buttons_narrow_a_list_by_stage_date_phone_and_text(sales: Sales) -> None:
    boris = await sales.seller("Борис")
    work = {"address": "Ленина 1", "due": "2026-12-01"}
    await sales.deal(boris, "Роутер", WORK, fields=work, contact={"phones": ["+79031112233"]})
    await sales.deal(boris, "Антенна")
    listed = await boris.shown("/deals")
    await boris.turned(listed, "Этап", "С какого этапа")
    await boris.turned(listed, "В работе", "Заказы › В работе")
    assert "Роутер" in listed.text
    assert "Антенна" not in listed.text
    await boris.turned(listed, "Дата", "Когда сделка появилась")
    await boris.turned(listed, "За неделю", "–")
    assert "Роутер" in listed.text
    wrong = await boris.replied(await boris.opened(listed, "Телефон"), "да")
    assert "не телефон" in wrong.text
    called = await boris.replied(wrong, "22-33")
    assert "тел. …2233" in called.text
    assert "Заказы › В работе" in called.text
    assert "Роутер" in called.text
    found = await boris.replied(await boris.opened(called, "Текст"), "антен")
    assert "Таких сделок нет" in found.text
    whole = await boris.turned(found, "Сбросить", "Антенна")
    dated = await boris.turned(whole, "Дата", "Когда сделка появилась")
    asked = await boris.opened(dated, "Свои даты")
    again = await boris.replied(asked, "вчера")
    assert "не даты" in again.text
    old = await boris.replied(again, "1.11.2020–22.11.2020")
    assert "01.11.2020–22.11.2020" in old.text
    assert "Таких сделок нет" in old.text


@pytest.mark.proves("S3-12")
async def test_words_after_the_command_narrow_it_too(sales: Sales) -> None:
    gleb = await sales.seller("Глеб")
    await sales.deal(gleb, "Шкаф", contact={"name": "Клим", "phones": ["+79034445566"]})
    await sales.deal(gleb, "Диван", WON, fields={"type": "Ремонт"})
    assert "Шкаф" in (await gleb.shown("/deals 8 (903) 444-55-66")).text
    told = await gleb.shown("/deals дата:неделя этап:нов шка")
    assert "Заказы › Новая" in told.text
    assert "Шкаф" in told.text
    assert "«шка»" in told.text
    assert "✅ №" in (await gleb.shown("/deals воронка:Заказы диван")).text
    assert "Этапа «Полёт» нет" in (await gleb.shown("/deals этап:Полёт")).text
    assert "Воронки «Небо» нет" in (await gleb.shown("/deals воронка: Небо")).text
    assert "Шкаф" in (await gleb.shown("/deals Клим")).text


async def test_a_number_alone_opens_the_deal(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    number = await sales.deal(vera, "Полка")
    for said in (f"/deal {number}", f"/deal №{number}", f"№{number}", str(number)):
        assert f"№{number} Полка" in (await vera.shown(said)).text
    other = await sales.deal(sales.olga, "Чужая")
    assert (await vera.shown(str(other))).text == "Такой сделки у вас нет."
    assert (await vera.shown("/deal 999999999")).text == "Такой сделки у вас нет."
    assert "Мои сделки" in (await vera.shown("/deal")).text


@pytest.mark.proves("P5", "P19")
async def test_stale_buttons_of_lists_are_answered(sales: Sales) -> None:
    vera = await sales.seller("Вера")
    listed = await vera.shown("/deals")
    for stale in (
        data("deals", "m,abcdef,,,", 0),
        data("deals", "m,,,,", LAST_PAGE + 1),
        data("deals", "x,,,,", 0),
        data("deals", "m", 0),
        data("deals", "m,,991399,,", 0),
        data("sift", "m,,,,", 99),
        data("deal", "0" * 31),
        data("board", "u,,,,"),
    ):
        assert await vera.press(listed, stale) == "! Эта кнопка устарела.", stale
    assert await vera.press(listed, data("deals", "m,,,,", LAST_PAGE)) == ""
    await vera.talk.sees(listed, "Таких сделок нет")
