"""Presses: each is answered once and in time, whatever Telegram or the API are doing."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from interfaces.sandbox.callbacks import Callback
from interfaces.sandbox.faults import Fault
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.messages import Message
from interfaces.sandbox.people import click
from interfaces.telegram.buttons import data
from interfaces.telegram.executors import presses
from interfaces.telegram.words import words
from tests.postgres_fixture import Databases
from tests.telegram.api import Json, eventually, refused
from tests.telegram.conftest import TICKET, Desk, served_by_gateway, standing

pytestmark = pytest.mark.asyncio(loop_scope="module")
CLAIM = data("claim", TICKET.hex)
WON: Json = {
    "number": 12,
    "outcome": "WON",
    "reason": None,
    "limit": None,
    "winnerName": None,
    "decidesAt": None,
    "start": False,
    "language": "ru",
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(databases: Databases) -> AsyncIterator[Desk]:
    """An executors' bot in a chat, served by a gateway; the API answers what a test plans."""
    name = databases.create()
    async with standing(databases.of(name)) as desk:
        await desk.connect_bot(desk.managers, "executor")
        async with served_by_gateway(desk):
            yield desk
        assert [entry.as_json() for entry in desk.world.journal.violations] == []
    databases.drop(name)


@pytest.fixture
def desk(served: Desk) -> Desk:
    """As if nobody had asked for anything; Klim is in the chat."""
    served.api.asked.clear()
    served.api.script.clear()
    served.world.journal.entries.clear()
    set_member(served.world, served.group, served.klim, "member")
    return served


async def card(desk: Desk) -> Message:
    markup = {"inline_keyboard": [[{"text": "✋", "callback_data": CLAIM}]]}
    text = f"Заказ {desk.sent}"
    told = {"text": text, "reply_markup": markup}
    await desk.send("sendMessage", desk.managers, desk.group.id, told)
    return await desk.hears(desk.group, text)


async def answered(press: Callback) -> Json:
    told = await press.wait_for_answer(5.0)
    assert told is not None
    return told


async def presses_card(desk: Desk) -> Json:
    shown = await card(desk)
    return await answered(click(desk.world, desk.klim, desk.group, shown.id, data=CLAIM))


def plan(desk: Desk, *answers: Json | int, **told: Any) -> None:
    desk.api.script["ClaimOffer"] = [*answers, {"data": {"claimOffer": {**WON, **told}}}]


async def calls(desk: Desk) -> list[str]:
    """What the bot asked Telegram for a press, when all of it is handled."""
    await desk.settled("inbox")
    looked = {"getChatMember", "answerCallbackQuery", "getMe"}
    return [one.method for one in desk.world.journal.entries if one.method in looked]


async def test_a_press_costs_one_question_to_telegram_and_one_to_the_api(desk: Desk) -> None:
    plan(desk)
    assert "Заказ ваш" in (await presses_card(desk))["text"]
    assert await calls(desk) == ["getChatMember", "answerCallbackQuery"]
    [asked] = [one for one in desk.api.asked if one.user == desk.klim.id]
    assert (asked.name, asked.variables["member"]) == ("ClaimOffer", True)
    assert asked.variables["offerId"] == str(TICKET)
    assert asked.variables["profile"]["name"] == "Клим"


async def test_while_the_api_is_away_the_same_order_is_given_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presses, "PAUSE", 0.01)
    plan(desk, 503, refused("SomebodyWasQuicker"))
    assert "Заказ ваш" in (await presses_card(desk))["text"]
    assert len({one.variables["commandId"] for one in desk.api.of("ClaimOffer")}) == 1
    assert (await calls(desk)).count("answerCallbackQuery") == 1


async def test_an_api_that_does_not_answer_in_time_lets_them_press_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presses, "PATIENCE", 0.1)
    monkeypatch.setattr(presses, "PAUSE", 0.02)
    desk.api.script["ClaimOffer"] = [503]
    told = await presses_card(desk)
    assert (told["text"], told["show_alert"]) == ("Ответ задерживается. Нажмите ещё раз.", True)
    assert (await calls(desk)).count("answerCallbackQuery") == 1


async def test_a_crowd_that_presses_waits_for_the_api_side_by_side(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presses, "PAUSE", 0.5)
    desk.api.script["ClaimOffer"] = [503]
    shown = await card(desk)
    crowd = [desk.world.user(f"Мастер{n}") for n in range(48)]
    for one in crowd:
        set_member(desk.world, desk.group, one, "member")
    pressed = [click(desk.world, one, desk.group, shown.id, data=CLAIM) for one in crowd]
    await eventually(lambda: len({one.user for one in desk.api.of("ClaimOffer")}) == len(crowd))
    plan(desk)
    assert {(await answered(press))["text"] for press in pressed} == {words("ru", "claim_won")}


@pytest.mark.proves("S0-E12")
@pytest.mark.parametrize(("status", "member"), [("left", False), ("kicked", False)])
async def test_who_is_not_in_the_chat_any_more_is_told_so_to_the_api(
    desk: Desk, status: str, member: bool
) -> None:
    plan(desk, outcome="REFUSED", reason="NOT_MEMBER")
    shown = await card(desk)
    press = click(desk.world, desk.klim, desk.group, shown.id, data=CLAIM)
    set_member(desk.world, desk.group, desk.klim, status)
    assert "участники чата" in (await answered(press))["text"]
    assert desk.api.of("ClaimOffer")[0].variables["member"] is member


@pytest.mark.parametrize("code", [429, 500, 403])
async def test_if_telegram_does_not_say_who_is_in_the_chat_they_are(desk: Desk, code: int) -> None:
    plan(desk)
    desk.world.faults.plan(Fault("error", method="getChatMember", code=code, times=9))
    assert "Заказ ваш" in (await presses_card(desk))["text"]
    desk.world.faults.forget()
    assert desk.api.of("ClaimOffer")[0].variables["member"] is True


async def test_a_telegram_that_is_slow_to_say_is_not_waited_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presses, "LOOKING", 0.05)
    plan(desk)
    desk.world.faults.plan(Fault("delay", method="getChatMember", delay=1.0))
    assert "Заказ ваш" in (await presses_card(desk))["text"]
    assert desk.api.of("ClaimOffer")[0].variables["member"] is True


async def test_who_has_to_start_the_bot_is_led_there(desk: Desk) -> None:
    plan(desk, start=True)
    told = await presses_card(desk)
    assert told["url"] == f"https://t.me/desk_manager_bot?start=o_{TICKET.hex}"
