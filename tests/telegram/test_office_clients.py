"""Clients in the private office: all of them, found, blocked; and canned replies."""

from typing import Any

import pytest

from tests.telegram.conftest import Desk, cleared
from tests.telegram.keyboards import data_of, texts_of
from tests.telegram.office_answers import CLIENT, KNOWN, TICKET, known, listed
from tests.telegram.offices import HEX, shown, turned

pytestmark = pytest.mark.asyncio(loop_scope="module")
ROW = {key: KNOWN[key] for key in ("id", "name", "username", "openTickets", "blocked")}


@pytest.fixture
def desk(company: Desk) -> Desk:
    return cleared(company)


@pytest.mark.proves("S1-29")
async def test_all_clients_are_listed_page_by_page_and_one_is_shown(desk: Desk) -> None:
    blocked = {**ROW, "name": "Вера", "username": None, "openTickets": 0, "blocked": True}
    first = listed("clients", ROW, cursor="after Klim")
    desk.api.script["Clients"] = [first, first, listed("clients", blocked), first]
    listing = await shown(desk, "/clients")
    assert texts_of(listing) == [["Клим @klim · 1"], ["▶"]]
    await turned(desk, listing, "▶")
    assert desk.api.of("Clients")[2].variables["after"] == "after Klim"
    assert texts_of(listing) == [["🚫 Вера"], ["◀"]]
    await turned(desk, listing, "◀")
    await turned(desk, listing, "Клим")
    assert listing.text.splitlines() == [
        "👤 Клим (@klim)",
        "Telegram id: 77",
        "С нами с 22.11.2026 12:00",
        "3 обращения, открытых: 1",
    ]
    theirs = {
        "id": TICKET,
        "number": 7,
        "topic": "",
        "status": "OPEN",
        "openedAt": "2026-11-22T09:00:00+00:00",
        "holder": None,
    }
    desk.api.script["TicketsOfClient"] = [listed("tickets", theirs)]
    await turned(desk, listing, "Обращения клиента")
    assert texts_of(listing)[0] == ["🟢 №7"]
    await turned(desk, listing, "№7")
    assert "№7 «Доставка»" in listing.text


async def test_a_client_or_a_ticket_is_found_by_what_is_known_of_them(desk: Desk) -> None:
    desk.api.script["Clients"] = [listed("clients", ROW)]
    found = await shown(desk, "/find кли")
    assert desk.api.of("Clients")[0].variables["search"] == "кли"
    assert texts_of(found) == [["Клим @klim · 1"]]
    question = await shown(desk, "/find")
    assert "Кого найти?" in question.text
    found = await shown(desk, "№7", reply_to=question.id)
    assert "№7 «Доставка»" in found.text
    assert desk.api.of("TicketShown")[0].variables["number"] == 7
    desk.api.script["Clients"] = [listed("clients")]
    assert "ничего нет" in (await shown(desk, "/find никто")).text


@pytest.mark.proves("S1-28")
async def test_a_client_is_blocked_after_a_question_and_unblocked(desk: Desk) -> None:
    barred = known(blocked=True, blockedAt="2026-11-22T10:00:00+00:00", blockedReason="Грубит")
    screen = await shown(desk, f"/start b_{HEX}")
    assert "Заблокировать?" in screen.text
    assert desk.api.of("BlockClient") == []
    await turned(desk, screen, "Отмена")
    await turned(desk, screen, "Заблокировать")
    desk.api.script["ClientSeen"] = [barred, known()]
    assert await turned(desk, screen, "🚫 Заблокировать") == "Клиент заблокирован"
    assert "Заблокирован 22.11.2026 13:00. Причина: Грубит" in screen.text
    assert desk.api.of("BlockClient")[0].variables["clientId"] == CLIENT
    assert await turned(desk, screen, "Разблокировать") == "Клиент снова может писать"
    assert desk.api.of("UnblockClient")[0].variables["clientId"] == CLIENT


async def test_a_block_may_have_a_reason(desk: Desk) -> None:
    screen = await shown(desk, f"/start b_{HEX}")
    await desk.presses(desk.anna, screen, data_of(screen, "с причиной"))
    question = await desk.hears(desk.office, "За что заблокировать?")
    await shown(desk, "Грубит", reply_to=question.id)
    [asked] = desk.api.of("BlockClient")
    assert (asked.variables["clientId"], asked.variables["reason"]) == (CLIENT, "Грубит")


def replies(*codes: str, acts: tuple[str, ...] = ()) -> dict[str, Any]:
    rows = [{"code": code, "text": f"Текст {code}", "acts": list(acts)} for code in codes]
    return {"data": {"cannedReplies": {"nodes": rows}}}


async def test_a_canned_reply_is_written_with_its_acts_seen_and_removed(desk: Desk) -> None:
    text = "/replies add пока Всего доброго, {client}!\n\n+закрыть\n+метка #vip\n+priority high"
    saved = await shown(desk, text)
    assert "↳ затем обращение закроется" in saved.text
    [asked] = desk.api.of("SaveCannedReply")
    assert (asked.variables["code"], asked.variables["text"]) == (
        "пока",
        "Всего доброго, {client}!",
    )
    assert asked.variables["acts"] == ["close", "tag:vip", "priority:high"]
    desk.api.script["CannedReplies"] = [replies("пока", acts=("close",))]
    await turned(desk, saved, "Все готовые")
    assert "пока — Текст пока" in saved.text
    await turned(desk, saved, "пока")
    assert "затем обращение закроется" in saved.text
    await turned(desk, saved, "Удалить")
    assert desk.api.of("RemoveCannedReply")[0].variables["code"] == "пока"


async def test_a_canned_reply_may_be_asked_for_and_must_make_sense(desk: Desk) -> None:
    screen = await shown(desk, "/replies")
    await desk.presses(desk.anna, screen, data_of(screen, "➕"))
    question = await desk.hears(desk.office, "первое слово — код")
    assert "{client}" in question.text
    again = await shown(desk, "одинокий_код", reply_to=question.id)
    assert "первое слово — код" in again.text
    bad = await shown(desk, "код текст\n+станцевать", reply_to=question.id)
    assert "Не сохранено" in bad.text
    assert desk.api.of("SaveCannedReply") == []
    assert "сохранён" in (await shown(desk, "код\nДва\nслова", reply_to=question.id)).text
    assert desk.api.of("SaveCannedReply")[0].variables["text"] == "Два\nслова"


async def test_a_canned_reply_is_chosen_for_a_ticket_and_its_sender_sees_what_was_sent(
    desk: Desk,
) -> None:
    desk.api.script["CannedReplies"] = [replies("привет", "пока")]
    screen = await shown(desk, f"/start r_{HEX}")
    assert texts_of(screen)[0] == ["привет · Текст привет"]
    await turned(desk, screen, "привет")
    assert "Отправлено клиенту, обращение №7:\n\nТекст привет" in screen.text
    [asked] = desk.api.of("SendCannedReply")
    assert (asked.variables["code"], asked.variables["ticketId"]) == ("привет", TICKET)
    await turned(desk, screen, "Назад")
    await turned(desk, screen, "Готовый ответ")
    kept = {"sendCannedReply": {"number": 7, "kept": "HELD_BY_OTHER"}}
    desk.api.script["SendCannedReply"] = [{"data": kept}]
    await turned(desk, screen, "пока")
    assert "ведёт другой сотрудник" in screen.text
