"""From /start to a running desk: founding a company, and the home that says what is missing."""

from uuid import UUID

import pytest

from interfaces.sandbox import people
from tests.owners.conftest import (
    ANNA,
    BORIS,
    BOTS,
    DONE,
    LED,
    ROMASHKA,
    Office,
    answer,
    desk_seen,
    member,
    members,
)
from tests.telegram.api import refused

pytestmark = pytest.mark.asyncio(loop_scope="module")
NEXT = UUID("7c0f3b5e-0000-4000-8000-000000000001")


def founds(office: Office) -> None:
    """The API knows nobody, and founds a company when asked."""
    office.api.script["MyWorkspaces"] = answer(myWorkspaces=[])
    founded = {"workspaceId": str(NEXT), "position": 3}
    office.api.script["FoundWorkspace"] = answer(foundWorkspace=founded)


@pytest.mark.proves("S1-30")
@pytest.mark.parametrize("replies", [True, False])
async def test_who_has_no_company_names_one_and_comes_to_its_home(
    office: Office, replies: bool
) -> None:
    founds(office)
    people.start(office.desk.world, office.owner, office.bot)
    question = await office.hears("Как называется ваша компания?")
    office.says("  Цветы   и букеты ", reply_to=question.id if replies else None)
    asked = await office.asked("FoundWorkspace")
    assert (asked.user, asked.workspace) == (office.owner.id, None)
    assert asked.variables["name"] == "Цветы и букеты"
    assert asked.variables["ownerName"] == "Анна"
    assert asked.variables["ownerUsername"] == office.owner.username
    await office.hears("«Цветы и букеты» создана")
    seen = await office.asked("DeskSeen")
    assert (seen.workspace, seen.variables) == (str(NEXT), {"minPosition": 3})


async def test_a_name_that_cannot_be_one_is_asked_for_again(office: Office) -> None:
    founds(office)
    people.start(office.desk.world, office.owner, office.bot)
    question = await office.hears("Как называется ваша компания?")
    office.says("х" * 101, reply_to=question.id)
    again = await office.hears("до 100 знаков")
    assert office.api.of("FoundWorkspace") == []
    office.says("Ромашка", reply_to=again.id)
    await office.asked("FoundWorkspace")


async def test_several_companies_are_listed(office: Office) -> None:
    other = {**LED, "workspaceId": str(NEXT), "name": "Ромашка-2", "running": True}
    office.api.script["MyWorkspaces"] = answer(myWorkspaces=[LED, other])
    office.says("/desks")
    await office.hears("Ваши компании")
    assert office.labels() == ["⏹ Ромашка", "▶️ Ромашка-2", "➕ Новая компания"]
    await office.presses("home", on=NEXT)
    await office.quiet()
    assert (await office.asked("DeskSeen")).workspace == str(NEXT)


@pytest.mark.proves("S1-04")
@pytest.mark.parametrize(
    ("lacks", "bots", "words", "button"),
    [
        (
            ["CLIENT_BOT", "MANAGER_BOT", "CHANNEL"],
            [],
            "Бот для клиентов — нужен токен",
            "Подключить бота для клиентов",
        ),
        (
            ["MANAGER_BOT", "CHANNEL"],
            BOTS[:1],
            "Бот для сотрудников — нужен токен",
            "Подключить бота для сотрудников",
        ),
        (["CHANNEL"], BOTS, "Канал с обсуждением — выбирается", "Выбрать канал"),
        (["MANAGER_TOKEN_REVOKED"], BOTS, "◻️ Бот для сотрудников", "Подключить бота"),
    ],
)
async def test_the_home_names_each_missing_thing_with_the_button_that_mends_it(
    office: Office, lacks: list[str], bots: list[dict[str, object]], words: str, button: str
) -> None:
    group = None if "CHANNEL" in lacks else -1002
    office.api.script["DeskSeen"] = [desk_seen(*lacks, bots=bots, groupId=group)]
    people.start(office.desk.world, office.owner, office.bot)
    await office.hears(words)
    found = await office.finds(button)
    if button == "Выбрать канал":
        assert found["url"] == "https://t.me/romashka_staff_bot?start=channel"
    assert not any("Запустить" in label for label in office.labels())


@pytest.mark.proves("S1-04")
async def test_what_is_broken_is_told_in_words(office: Office) -> None:
    office.api.script["DeskSeen"] = [desk_seen("CHANNEL_POST_RIGHT", running=True)]
    people.start(office.desk.world, office.owner, office.bot)
    home = await office.hears("Что исправить")
    assert "работает не полностью" in home.text
    assert "выбрано, но работает не всё" in home.text


@pytest.mark.proves("S1-05")
async def test_a_whole_desk_is_started_and_its_owner_told_how_to_try_it(office: Office) -> None:
    await office.finds("▶️ Запустить")
    office.api.script["StartDesk"] = answer(startDesk=DONE)
    assert await office.presses("start") == ""
    told = await office.hears("Служба запущена")
    assert "https://t.me/romashka_bot" in told.text
    assert (await office.finds("Написать как клиент"))["url"] == "https://t.me/romashka_bot"
    assert (await office.asked("StartDesk")).workspace == str(ROMASHKA)


async def test_a_desk_that_lacks_something_after_all_is_not_started(office: Office) -> None:
    office.api.script["StartDesk"] = [refused("DeskIsNotReady")]
    assert "чего-то не хватает" in await office.presses("start")


@pytest.mark.proves("S1-05")
async def test_a_desk_stops_only_after_a_second_press(office: Office) -> None:
    office.api.script["DeskSeen"] = [desk_seen(running=True)]
    people.start(office.desk.world, office.owner, office.bot)
    await office.finds("⏹ Остановить")
    await office.presses("stopping")
    await office.hears("Новые обращения приниматься не будут")
    assert office.api.of("StopDesk") == []
    office.api.script["StopDesk"] = answer(stopDesk=DONE)
    assert await office.presses("stop") == "Служба остановлена"


@pytest.mark.proves("S1-05")
@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        ([], "Всё в порядке"),
        (["GROUP_SLOW_MODE", "TOPICS_RIGHT"], "Не хватает: 2 пункта"),
    ],
)
async def test_readiness_is_looked_at_again_when_asked(
    office: Office, lacks: list[str], words: str
) -> None:
    office.api.script["CheckReadiness"] = answer(checkReadiness={"lacks": lacks, "position": 9})
    assert await office.presses("check") == words
    await office.quiet()
    assert (await office.asked("DeskSeen")).variables == {"minPosition": 9}


async def test_a_screen_takes_the_place_of_the_one_whose_button_was_pressed(office: Office) -> None:
    home = await office.hears("Ромашка")
    await office.presses("settings")
    await office.quiet()
    assert "⚙️ Настройки" in home.text
    assert office.last is home


async def test_colleagues_are_a_step_that_can_wait(office: Office) -> None:
    await office.hears("пока только вы")
    anna, boris = member(ANNA, "Анна", "OWNER"), member(BORIS, "Борис", "MANAGER")
    gone = member(BORIS.replace("2", "3"), "Глеб", "MANAGER", working=False)
    office.api.script["Members"] = [members(anna, boris, gone)]
    await office.presses("home")
    await office.hears("Сотрудники — 2 человека")
