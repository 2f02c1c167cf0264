"""A client reads what was: closed tickets and what was said in them, without any manager's name."""

from typing import Any

import pytest

from tests.telegram.api import eventually
from tests.telegram.conftest import TICKET, Desk
from tests.telegram.keyboards import data_of, texts_of
from tests.telegram.test_own_tickets import card, seen

pytestmark = pytest.mark.asyncio

AT = "2026-11-20T10:00:00+00:00"


def page(more: bool = False, cursor: str = "next") -> dict[str, Any]:
    return {"hasNextPage": more, "endCursor": cursor}


def closed(*numbers: int, more: bool = False) -> dict[str, Any]:
    nodes = [
        {"id": str(TICKET), "number": number, "topic": "Доставка", "stars": 5} for number in numbers
    ]
    return {"data": {"tickets": {"nodes": nodes, "pageInfo": page(more)}}}


def said(direction: str, text: str, kind: str = "TEXT", **told: Any) -> dict[str, Any]:
    message = {"direction": direction, "kind": kind, "text": text, "at": AT}
    return {**message, "fileName": None, **told}


def thread(*messages: dict[str, Any], more: bool = False) -> dict[str, Any]:
    return {"data": {"thread": {"nodes": list(messages), "pageInfo": page(more)}}}


@pytest.mark.proves("S1-22")
async def test_closed_tickets_are_paged_in_one_message(desk: Desk) -> None:
    desk.api.script["ClosedTickets"] = [closed(9, 8, more=True), closed(more=True), closed(1)]
    desk.says(desk.klim, desk.talk, "/history")
    message = await desk.hears(desk.talk, "Закрытые обращения")
    assert texts_of(message) == [
        ["№9 Доставка ★★★★★"],
        ["№8 Доставка ★★★★★"],
        ["▶"],
        ["‹ К обращениям"],
    ]
    await desk.presses(desk.klim, message, data_of(message, "▶"))
    await eventually(lambda: texts_of(message)[0] == ["№1 Доставка ★★★★★"])
    assert texts_of(message)[1:] == [["◀"], ["‹ К обращениям"]]
    walked = [(one.variables["first"], one.variables["after"]) for one in asked(desk)]
    assert walked == [(6, None), (6, None), (6, "next")]


def asked(desk: Desk) -> Any:
    return desk.api.of("ClosedTickets")


async def test_who_has_no_history_is_told_so(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/history")
    await desk.hears(desk.talk, "Закрытых обращений пока нет")


@pytest.mark.proves("S1-22")
async def test_the_correspondence_says_who_when_and_what(desk: Desk) -> None:
    desk.api.script["Correspondence"] = [
        thread(
            said("IN", "Где заказ?"),
            said("OUT", "чек", "DOCUMENT", fileName="check.pdf"),
            said("IN", "story", "UNSUPPORTED"),
            said("IN", "я" * 900),
            more=True,
        )
    ]
    message = await card(desk, seen())
    await desk.presses(desk.klim, message, data_of(message, "Переписка"))
    await desk.hears(desk.talk, "Где заказ?")
    assert str(message.content["text"]).split("\n\n") == [
        "Вы · 20.11.2026 13:00\nГде заказ?",
        "Поддержка · 20.11.2026 13:00\n[файл] check.pdf чек",
        "Вы · 20.11.2026 13:00\n[не передаётся]",
        "Вы · 20.11.2026 13:00\n" + "я" * 500 + "…",
    ]
    assert texts_of(message) == [["▶"], ["‹ К обращению"]]


async def test_a_page_of_the_longest_messages_fits_into_one(desk: Desk) -> None:
    longest = [said("OUT", "я" * 4096, "DOCUMENT", fileName="f" * 200) for _ in range(6)]
    desk.api.script["Correspondence"] = [thread(*longest)]
    message = await card(desk, seen())
    await desk.presses(desk.klim, message, data_of(message, "Переписка"))
    await desk.hears(desk.talk, "Поддержка")
    assert str(message.content["text"]).endswith("…")
    assert len(str(message.content["text"])) < 4096
