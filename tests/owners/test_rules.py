"""Rules: every one can be seen and set by buttons, and most by own words."""

from typing import Any

import pytest

from tests.owners.conftest import DONE, Office, answer, desk_seen
from tests.telegram.api import eventually, refused

pytestmark = pytest.mark.asyncio(loop_scope="module")
WORK = ["09:00-18:00"]


async def sets(office: Office, operation: str, *press: str | int) -> dict[str, Any]:
    """What a press sets; it is told that it was saved."""
    field = operation[0].lower() + operation[1:]
    office.api.script[operation] = answer(**{field: DONE})
    before = len(office.api.of(operation))
    assert await office.presses(str(press[0]), *press[1:]) == "Сохранено"
    return (await office.api.wait(operation, before + 1))[-1].variables


async def answers(
    office: Office, operation: str, press: tuple[str, ...], wrong: str, right: str
) -> dict[str, Any]:
    """What own words set; words that mean nothing are asked for again, the next ones taken."""
    field = operation[0].lower() + operation[1:]
    office.api.script[operation] = answer(**{field: DONE})
    before = len(office.api.of(operation))
    await office.presses(*press)
    await office.quiet()
    question = office.last
    if wrong:
        office.says(wrong, reply_to=question.id)
        await eventually(lambda: office.last is not question)
        assert len(office.api.of(operation)) == before
    question = office.last
    office.says(right)
    await eventually(lambda: office.last is not question)
    assert len(office.api.of(operation)) == before + 1
    return office.api.of(operation)[-1].variables


async def test_all_rules_stand_on_one_screen(office: Office) -> None:
    settings = {"zone": "Europe/Moscow", "week": [WORK] * 5 + [[], []], "firstReaction": 15}
    office.api.script["DeskSeen"] = [desk_seen(topics=["Доставка"], settings=settings)]
    await office.presses("settings")
    told = (await office.hears("⚙️ Настройки")).text
    for line in (
        "Темы: Доставка",
        "Часы работы: пн–пт 09:00–18:00 · Часовой пояс: Москва",
        "Сроки: 15 минут / без срока",
        "Кто отвечает: кто первым ответил",
        "Открыть снова: 7 дней",
        "Язык: Русский",
        "Где работают: канал с обсуждением",
    ):
        assert line in told
    screens = ["topics", "hours", "targets", "texts", "routing", "presence", "reopening"]
    for screen in [*screens, "signing", "reports", "language", "surface"]:
        assert await office.presses(screen) == ""
        await office.quiet()
        assert "‹ Назад" in office.labels()


@pytest.mark.proves("S1-13")
async def test_topics_are_added_by_lines_and_taken_away_one_by_one(office: Office) -> None:
    office.api.script["DeskSeen"] = [desk_seen(topics=["Оплата"])]
    told = await answers(
        office, "DefineTopics", ("addtopics",), "х" * 65, "Доставка\n\n  Возврат  \nОплата"
    )
    assert told["topics"] == ["Оплата", "Доставка", "Возврат"]
    office.api.script["DeskSeen"] = [desk_seen(topics=["Оплата", "Доставка"])]
    await office.presses("topics")
    button = await office.finds("✖ Оплата")
    mark = button["callback_data"].split(":")[-1]
    assert (await sets(office, "DefineTopics", "untopic", mark))["topics"] == ["Доставка"]


@pytest.mark.proves("S1-10")
async def test_hours_are_set_by_a_button_by_own_words_and_in_any_zone(office: Office) -> None:
    told = await sets(office, "SetHours", "week", 0)
    assert (told["zone"], told["week"]) == ("Europe/Moscow", [WORK] * 5 + [[], []])
    settings = {"zone": "Asia/Omsk", "week": [WORK] * 7}
    office.api.script["DeskSeen"] = [desk_seen(settings=settings)]
    told = await answers(office, "SetHours", ("ownweek",), "когда-нибудь", "сб 10-14")
    assert (told["zone"], told["week"][5]) == ("Asia/Omsk", ["10:00-14:00"])
    told = await sets(office, "SetHours", "zone", 8)
    assert (told["zone"], told["week"]) == ("Asia/Vladivostok", [WORK] * 7)
    told = await answers(office, "SetHours", ("ownzone",), "Луна/Море", "asia/almaty")
    assert told["zone"] == "Asia/Almaty"
    await office.presses("zones")
    await office.quiet()
    assert "● Омск +3" in office.labels()


@pytest.mark.proves("S1-11")
async def test_targets_are_set_one_without_the_other(office: Office) -> None:
    office.api.script["DeskSeen"] = [desk_seen(settings={"closing": 1440})]
    told = await sets(office, "SetTargets", "first", 15)
    assert (told["firstReaction"], told["closing"]) == (15, 1440)
    told = await sets(office, "SetTargets", "closing", 0)
    assert (told["firstReaction"], told["closing"]) == (None, None)
    told = await answers(office, "SetTargets", ("ownterm", "closing"), "скоро", "3 дня")
    assert told["closing"] == 3 * 1440


async def test_texts_are_said_in_own_words_and_in_ours_again(office: Office) -> None:
    own = [{"kind": "GREETING", "text": "Привет! Мы на связи."}]
    office.api.script["DeskSeen"] = [desk_seen(settings={"texts": own})]
    await office.presses("text", "greeting")
    await office.hears("Привет! Мы на связи.")
    told = await answers(office, "SetTexts", ("retext", "out_of_hours"), "х" * 1001, "Мы спим.")
    assert told["texts"] == [{"kind": "OUT_OF_HOURS", "text": "Мы спим."}]
    told = await sets(office, "SetTexts", "ourtext", "greeting")
    assert told["texts"] == [{"kind": "GREETING", "text": ""}]


async def test_the_schedule_of_reports_is_kept_and_said_to_be_for_later(office: Office) -> None:
    told = await sets(office, "ScheduleReport", "often", 2)
    assert (told["every"], told["clock"]) == ("WEEK", "09:00")
    await office.hears("в следующей версии")
    told = await answers(office, "ScheduleReport", ("ownclock",), "утром", "8.30")
    assert told["clock"] == "08:30"


@pytest.mark.proves("S1-33")
async def test_policies_are_set_by_a_press(office: Office) -> None:
    assert (await sets(office, "SetRoutingPolicy", "route", 2))["rule"] == "AUTOMATIC"
    told = await sets(office, "SetPresencePolicy", "silence", 30)
    assert (told["mode"], told["silence"], told["answer"]) == ("ACTIVITY", 30, 60)
    assert (await sets(office, "SetPresencePolicy", "byhand"))["mode"] == "MANUAL"
    told = await sets(office, "SetReopening", "within", 1440)
    assert (told["within"], told["byReply"]) == (1440, True)
    assert (await sets(office, "SetReopening", "byreply", 0))["byReply"] is False
    assert (await sets(office, "SetSigning", "sign", 1))["allowed"] is True


async def test_the_company_and_the_owner_have_each_their_language(office: Office) -> None:
    assert (await sets(office, "ChangeLanguage", "write", "en"))["language"] == "en"
    office.api.script["ChooseLanguage"] = answer(chooseLanguage={"replayed": False})
    office.says("/language")
    await office.hears("На каком языке говорить с вами")
    await office.presses("speak", "en")
    assert (await office.asked("ChooseLanguage")).variables["language"] == "en"
    await office.hears("Everything is there. Press Start.")
    office.says("?")
    await office.hears("Choose by a button")


async def test_what_the_api_refuses_is_explained_and_asked_for_again(office: Office) -> None:
    office.api.script["SetHours"] = [refused("BadHours")]
    await office.presses("ownweek")
    await office.hears("Напишите дни и часы")
    office.says("пн-пт 9-18")
    await office.hears("Такие часы не подходят")
    office.api.script["SetHours"] = answer(setHours=DONE)
    office.says("пн-пт 9-17")
    await office.api.wait("SetHours", 2)
