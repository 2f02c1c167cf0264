"""Nobody acts in another company, every press is answered, and so is every word."""

import re
from uuid import UUID

import pytest

from interfaces.telegram.documents import documents
from interfaces.telegram.owners.buttons import (
    Asked,
    Outdated,
    Pressed,
    asked,
    data,
    link,
    mark,
    pressed,
)
from interfaces.telegram.settings import ANSWERS, PRESSES
from interfaces.telegram.words import words
from tests.owners.conftest import BORIS, ROMASHKA, Office
from tests.telegram.api import eventually, refused

THEIRS = UUID("99999999-9999-4999-8999-999999999999")
NO_ACCESS = "! К этой компании у вас нет доступа. /desks — ваши компании."
OPERATIONS = re.findall(
    r"^(?:query|mutation) (\w+)",
    "\n".join(document for document in documents()),
    re.MULTILINE,
)


def test_buttons_and_questions_say_what_was_put_into_them_and_fit() -> None:
    for action in PRESSES:
        about = "out_of_hours" if action in {"text", "retext", "ourtext"} else mark(BORIS)
        said = Pressed(action, ROMASHKA, about, "12")
        assert pressed(data(*said[:2], *said[2:])) == said
    data("giveallto", ROMASHKA, mark(BORIS), mark(BORIS))
    data("giveto", ROMASHKA, 123456789, mark(BORIS))
    for field in ANSWERS:
        question = Asked(field, ROMASHKA, "out_of_hours")
        url = link("desk_settings_bot", question)
        assert asked(url) == question
        assert len(url.partition("start=")[2]) <= 64
    with pytest.raises(ValueError, match="64"):
        data("a" * 64, ROMASHKA)


@pytest.mark.parametrize(
    "text", [None, "", "c1:claim:7", "s1:home", "s1:home:zz", "s1", "s2:home:" + ROMASHKA.hex]
)
def test_what_others_put_on_a_button_is_outdated(text: str | None) -> None:
    with pytest.raises(Outdated):
        pressed(text)


@pytest.mark.asyncio(loop_scope="module")
async def test_a_button_made_up_for_another_company_is_refused_whatever_it_says(
    office: Office,
) -> None:
    for operation in OPERATIONS:
        office.api.script[operation] = [refused("NotStaff")]
    for action in PRESSES.keys() - {"speaking"}:
        told = await office.presses(action, *about(action), on=THEIRS)
        assert told == ("" if action in ASKING else NO_ACCESS), action
    asked = {each.workspace for each in office.api.asked if each.name in {"StartDesk", "StopDesk"}}
    assert asked == {str(THEIRS)}


ASKING = {"found", "stopping", "addtopics", "ownweek", "ownzone", "ownterm", "retext", "ownclock"}
"""Buttons that only ask: the answer is refused."""


SENSE: dict[str, tuple[str | int, ...]] = {
    **dict.fromkeys(("text", "retext", "ourtext"), ("greeting",)),
    **dict.fromkeys(("token", "disconnecting", "disconnect"), ("client",)),
    **dict.fromkeys(("write", "speak"), ("en",)),
    **dict.fromkeys(("role", "giveallto"), (mark(BORIS), 1)),
    "ownterm": ("first",),
    "silence": (15,),
    "giveto": (7, mark(BORIS)),
}


def about(action: str) -> tuple[str | int, ...]:
    """What makes sense behind an action."""
    return SENSE.get(action, (0,))


@pytest.mark.asyncio(loop_scope="module")
async def test_an_answer_to_a_question_of_another_company_is_refused(office: Office) -> None:
    office.api.script["SetHours"] = [refused("NotStaff")]
    office.api.script["DeskSeen"] = [refused("NotStaff")]
    await office.presses("ownweek", on=THEIRS)
    question = await office.hears("Напишите дни и часы")
    office.says("пн-пт 9-18", reply_to=question.id)
    await office.hears("К этой компании у вас нет доступа")
    assert (await office.asked("DeskSeen")).workspace == str(THEIRS)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.proves("P5")
async def test_every_button_and_every_word_is_answered(office: Office) -> None:
    for action in ("nothing", "text", "token", "zone", "member", "within", "often", "invite"):
        told = await office.presses(action, "999")
        assert told == "! Эта кнопка устарела."
    hint = words("ru", "owner_hint")
    for n, told in enumerate(("привет", "/unknown", "")):
        content = {} if told else {"location": {"latitude": 1.0, "longitude": 2.0}}
        office.says(told, content=content)
        await eventually(lambda n=n: office.desk.texts(office.talk)[-n - 1 :] == [hint] * (n + 1))
    office.says("/help")
    await office.hears("открывают и настраивают")


@pytest.mark.asyncio(loop_scope="module")
async def test_a_question_is_answered_by_text_only(office: Office) -> None:
    await office.presses("addtopics")
    question = await office.hears("Пришлите темы")
    office.says(content={"location": {"latitude": 1.0, "longitude": 2.0}}, reply_to=question.id)
    await office.hears("Пришлите, пожалуйста, текстом")


@pytest.mark.asyncio(loop_scope="module")
async def test_another_screen_ends_the_question_that_was_open(office: Office) -> None:
    await office.presses("addtopics")
    await office.hears("Пришлите темы")
    office.says("/desks")
    await office.hears("Ваши компании")
    office.says("Доставка")
    await office.hears("Выберите действие кнопкой")
    assert office.api.of("DefineTopics") == []
