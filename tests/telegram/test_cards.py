"""The card of a ticket: who presses is answered, whoever they are and however old the button."""

import asyncio

import pytest

from interfaces.sandbox import people
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.messages import Message
from tests.telegram.api import refused
from tests.telegram.conftest import TICKET, Desk, cleared

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def desk(company: Desk) -> Desk:
    return cleared(company)


async def card(desk: Desk, data: str) -> Message:
    keyboard = {"inline_keyboard": [[{"text": "Взять", "callback_data": data}]]}
    params = {"text": "Карточка", "reply_markup": keyboard}
    await desk.send("sendMessage", desk.managers, desk.group.id, params)
    return await desk.hears(desk.group, "Карточка")


CLAIMS = [
    ("WON", "Обращение №7 ваше"),
    ("REPEATED", "Обращение №7 уже ваше"),
    ("LOST", "! Уже взял(а) Анна"),
]


@pytest.mark.parametrize(("outcome", "told"), CLAIMS)
async def test_who_claims_is_told_how_it_ended(desk: Desk, outcome: str, told: str) -> None:
    claim = {"outcome": outcome, "number": 7, "holder": {"name": "Анна"}, "position": 40}
    desk.api.script["ClaimTicket"] = [{"data": {"claimTicket": claim}}]
    data = f"c1:claim:{TICKET.hex}"
    shown = await card(desk, data)
    assert await desk.presses(desk.boris, shown, data) == told
    [asked] = desk.api.of("ClaimTicket")
    assert (asked.user, asked.variables["ticketId"]) == (desk.boris.id, str(TICKET))


@pytest.mark.parametrize(
    ("action", "operation", "told"),
    [("close", "StaffClose", "закрыто"), ("reopen", "StaffReopen", "снова открыто")],
)
async def test_a_card_closes_and_reopens(
    desk: Desk, action: str, operation: str, told: str
) -> None:
    data = f"c1:{action}:{TICKET.hex}"
    shown = await card(desk, data)
    assert told in await desk.presses(desk.boris, shown, data)
    assert desk.api.of(operation)[0].user == desk.boris.id


@pytest.mark.parametrize(("action", "purpose"), [("transfer", "x"), ("block", "b"), ("reply", "r")])
async def test_what_needs_a_choice_opens_the_private_chat(
    desk: Desk, action: str, purpose: str
) -> None:
    data = f"c1:{action}:{TICKET.hex}"
    shown = await card(desk, data)
    pressed = people.click(desk.world, desk.boris, shown.chat, shown.id, data=data)
    answer = await pressed.wait_for_answer(5.0)
    assert answer is not None
    assert answer["url"] == f"https://t.me/desk_manager_bot?start={purpose}_{TICKET.hex}"


@pytest.mark.proves("P19")
@pytest.mark.parametrize(
    "data",
    ["c0:claim:1", "c1:claim", "c1:claim:not-a-uuid", "c1:dance:" + TICKET.hex, "?", "c1:::", "🎲"],
)
async def test_foreign_and_outdated_buttons_are_answered(desk: Desk, data: str) -> None:
    shown = await card(desk, data)
    assert await desk.presses(desk.boris, shown, data) == "! Эта кнопка устарела."
    assert desk.api.of("ClaimTicket") == []


@pytest.mark.proves("P19")
async def test_a_strangers_press_is_refused_in_words(desk: Desk) -> None:
    desk.api.script["ClaimTicket"] = [refused("NotStaff")]
    data = f"c1:claim:{TICKET.hex}"
    shown = await card(desk, data)
    stranger = desk.world.user("Чужой")
    set_member(desk.world, desk.group, stranger, "member")
    told = await desk.presses(stranger, shown, data)
    assert told == "! Вас нет среди сотрудников."


@pytest.mark.proves("P19")
async def test_ten_presses_at_once_are_ten_answers(desk: Desk) -> None:
    data = f"c1:claim:{TICKET.hex}"
    shown = await card(desk, data)
    staff = [desk.anna, desk.boris] * 5
    told = await asyncio.gather(*(desk.presses(one, shown, data) for one in staff))
    assert len(told) == 10
    commands = {asked.variables["commandId"] for asked in desk.api.of("ClaimTicket")}
    assert len(commands) == 10
