"""Every button that ever stood under a message is answered once, whenever it is pressed."""

import pytest

from tests.telegram.conftest import TICKET, Desk
from tests.telegram.keyboards import data_of, rows_of
from tests.telegram.test_conversations import open_tickets, topics
from tests.telegram.test_histories import closed, said, thread
from tests.telegram.test_own_tickets import seen
from tests.telegram.test_ratings import request

pytestmark = pytest.mark.asyncio

CHANGING = {"CloseTicket", "ReopenTicket", "RateTicket"}


async def walk(desk: Desk) -> set[tuple[int, str]]:
    """Klim looks at all that he has; returns the message and the data of every button shown."""
    desk.api.script["MyTickets"] = [open_tickets(0, (str(TICKET), 7, "Доставка"))]
    desk.api.script["OwnTicket"] = [seen(cycle=1)]
    desk.api.script["Topics"] = [topics("Доставка")]
    desk.api.script["ClosedTickets"] = [closed(1, more=True)]
    desk.api.script["Correspondence"] = [thread(said("IN", "раз"), more=True)]
    stood: set[tuple[int, str]] = set()

    def look() -> None:
        for message in desk.talk.messages.values():
            stood.update((message.id, one["callback_data"]) for r in rows_of(message) for one in r)

    await request(desk, 14)
    desk.says(desk.klim, desk.talk, "/tickets")
    listed = await desk.hears(desk.talk, "У вас 1 открытое")
    look()
    for text, shown in (
        ("№7", "Обращение №7"),
        ("Переписка", "раз"),
        ("К обращению", "Открыто"),
        ("К обращениям", "У вас 1"),
        ("История", "Закрытые"),
        ("К обращениям", "У вас 1"),
        ("Новое", "О чём"),
    ):
        await desk.presses(desk.klim, listed, data_of(listed, text))
        await desk.hears(desk.talk, shown)
        look()
    desk.says(desk.klim, desk.talk, "/language")
    await desk.hears(desk.talk, "На каком языке")
    look()
    return stood


@pytest.mark.proves("P5", "P19")
async def test_old_buttons_are_answered_once_and_change_nothing_of_a_later_cycle(
    desk: Desk,
) -> None:
    stood = await walk(desk)
    assert len(stood) >= 15
    desk.api.script["OwnTicket"] = [seen(cycle=2)]
    before = len([one for one in desk.world.journal.entries if one.method == "answerCallbackQuery"])
    for number, data in sorted(stood):
        await desk.presses(desk.klim, desk.talk.messages[number], data)
    await desk.settled("inbox")
    answers = [one for one in desk.world.journal.entries if one.method == "answerCallbackQuery"]
    assert [one.code for one in answers[before:]] == [200] * len(stood)
    assert CHANGING.isdisjoint(one.name for one in desk.api.asked)
