"""Clients say what they write about and where it belongs; no word of theirs is lost on the way."""

from typing import Any

import pytest

from tests.telegram.api import posted, refused
from tests.telegram.conftest import TICKET, Desk
from tests.telegram.keyboards import data_of, rows_of, texts_of

pytestmark = pytest.mark.asyncio

OTHER = "0a1c2b9e-8d35-4a57-9d0e-0d2b8f1f7a22"


def topics(*named: str) -> dict[str, Any]:
    return {"data": {"me": {"workspace": {"topics": list(named)}}}}


def open_tickets(held: int = 0, *numbered: tuple[str, int, str]) -> dict[str, Any]:
    """The client's open tickets, the last of them active."""
    told = [{"id": id, "number": number, "topic": topic} for id, number, topic in numbered]
    active = told[-1]["id"] if told else None
    return {"data": {"me": {"activeTicketId": active, "heldMessages": held, "openTickets": told}}}


def chosen(number: int | None) -> dict[str, Any]:
    return {"data": {"chooseTopic": {"number": number, "replayed": False}}}


TWO = open_tickets(1, (OTHER, 5, "Оплата"), (str(TICKET), 7, "Доставка"))


@pytest.mark.proves("S1-13")
async def test_new_offers_the_topics_and_the_next_message_is_awaited(desk: Desk) -> None:
    desk.api.script["Topics"] = [topics("Доставка", "Оплата картой")]
    desk.says(desk.klim, desk.talk, "/new")
    question = await desk.hears(desk.talk, "О чём ваш вопрос?")
    assert texts_of(question) == [["Доставка"], ["Оплата картой"]]
    assert await desk.presses(desk.klim, question, data_of(question, "Оплата")) == ""
    [asked] = desk.api.of("ChooseTopic")
    assert (asked.variables["topic"], asked.user) == ("Оплата картой", desk.klim.id)
    await desk.hears(desk.talk, "Тема «Оплата картой». Напишите ваш вопрос")
    assert rows_of(question) == []


async def test_new_without_topics_awaits_the_question(desk: Desk) -> None:
    desk.says(desk.klim, desk.talk, "/new")
    await desk.hears(desk.talk, "Напишите ваш вопрос — он станет новым обращением")
    [asked] = desk.api.of("ChooseTopic")
    assert asked.variables["topic"] == ""


async def test_the_button_of_the_greeting_does_the_same(desk: Desk) -> None:
    desk.api.script["Topics"] = [topics("Доставка")]
    desk.says(desk.klim, desk.talk, "/start")
    greeting = await desk.hears(desk.talk, "Здравствуйте")
    await desk.presses(desk.klim, greeting, data_of(greeting, "Новое"))
    await desk.hears(desk.talk, "О чём ваш вопрос?")
    assert texts_of(greeting) == [["Доставка"]]


@pytest.mark.proves("S1-13", "S1-14")
async def test_a_held_message_gets_its_number_when_the_topic_is_chosen(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [posted(number=None, asked="TOPIC")]
    desk.api.script["Topics"] = [topics("Доставка")]
    desk.api.script["ChooseTopic"] = [chosen(12)]
    desk.says(desk.klim, desk.talk, "Где заказ?")
    question = await desk.hears(desk.talk, "Выберите тему")
    await desk.presses(desk.klim, question, data_of(question, "Доставка"))
    await desk.hears(desk.talk, "Обращение №12 «Доставка» принято")
    assert len(desk.texts(desk.talk)) == 1


async def test_the_question_is_put_once_for_several_messages(desk: Desk) -> None:
    asked = {"number": None, "asked": "TOPIC"}
    desk.api.script["PostMessage"] = [posted(**asked), posted(**asked, askedAgain=True)]
    desk.api.script["Topics"] = [topics("Доставка")]
    for n in range(4):
        desk.says(desk.klim, desk.talk, f"часть {n}")
    await desk.api.wait("PostMessage", 4)
    await desk.settled("inbox")
    assert len(desk.texts(desk.talk)) == 1


async def test_a_question_that_was_lost_is_put_with_the_next_message(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [posted(number=None, asked="TOPIC", askedAgain=True)]
    desk.api.script["Topics"] = [topics("Доставка")]
    desk.says(desk.klim, desk.talk, "ну как?")
    await desk.hears(desk.talk, "Выберите тему")


async def test_held_words_without_any_topic_can_still_become_a_ticket(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [posted(number=None, asked="TOPIC")]
    desk.api.script["ChooseTopic"] = [chosen(3)]
    desk.says(desk.klim, desk.talk, "вопрос")
    question = await desk.hears(desk.talk, "Начать новое обращение?")
    await desk.presses(desk.klim, question, data_of(question, "Новое"))
    await desk.hears(desk.talk, "Обращение №3 принято")


@pytest.mark.proves("S1-23")
async def test_when_unsure_the_client_is_asked_for_the_ticket(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [posted(number=None, asked="TICKET")]
    desk.api.script["MyTickets"] = [TWO]
    desk.api.script["PlaceMessages"] = [{"data": {"placeMessages": {"number": 5}}}]
    desk.says(desk.klim, desk.talk, "а чек?")
    question = await desk.hears(desk.talk, "К какому обращению")
    assert texts_of(question) == [["№5 Оплата"], ["№7 Доставка"], ["➕ Новое обращение"]]
    await desk.presses(desk.klim, question, data_of(question, "Оплата"))
    [asked] = desk.api.of("PlaceMessages")
    assert asked.variables["ticketId"] == OTHER
    await desk.hears(desk.talk, "Добавлено в обращение №5")


async def test_what_is_held_may_become_a_new_ticket_instead(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [posted(number=None, asked="TICKET")]
    desk.api.script["MyTickets"] = [TWO]
    desk.api.script["Topics"] = [topics("Возврат")]
    desk.api.script["ChooseTopic"] = [chosen(9)]
    desk.says(desk.klim, desk.talk, "хочу вернуть")
    question = await desk.hears(desk.talk, "К какому обращению")
    await desk.presses(desk.klim, question, data_of(question, "Новое"))
    await desk.hears(desk.talk, "О чём ваш вопрос?")
    await desk.presses(desk.klim, question, data_of(question, "Возврат"))
    await desk.hears(desk.talk, "Обращение №9 «Возврат» принято")


@pytest.mark.proves("P5", "P19")
async def test_every_press_under_one_question_is_the_same_command(desk: Desk) -> None:
    desk.api.script["Topics"] = [topics("Доставка", "Оплата")]
    desk.says(desk.klim, desk.talk, "/new")
    question = await desk.hears(desk.talk, "О чём")
    first, second = data_of(question, "Доставка"), data_of(question, "Оплата")
    await desk.presses(desk.klim, question, first)
    await desk.presses(desk.klim, question, first)
    desk.api.script["ChooseTopic"] = [refused("CommandIdReused")]
    assert "уже ответили" in await desk.presses(desk.klim, question, second)
    assert len({one.variables["commandId"] for one in desk.api.of("ChooseTopic")}) == 1


async def test_after_a_refusal_the_question_stands_again_for_another_answer(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [posted(number=None, asked="TICKET")]
    desk.api.script["MyTickets"] = [TWO]
    desk.api.script["PlaceMessages"] = [refused("TicketIsClosed")]
    desk.says(desk.klim, desk.talk, "а чек?")
    question = await desk.hears(desk.talk, "К какому обращению")
    assert "закрыто" in await desk.presses(desk.klim, question, data_of(question, "Оплата"))
    del desk.api.script["PlaceMessages"]
    await desk.presses(desk.klim, question, data_of(question, "Доставка"))
    await desk.hears(desk.talk, "Добавлено в обращение №7")
    one, two = desk.api.of("PlaceMessages")
    assert one.variables["commandId"] != two.variables["commandId"]


async def test_a_topic_that_is_gone_makes_its_button_outdated(desk: Desk) -> None:
    desk.api.script["Topics"] = [topics("Доставка"), topics()]
    desk.says(desk.klim, desk.talk, "/new")
    question = await desk.hears(desk.talk, "О чём")
    pressed = await desk.presses(desk.klim, question, data_of(question, "Доставка"))
    assert "устарела" in pressed
    assert desk.api.of("ChooseTopic") == []


async def test_who_holds_too_much_is_asked_again(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [refused("TooMuchIsHeld")]
    desk.api.script["MyTickets"] = [TWO]
    desk.says(desk.klim, desk.talk, "двадцать первое")
    question = await desk.hears(desk.talk, "К какому обращению")
    assert len(rows_of(question)) == 3
    await desk.hears(desk.talk, "Сначала")
