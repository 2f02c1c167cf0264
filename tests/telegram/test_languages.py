"""Everybody is spoken to in the language that they chose, else in that of their Telegram."""

import pytest

from interfaces.sandbox.messages import Message
from interfaces.telegram.memory import LARGEST, Memory
from tests.telegram.conftest import Desk
from tests.telegram.keyboards import data_of, texts_of


async def offered(desk: Desk) -> Message:
    desk.says(desk.klim, desk.talk, "/language")
    return await desk.hears(desk.talk, "На каком языке")


@pytest.mark.asyncio
async def test_a_client_chooses_and_is_answered_in_that_language(desk: Desk) -> None:
    message = await offered(desk)
    assert texts_of(message) == [["Русский", "English"]]
    told = await desk.presses(desk.klim, message, data_of(message, "English"))
    assert told == "All right, English from now on."
    [asked] = desk.api.of("ChooseLanguage")
    assert (asked.variables["language"], asked.user) == ("en", desk.klim.id)
    desk.says(desk.klim, desk.talk, "/tickets")
    await desk.hears(desk.talk, "You have no open tickets")


@pytest.mark.asyncio
async def test_what_was_chosen_holds_in_a_gateway_that_never_heard_of_it(desk: Desk) -> None:
    desk.api.script["ChosenLanguage"] = [{"data": {"me": {"language": "en"}}}]
    desk.says(desk.klim, desk.talk, "/tickets")
    await desk.hears(desk.talk, "You have no open tickets")
    desk.says(desk.klim, desk.talk, "/history")
    await desk.hears(desk.talk, "no closed tickets")
    assert len(desk.api.of("ChosenLanguage")) == 1


def test_what_is_remembered_is_forgotten_in_time() -> None:
    clock = [0.0]
    memory = Memory[str, str](60.0, lambda: clock[0])
    memory.keep("Клим", "en")
    clock[0] = 59.9
    assert memory.get("Клим") == "en"
    clock[0] = 60.0
    assert memory.get("Клим") is None


def test_a_memory_has_an_end() -> None:
    memory = Memory[int, bool](60.0)
    for n in range(LARGEST + 1):
        memory.keep(n, True)
    assert memory.get(0) is None
    assert memory.get(LARGEST) is True
