"""The private office: who is greeted how, what opens where, and who is here."""

import pytest

from interfaces.telegram.buttons import mark_of
from tests.telegram.api import refused
from tests.telegram.conftest import Desk, cleared
from tests.telegram.keyboards import data_of
from tests.telegram.office_answers import ANNA, BORIS, colleague, roster
from tests.telegram.offices import HEX, shown, turned

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def desk(company: Desk) -> Desk:
    return cleared(company)


async def test_the_manager_bot_greets_its_staff_by_name(desk: Desk) -> None:
    assert "Здравствуйте, Анна" in (await shown(desk, "/start")).text


async def test_an_english_reader_is_spoken_to_in_english(desk: Desk) -> None:
    john = desk.world.user("John")
    john.language_code = "en"
    office = desk.world.private(desk.managers, john)
    desk.says(john, office, "/queue")
    await desk.hears(office, "Nobody is waiting.")


async def test_a_stranger_learns_their_id_from_the_manager_bot(desk: Desk) -> None:
    desk.api.script["Myself"] = [refused("NotStaff")]
    assert f"Telegram id: {desk.anna.id}" in (await shown(desk, "/start")).text


@pytest.mark.parametrize("text", ["Добрый день", "/dance", "/start q_1"])
async def test_anything_else_in_private_is_answered_too(desk: Desk, text: str) -> None:
    assert "/help" in (await shown(desk, text)).text or "/queue" in (await shown(desk, text)).text
    assert desk.api.of("PostMessage") == []


@pytest.mark.proves("P19")
async def test_the_office_opens_in_private_only_and_stale_buttons_are_answered(desk: Desk) -> None:
    data = [f"c1:ticket:{HEX}", "c1:clients:all", f"c1:give:{HEX}:0:{mark_of('nobody')}"]
    rows = [[{"text": each[:9], "callback_data": each}] for each in data]
    params = {"text": "Пересланное", "reply_markup": {"inline_keyboard": rows}}
    await desk.send("sendMessage", desk.managers, desk.group.id, params)
    await desk.send("sendMessage", desk.managers, desk.anna.id, params)
    public = await desk.hears(desk.group, "Пересланное")
    for each in data:
        assert await desk.presses(desk.anna, public, each) == "! Эта кнопка устарела."
    assert desk.api.of("TicketShown") == desk.api.of("Clients") == []
    private = await desk.hears(desk.office, "Пересланное")
    assert await desk.presses(desk.anna, private, data[2]) == "! Эта кнопка устарела."


@pytest.mark.parametrize(
    ("text", "presence", "told"),
    [("/here", "HERE", "на месте"), ("/break", "BREAK", "на перерыве"), ("/gone", "GONE", "ушли")],
)
async def test_presence_is_stated_by_a_command(
    desk: Desk, text: str, presence: str, told: str
) -> None:
    assert told in (await shown(desk, text)).text
    assert desk.api.of("StatePresence")[0].variables["presence"] == presence


async def test_who_is_here_is_listed_with_what_they_hold(desk: Desk) -> None:
    here = colleague(ANNA, "Анна", 1, openTickets=3)
    desk.api.script["Roster"] = [roster(colleague(BORIS, "Борис", 2, presence="BREAK"), here)]
    told = await shown(desk, "/who")
    assert told.text.splitlines()[1:] == [
        "🟢 Анна — на месте, 3 обращения",
        "🟡 Борис — на перерыве, 0 обращений",
    ]


async def test_the_language_is_chosen_with_a_button(desk: Desk) -> None:
    offer = await shown(desk, "/language")
    assert "English" in await desk.presses(desk.anna, offer, data_of(offer, "English"))
    assert desk.api.of("ChooseLanguage")[0].variables["language"] == "en"
    await turned(desk, await shown(desk, "/language"), "Русский")
