"""One ticket in the private office, and all that can be done with it."""

from typing import Any

import pytest

from tests.telegram.conftest import Desk, cleared
from tests.telegram.keyboards import data_of, texts_of
from tests.telegram.office_answers import ANNA, BORIS, TICKET, colleague, listed, roster, seen
from tests.telegram.offices import HEX, shown, turned

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def desk(company: Desk) -> Desk:
    return cleared(company)


@pytest.mark.proves("S1-15")
async def test_the_link_of_a_post_shows_its_ticket(desk: Desk) -> None:
    ticket = await shown(desk, f"/start t_{HEX}")
    assert ticket.text.splitlines() == [
        "🟠 №7 «Доставка»",
        "Клиент: Клим (@klim)",
        "Открыто 22.11.2026 12:00",
        "Анна · ответ дан",
        "🟠 высокий",
        "#vip",
    ]
    assert desk.api.of("TicketShown")[0].variables["id"] == TICKET
    assert any("✔ Закрыть" in row for row in texts_of(ticket))


async def test_a_ticket_that_is_not_there_is_said_to_be_missing(desk: Desk) -> None:
    gone = seen()
    gone["data"]["ticket"] = None
    desk.api.script["TicketShown"] = [gone]
    assert (await shown(desk, f"/start t_{HEX}")).text == "Такого обращения нет."
    assert (await shown(desk, "/start t_nonsense")).text == "Эта кнопка устарела."


ACTS: list[tuple[str, dict[str, Any], str, str]] = [
    ("Закрыть", {}, "StaffClose", "закрыто"),
    ("Вернуть в очередь", {}, "ReleaseTicket", "снова в очереди"),
    ("Взять", {"holder": None}, "ClaimTicket", "ваше"),
    ("Открыть снова", {"status": "CLOSED"}, "StaffReopen", "снова открыто"),
]


@pytest.mark.parametrize(("button", "told", "operation", "answer"), ACTS)
async def test_the_buttons_of_a_ticket_do_what_they_say_and_show_it_anew(
    desk: Desk, button: str, told: dict[str, Any], operation: str, answer: str
) -> None:
    desk.api.script["TicketShown"] = [seen(**told), seen(topic="После")]
    ticket = await shown(desk, f"/start t_{HEX}")
    assert answer in await turned(desk, ticket, button)
    assert "«После»" in ticket.text
    assert desk.api.of(operation)[0].variables["ticketId"] == TICKET
    assert desk.api.of("TicketShown")[-1].variables["minPosition"] == 40


async def test_priority_and_tags_are_set_with_buttons(desk: Desk) -> None:
    ticket = await shown(desk, f"/start t_{HEX}")
    await turned(desk, ticket, "Приоритет")
    await turned(desk, ticket, "срочно")
    assert desk.api.of("PrioritiseTicket")[0].variables["priority"] == "URGENT"
    await turned(desk, ticket, "Метки")
    await turned(desk, ticket, "✖ #vip")
    assert desk.api.of("UntagTicket")[0].variables["tag"] == "vip"
    await turned(desk, ticket, "Метки")
    await desk.presses(desk.anna, ticket, data_of(ticket, "➕"))
    question = await desk.hears(desk.office, "Какую метку")
    assert "№7" in (await shown(desk, "#срочная доставка", reply_to=question.id)).text
    assert desk.api.of("TagTicket")[0].variables["tag"] == "срочная доставка"


async def test_a_note_may_be_written_from_the_office(desk: Desk) -> None:
    ticket = await shown(desk, f"/start t_{HEX}")
    await desk.presses(desk.anna, ticket, data_of(ticket, "Заметка"))
    question = await desk.hears(desk.office, "ответьте на это сообщение")
    assert "Заметка сохранена" in (await shown(desk, "Перезвонить", reply_to=question.id)).text
    [asked] = desk.api.of("AddNote")
    assert asked.variables["ticketId"] == TICKET
    assert asked.variables["content"]["text"] == "Перезвонить"


@pytest.mark.proves("S1-22")
async def test_the_correspondence_is_read_page_by_page(desk: Desk) -> None:
    def said(n: int, **told: Any) -> dict[str, Any]:
        return {
            "direction": "IN",
            "by": None,
            "kind": "TEXT",
            "text": f"Вопрос {n}",
            "fileName": None,
            "at": "2026-11-22T09:00:00+00:00",
            "version": 1,
            "withdrawnAt": None,
            "failure": None,
            **told,
        }

    def answer(*rows: dict[str, Any], cursor: str | None = None) -> dict[str, Any]:
        about = {
            "ticket": {"number": 7, "topic": "", "clientName": "Клим"},
            "me": {"workspace": {"settings": {"zone": "Europe/Moscow"}}},
        }
        return {"data": {**listed("thread", *rows, cursor=cursor)["data"], **about}}

    anna = {"direction": "OUT", "by": {"name": "Анна"}, "text": "Едет", "version": 2}
    note = {"direction": "NOTE", "by": {"name": "Борис"}, "kind": "PHOTO", "text": ""}
    first = answer(said(1), said(2, **anna), said(3, **note), cursor="c3")
    desk.api.script["TicketThread"] = [first, first, answer(said(9))]
    ticket = await shown(desk, f"/start t_{HEX}")
    await turned(desk, ticket, "Переписка")
    assert "👤 Клим, 22.11.2026 12:00\nВопрос 1" in ticket.text
    assert "💬 Анна, 22.11.2026 12:00 · изменено\nЕдет" in ticket.text
    assert "📝 Борис, 22.11.2026 12:00\n[фото]" in ticket.text
    await turned(desk, ticket, "▶")
    assert "Вопрос 9" in ticket.text


@pytest.mark.proves("S1-26")
async def test_a_ticket_is_handed_over_to_a_colleague_who_is_here(desk: Desk) -> None:
    gone = colleague("9", "Галина", 9, presence="GONE")
    staff = [gone, colleague(ANNA, "Анна", desk.anna.id), colleague(BORIS, "Борис", 2)]
    left = colleague("8", "Ушедший", 8, working=False)
    desk.api.script["Roster"] = [roster(*staff, left, colleague("6", "Шеф", 6, roles=["OWNER"]))]
    screen = await shown(desk, f"/start x_{HEX}")
    assert texts_of(screen) == [["🟢 Борис · 0"], ["⚫ Галина · 0"], ["« Назад"]]
    await turned(desk, screen, "Борис")
    await desk.presses(desk.anna, screen, data_of(screen, "с пояснением"))
    question = await desk.hears(desk.office, "Что сказать коллеге (Борис)")
    told = await shown(desk, "Клиент твой", reply_to=question.id)
    assert told.text.startswith("Передано: Борис.")
    [asked] = desk.api.of("TransferTicket")
    assert (asked.variables["toId"], asked.variables["reason"]) == (BORIS, "Клиент твой")


async def test_a_closed_ticket_shows_its_stars(desk: Desk) -> None:
    closed = {"status": "CLOSED", "closedAt": "2026-11-22T10:00:00+00:00", "stars": 4}
    desk.api.script["TicketShown"] = [seen(**closed)]
    assert "Закрыто 22.11.2026 13:00 ★★★★☆" in (await shown(desk, f"/start t_{HEX}")).text
