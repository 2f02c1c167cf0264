"""Pipelines: a ready one by one press, and the rules by which its deals are offered."""

import pytest

from tests.owners.conftest import DONE, Office, answer
from tests.telegram.api import Json, eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")

STAGE = "7d6a2f10-3f8b-4c55-9d60-6f1f0a2b3c4d"
NEW = "11111111-1111-4111-8111-111111111111"
MARK = STAGE.replace("-", "")[-8:]
OFFERING: Json = {
    "claimedStageId": "0c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f",
    "chatId": None,
    "template": "{title}",
    "disclosed": ["address"],
    "sent": ["NAME", "USERNAME"],
    "tellsWinner": True,
    "skillField": "",
    "allowListed": False,
    "atOnce": 0,
    "coolDown": 0,
    "reveals": 20,
    "window": 0,
    "ladder": [],
    "expires": 0,
    "expiredStageId": None,
}


def stages(*offered: Json) -> list[Json | int]:
    new = {"id": NEW, "name": "Новая", "kind": "OPEN", "successorId": None, "offering": None}
    searched = [
        {**new, "id": STAGE, "name": "Поиск исполнителя", "offering": rules} for rules in offered
    ]
    pipeline = {"id": "p", "name": "Заказы", "stages": [new, *searched]}
    return answer(pipelines=[pipeline] if offered else [], pipeline=pipeline)


async def test_a_ready_pipeline_is_one_press(office: Office) -> None:
    script = office.api.script
    script["OfferedStages"] = stages()
    script["DefinePipeline"] = answer(definePipeline={"pipelineId": "p", "position": 1})
    script["AddStage"] = answer(addStage={"stageId": STAGE, "position": 2})
    for name in ("defineField", "setLostReasons", "setOffering"):
        script[name[0].upper() + name[1:]] = answer(**{name: DONE})
    await office.presses("pipelines")
    await office.hears("Воронок пока нет")
    script["OfferedStages"] = stages(OFFERING)
    assert await office.presses("readypipe") == "Сохранено"
    told = [one.variables for one in office.api.of("AddStage")]
    assert [(one["name"], one["kind"]) for one in told] == [
        ("Новая", "OPEN"),
        ("Поиск исполнителя", "OPEN"),
        ("В работе", "OPEN"),
        ("Успешно", "WON"),
        ("Отказ", "LOST"),
    ]
    assert len({one["commandId"] for one in told}) == len(told)
    assert [one.variables["key"] for one in office.api.of("DefineField")] == [
        "work",
        "address",
        "pay",
        "due",
    ]
    offering = office.api.of("SetOffering")[-1].variables
    assert offering["stageId"] == STAGE
    assert offering["offering"]["disclosed"] == ["address"]
    await office.hears("🔎 Поиск исполнителя")


async def test_each_rule_goes_on_by_a_press_and_the_others_stay(office: Office) -> None:
    office.api.script["OfferedStages"] = office.api.script["OfferedStage"] = stages(OFFERING)
    office.api.script["SetOffering"] = answer(setOffering=DONE)
    await office.presses("offering", MARK)
    told = (await office.hears("как заказы попадают")).text
    assert "Поиск исполнителя" in told
    for sign, field, value in (
        ("w", "window", 5),
        ("n", "atOnce", 1),
        ("t", "tellsWinner", False),
        ("e", "expires", 60),
    ):
        before = len(office.api.of("SetOffering"))
        assert await office.presses("offerrule", MARK, sign) == "Сохранено"
        await eventually(lambda seen=before: len(office.api.of("SetOffering")) > seen)
        assert office.api.of("SetOffering")[-1].variables["offering"] == {**OFFERING, field: value}
    await office.presses("offerrule", MARK, "l")
    [step] = office.api.of("SetOffering")[-1].variables["offering"]["ladder"]
    assert (step["after"], step["act"]) == (15, "REPEAT")


async def test_a_stage_that_is_gone_is_outdated(office: Office) -> None:
    office.api.script["OfferedStages"] = stages()
    assert "устарел" in (await office.presses("offering", MARK)).lower()
