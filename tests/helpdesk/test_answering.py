"""The core of a desk: a question, its place before the staff, an answer, the end."""

import pytest

from interfaces.sandbox.world import Forwarding
from tests.helpdesk.desk import Desk

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(120)]


@pytest.mark.proves("S1-14", "S1-16", "S1-17", "S1-18", "S1-19", "S1-20", "S1-24", "S1-33", "S1-E1")
@pytest.mark.parametrize("desk", ["CHANNEL", "FORUM", "GROUP"], indirect=True)
async def test_a_question_is_answered_closed_and_rated(desk: Desk) -> None:
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Где мой заказ?")
    assert ticket.number == 1
    assert ticket.shown()[0].text == "Где мой заказ?"

    anna.comments(ticket, "Уже в пути")
    answer = await olga.hears("Уже в пути")
    assert "Анна" not in answer.text
    await anna.group.sees(ticket.card, "Отвечает Анна")

    olga.writes("Спасибо, жду")
    await anna.group.hears("Спасибо, жду")
    assert [one.text for one in ticket.shown()][-1] == "Спасибо, жду"

    assert "закрыто" in await anna.presses(ticket, "Закрыть")
    await olga.talk.presses("5★")
    await anna.group.sees(ticket.card, "★★★★★")
    told = await desk.told(1)
    assert told is not None
    assert (told["status"], told["stars"], told["holder"]) == ("CLOSED", 5, {"name": "Анна"})


@pytest.mark.proves("S1-16", "S1-17", "S1-E1")
@pytest.mark.parametrize("early", [0.0, 1.0])
async def test_the_copy_of_a_post_may_come_before_or_after_its_confirmation(
    desk: Desk, early: float
) -> None:
    usual, desk.world.forwarding = desk.world.forwarding, Forwarding(early=early)
    olga, anna = desk.client("Ольга"), desk.manager("Анна")
    ticket = await olga.asks("Где мой заказ?")
    desk.world.forwarding = usual
    assert ticket.post is not None
    assert ticket.post.copy is not None
    assert ticket.post.copy.id == ticket.root
    assert [one.text for one in ticket.shown()][:1] == ["Где мой заказ?"]
    assert ticket.post.markup is None
    assert len([one for one in desk.company.channel.messages.values() if one.by_bot]) == 1
    anna.comments(ticket, "В пути")
    await olga.hears("В пути")
