"""A client's own tickets: listed, looked at, written in, closed, opened again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from interfaces.sandbox.messages import Message
from tests.telegram.api import OWN, eventually, refused
from tests.telegram.conftest import TICKET, Desk
from tests.telegram.keyboards import data_of, texts_of
from tests.telegram.test_conversations import OTHER, open_tickets

pytestmark = pytest.mark.asyncio


def seen(status: str = "OPEN", cycle: int = 1, **told: Any) -> dict[str, Any]:
    """One of the client's tickets, as the API shows it."""
    ticket = {
        "id": str(TICKET),
        "number": 7,
        "topic": "Доставка",
        "status": status,
        "cycle": cycle,
        "openedAt": "2026-11-20T10:00:00+00:00",
        "closedAt": None,
        "lastMessageAt": "2026-11-20T11:30:00+00:00",
        "stars": None,
    }
    return {"data": {"ticket": {**ticket, **told}, "me": OWN}}


def closed(since: timedelta, **told: Any) -> dict[str, Any]:
    return seen("CLOSED", closedAt=(datetime.now(UTC) - since).isoformat(), **told)


async def listed(desk: Desk) -> Message:
    desk.api.script["MyTickets"] = [open_tickets(0, (OTHER, 5, ""), (str(TICKET), 7, "Доставка"))]
    desk.says(desk.klim, desk.talk, "/tickets")
    return await desk.hears(desk.talk, "У вас 2 открытых обращения")


async def card(desk: Desk, shown: dict[str, Any]) -> Message:
    """The ticket's card, in the place of the list."""
    desk.api.script["OwnTicket"] = [shown]
    message = await listed(desk)
    await desk.presses(desk.klim, message, data_of(message, "№7"))
    return await desk.hears(desk.talk, "Обращение №7 · Доставка")


async def test_open_tickets_are_listed_and_the_active_one_is_marked(desk: Desk) -> None:
    message = await listed(desk)
    assert texts_of(message) == [
        ["№5"],
        ["✍ №7 Доставка"],
        ["➕ Новое обращение", "🗂 История"],
    ]


async def test_who_has_no_tickets_is_told_what_to_do(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/tickets")
    message = await desk.hears(desk.talk, "Открытых обращений нет")
    assert texts_of(message) == [["➕ Новое обращение", "🗂 История"]]


async def test_the_card_tells_when_in_the_readers_own_time(desk: Desk) -> None:
    message = await card(desk, seen())
    assert message.content["text"] == (
        "Обращение №7 · Доставка\n"
        "Открыто: 20.11.2026 13:00\n"
        "Последнее сообщение: 20.11.2026 14:30\n"
        "🟢 В работе"
    )
    times = [one for one in message.content["entities"] if one["type"] == "date_time"]
    assert [one["unix_time"] for one in times] == [1_795_168_800, 1_795_174_200]
    assert texts_of(message) == [
        ["✍ Писать сюда", "💬 Переписка"],
        ["✔ Закрыть"],
        ["‹ К обращениям"],
    ]


@pytest.mark.proves("S1-23")
async def test_the_client_chooses_where_the_next_message_goes(desk: Desk) -> None:
    message = await card(desk, seen())
    told = await desk.presses(desk.klim, message, data_of(message, "Писать"))
    assert told == "Новые сообщения пойдут в обращение №7."
    [asked] = desk.api.of("ChooseConversation")
    assert (asked.variables["ticketId"], asked.user) == (str(TICKET), desk.klim.id)


@pytest.mark.proves("S1-25")
async def test_the_client_closes_a_ticket_and_opens_it_again(desk: Desk) -> None:
    message = await card(desk, seen())
    assert "закрыто" in await desk.presses(desk.klim, message, data_of(message, "Закрыть"))
    assert desk.api.of("CloseTicket")[0].user == desk.klim.id
    await desk.hears(desk.talk, "Обращение №7 закрыто")
    told = await desk.presses(desk.klim, message, data_of(message, "Открыть снова"))
    assert "снова открыто" in told
    assert desk.api.of("ReopenTicket")[0].variables["ticketId"] == str(TICKET)


async def test_a_closed_ticket_can_be_opened_again_only_in_time(desk: Desk) -> None:
    message = await card(desk, closed(timedelta(days=1), stars=4))
    assert "Ваша оценка: ★★★★☆" in message.content["text"]
    assert texts_of(message)[1] == ["↩ Открыть снова"]
    await desk.presses(desk.klim, message, data_of(message, "К обращениям"))
    await desk.hears(desk.talk, "У вас 2 открытых")
    desk.api.script["OwnTicket"] = [closed(timedelta(days=8))]
    await desk.presses(desk.klim, message, data_of(message, "№7"))
    await desk.hears(desk.talk, "Закрыто")
    assert texts_of(message) == [["💬 Переписка"], ["‹ К обращениям"]]


async def test_too_late_is_said_in_words(desk: Desk) -> None:
    desk.api.script["ReopenTicket"] = [refused("ClosedTooLongAgo")]
    message = await card(desk, closed(timedelta(days=1)))
    told = await desk.presses(desk.klim, message, data_of(message, "Открыть снова"))
    assert told.startswith("! Обращение закрыто слишком давно")


@pytest.mark.proves("P5")
async def test_a_button_of_a_cycle_that_has_ended_does_nothing(desk: Desk) -> None:
    message = await card(desk, seen(cycle=1))
    close = data_of(message, "Закрыть")
    desk.api.script["OwnTicket"] = [seen(cycle=2)]
    assert "устарела" in await desk.presses(desk.klim, message, close)
    assert desk.api.of("CloseTicket") == []
    await eventually(lambda: data_of(message, "Закрыть") != close)
    await desk.presses(desk.klim, message, data_of(message, "Закрыть"))
    assert len(desk.api.of("CloseTicket")) == 1


@pytest.mark.proves("P19")
@pytest.mark.parametrize(
    "forged",
    [
        *("", "c1", "c1:close", "c1:close:7", f"c1:close:{TICKET.hex}:x", f"c1:steal:{TICKET.hex}"),
        *(f"c2:close:{TICKET.hex}", "c1:talk:zz:0", "c1:language:xx", "c1:topic:none", "s1:home:7"),
    ],
)
async def test_forged_and_foreign_presses_are_answered_and_do_nothing(
    desk: Desk, forged: str
) -> None:
    desk.says(desk.klim, desk.talk, "/start")
    await desk.hears(desk.talk, "Здравствуйте")
    keyboard = {"inline_keyboard": [[{"text": "?", "callback_data": forged or " "}]]}
    params = {"text": "Чужая", "reply_markup": keyboard}
    await desk.send("sendMessage", desk.clients, desk.klim.id, params)
    message = await desk.hears(desk.talk, "Чужая")
    assert "устарела" in await desk.presses(desk.klim, message, forged or " ")
    done = {one.name for one in desk.api.asked}
    assert done <= {"RegisterClient", "OwnTexts", "ChosenLanguage", "Topics", "CheckReadiness"}


async def test_somebody_elses_ticket_is_not_there(desk: Desk) -> None:
    message = await listed(desk)
    desk.api.script["OwnTicket"] = [{"data": {"ticket": None, "me": OWN}}]
    told = await desk.presses(desk.klim, message, data_of(message, "№7"))
    assert told == "! Такого здесь нет или уже нет."
