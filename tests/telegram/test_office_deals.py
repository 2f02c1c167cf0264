"""The office asks the API no more than it must: once who and where, once for the rows."""

from typing import Any

import pytest

from interfaces.telegram.buttons import data
from tests.telegram.conftest import Desk, cleared
from tests.telegram.office_answers import ANNA, ZONE, listed
from tests.telegram.offices import shown

pytestmark = pytest.mark.asyncio(loop_scope="module")
STAGE = {"id": "00000000-0000-0000-0000-00000000000a", "name": "Новая", "kind": "OPEN"}
PIPELINE: dict[str, Any] = {
    "id": "00000000-0000-0000-0000-000000000001",
    "name": "Продажи",
    "stages": [STAGE | {"successorId": None, "requiredKeys": []}],
    "fields": [],
}
ME = {"person": {"id": ANNA, "roles": ["MANAGER"]}, "workspace": ZONE}


def row(number: int) -> dict[str, Any]:
    id = f"00000000-0000-0000-0000-{number:012}"
    about = {"kind": "OPEN", "stage": {"name": "Новая"}, "responsible": None}
    return {"id": id, "number": number, "title": f"Сделка {number}", **about}


@pytest.fixture
def desk(company: Desk) -> Desk:
    desk = cleared(company)
    desk.api.script["Pipelines"] = [{"data": {"pipelines": [PIPELINE], "me": ME}}]
    desk.api.script["DealList"] = [listed("deals", *map(row, range(20, 10, -1)), cursor="c")]
    desk.api.script["DealsPassed"] = [listed("deals", cursor="c")]
    return desk


async def test_a_list_of_deals_takes_two_questions(desk: Desk) -> None:
    told = await shown(desk, "/deals")
    assert "№20 Сделка 20\nНовая · ответственного нет" in told.text
    mine = [each.name for each in desk.api.asked if each.user == desk.anna.id]
    assert [name for name in mine if name != "ChosenLanguage"] == ["Pipelines", "DealList"]
    [asked] = desk.api.of("DealList")
    assert asked.variables == {
        "filter": {"mine": True, "kind": "OPEN"},
        "first": 10,
        "after": None,
    }


@pytest.mark.parametrize(("number", "passed"), [(1, [10]), (25, [100, 100, 50])])
async def test_pages_that_are_turned_over_are_counted_and_not_read(
    desk: Desk, number: int, passed: list[int]
) -> None:
    told = await shown(desk, "/deals")
    told.old_markups.append(
        {"inline_keyboard": [[{"text": "x", "callback_data": data("deals", "m,,,,", number)}]]}
    )
    assert await desk.presses(desk.anna, told, data("deals", "m,,,,", number)) == ""
    assert [each.variables["first"] for each in desk.api.of("DealsPassed")] == passed
    asked = desk.api.of("DealList")[-1]
    assert (asked.variables["after"], asked.variables["first"]) == ("c", 10)
