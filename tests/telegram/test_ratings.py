"""A client rates once for each closing, and says why in reply to the bot's question."""

import pytest

from interfaces.sandbox.messages import Message
from tests.telegram.api import refused
from tests.telegram.conftest import TICKET, Desk
from tests.telegram.keyboards import texts_of
from tests.telegram.test_own_tickets import seen

pytestmark = pytest.mark.asyncio


async def request(desk: Desk, value: int = 4) -> tuple[Message, str]:
    """The request for a rating that came with the closing, and what its button says."""
    desk.says(desk.klim, desk.talk, "/start")
    await desk.hears(desk.talk, "Здравствуйте")
    data = f"c1:rate:{TICKET.hex}:{value}"
    keyboard = {"inline_keyboard": [[{"text": "4★", "callback_data": data}]]}
    params = {"text": "Оцените", "reply_markup": keyboard}
    await desk.send("sendMessage", desk.clients, desk.klim.id, params)
    return await desk.hears(desk.talk, "Оцените"), data


@pytest.mark.proves("S1-24")
async def test_stars_are_passed_on_and_stay_to_be_seen(desk: Desk) -> None:
    message, data = await request(desk)
    assert "Спасибо" in await desk.presses(desk.klim, message, data)
    [rated] = desk.api.of("RateTicket")
    assert (rated.variables["ticketId"], rated.variables["stars"]) == (str(TICKET), 4)
    await desk.hears(desk.talk, "Обращение №7: ★★★★☆")
    assert texts_of(message) == [["↩ Открыть снова"]]


@pytest.mark.proves("S1-24")
async def test_the_reply_to_the_question_is_the_comment_whoever_remembers_it(desk: Desk) -> None:
    message, data = await request(desk)
    await desk.presses(desk.klim, message, data)
    question = await desk.hears(desk.talk, "Расскажите в ответ")
    assert (question.reply_markup or {})["force_reply"]
    desk.says(desk.klim, desk.talk, "Долго ждал", reply_to=question.id)
    [asked] = await desk.api.wait("CommentRating")
    assert (asked.variables["ticketId"], asked.variables["comment"]) == (str(TICKET), "Долго ждал")
    await desk.hears(desk.talk, "передадим")
    assert desk.api.of("PostMessage") == []


async def test_a_comment_has_words(desk: Desk) -> None:
    message, data = await request(desk)
    await desk.presses(desk.klim, message, data)
    question = await desk.hears(desk.talk, "Расскажите в ответ")
    dice = {"dice": {"emoji": "🎲", "value": 3}}
    desk.says(desk.klim, desk.talk, content=dice, reply_to=question.id)
    await desk.hears(desk.talk, "словами")
    assert desk.api.of("CommentRating") == []


@pytest.mark.proves("P5", "P19")
async def test_a_second_press_is_answered_in_words(desk: Desk) -> None:
    message, data = await request(desk)
    await desk.presses(desk.klim, message, data)
    desk.api.script["RateTicket"] = [refused("NothingToRate")]
    assert await desk.presses(desk.klim, message, data) == (
        "! Оценка уже получена или обращение снова открыто."
    )


@pytest.mark.proves("S1-E13", "P5")
async def test_stars_of_an_earlier_closing_do_not_rate_a_later_one(desk: Desk) -> None:
    desk.api.script["OwnTicket"] = [seen("CLOSED", cycle=2)]
    message, data = await request(desk, 15)
    assert "устарела" in await desk.presses(desk.klim, message, data)
    assert desk.api.of("RateTicket") == []


async def test_stars_of_the_present_closing_rate_it(desk: Desk) -> None:
    desk.api.script["OwnTicket"] = [seen("CLOSED", cycle=2)]
    message, data = await request(desk, 25)
    assert "Спасибо" in await desk.presses(desk.klim, message, data)
    assert desk.api.of("RateTicket")[0].variables["stars"] == 5
