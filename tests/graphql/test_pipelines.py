"""Pipelines over the API: stages, fields, rules; and who may set them up."""

from functools import partial
from typing import Any

import pytest

from tests.graphql.company import ANNA, BORIS, Company, GraphQLRefused
from tests.graphql.sales import Sales

PIPELINE = """query($id: ID!, $at: BigInt) { pipeline(id: $id, minPosition: $at) {
  name lostReasons fields { key label kind choices }
  stages { id name kind successorId requiredKeys offering { claimedStageId template sent disclosed
    atOnce reveals window tellsWinner expires ladder { after act chatId } } }
  links { id stageId toPipelineId toStageId copied slotId outcomes { stageId movesToId } } } }"""


@pytest.fixture
def sales(acme: Company) -> Sales:
    return Sales(acme)


def pipeline(sales: Sales) -> dict[str, Any]:
    told: dict[str, Any] = sales.company.admin(
        PIPELINE, id=sales.pipeline, at=sales.company.service.head()
    )["pipeline"]
    return told


def stage(sales: Sales, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in pipeline(sales)["stages"] if one["name"] == name)
    return found


@pytest.mark.proves("S0-14", "S3-02", "S3-03")
def test_a_company_defines_stages_fields_and_reasons(sales: Sales) -> None:
    told = {"pipelineId": sales.pipeline}
    sales.adds(sales.pipeline, "Agreed", beforeId=sales.stages["Won"])
    sales.lead("renameStage", stageId=sales.stages["Work"], name="At work", **told)
    sales.define("kind", "Вид", "CHOICE", choices=["Кровля", "Фасад"])
    sales.lead("setLostReasons", reasons=["Дорого", "Передумали"], **told)
    sales.require("Work", "budget", "kind")
    seen = pipeline(sales)
    assert [(one["name"], one["kind"]) for one in seen["stages"]] == [
        ("New", "OPEN"),
        ("Search", "OPEN"),
        ("At work", "OPEN"),
        ("Agreed", "OPEN"),
        ("Won", "WON"),
        ("Lost", "LOST"),
    ]
    assert seen["stages"][2]["requiredKeys"] == ["budget", "kind"]
    assert seen["lostReasons"] == ["Дорого", "Передумали"]
    fields = [(one["key"], one["label"], one["kind"], one["choices"]) for one in seen["fields"]]
    assert fields[0] == ("budget", "Бюджет", "MONEY", [])
    assert fields[2] == ("kind", "Вид", "CHOICE", ["Кровля", "Фасад"])
    sales.lead("retireField", key="kind", **told)
    assert [one["key"] for one in pipeline(sales)["fields"]] == ["budget", "address"]


@pytest.mark.proves("S3-03")
def test_a_company_has_several_pipelines(sales: Sales) -> None:
    sales.lead("definePipeline", "pipelineId", name="Connection")
    at = sales.company.service.head()
    query = "query($at: BigInt) { pipelines(minPosition: $at) { name } }"
    named = sales.company.manager(ANNA, query, at=at)["pipelines"]
    assert named == [{"name": "Sales"}, {"name": "Connection"}]
    sales.lead("definePipeline", pipelineId=sales.pipeline, name="Big sales")
    assert pipeline(sales)["name"] == "Big sales"


@pytest.mark.proves("S0-03", "S0-11", "S0-18")
def test_a_search_stage_has_rules_by_which_its_deals_are_offered(sales: Sales) -> None:
    rules = {
        "claimedStageId": sales.stages["Work"],
        "template": "Заказ №{number}: {title}\n{budget}",
        "disclosed": ["address"],
        "sent": ["NAME", "PHONE"],
        "tellsWinner": False,
        "atOnce": 2,
        "window": 5,
        "expires": 60,
        "ladder": [{"after": 5, "act": "REPEAT"}, {"after": 9, "act": "CHAT", "chatId": -100777}],
    }
    told = {"pipelineId": sales.pipeline, "stageId": sales.stages["Search"]}
    sales.lead("setOffering", offering=rules, **told)
    offering = stage(sales, "Search")["offering"]
    rules["ladder"] = [
        {"after": 5, "act": "REPEAT", "chatId": None},
        {"after": 9, "act": "CHAT", "chatId": -100777},
    ]
    assert offering == {**rules, "reveals": 20}
    for wrong, code in (
        ({"template": "{address}"}, "BadTemplate"),
        ({"disclosed": ["nothing"]}, "NoSuchField"),
        ({"window": 601}, "BadOffering"),
        ({"template": "x" * 3001}, "BadText"),
    ):
        with pytest.raises(GraphQLRefused) as refused:
            sales.lead("setOffering", offering={**rules, **wrong}, **told)
        assert refused.value.code == code
    sales.lead("endOffering", **told)
    assert stage(sales, "Search")["offering"] is None


@pytest.mark.proves("S3-05", "S3-06")
def test_a_rule_links_two_pipelines(sales: Sales) -> None:
    other = sales.lead("definePipeline", "pipelineId", name="Connection")["pipelineId"]
    first, done = sales.adds(other, "To plan"), sales.adds(other, "Connected", "WON")
    told = {
        "pipelineId": sales.pipeline,
        "stageId": sales.stages["Work"],
        "toPipelineId": other,
        "toStageId": first,
        "outcomes": [{"stageId": done, "movesToId": sales.stages["Won"]}],
        "copied": ["address"],
    }
    rule = sales.lead("setLinkRule", "ruleId", **told)["ruleId"]
    kept = {name: told[name] for name in ("stageId", "toPipelineId", "toStageId", "outcomes")}
    assert pipeline(sales)["links"] == [{"id": rule, **kept, "copied": ["address"], "slotId": None}]
    with pytest.raises(GraphQLRefused) as refused:
        sales.lead("setLinkRule", "ruleId", **{**told, "toPipelineId": sales.pipeline})
    assert refused.value.code == "NoSuchStage"
    sales.lead("removeLinkRule", pipelineId=sales.pipeline, ruleId=rule)
    assert pipeline(sales)["links"] == []


@pytest.mark.proves("S3-E7")
def test_a_stage_is_retired_softly_by_a_batch(sales: Sales) -> None:
    sales.move(sales.deal(), "Work")
    told = {"pipelineId": sales.pipeline, "stageId": sales.stages["Work"], "rate": 7}
    batch = sales.lead("retireStage", "batchId", successorId=sales.stages["Search"], **told)
    again = sales.lead("retireStage", "batchId", successorId=sales.stages["Search"], **told)
    assert batch == again
    query = """query($id: ID!, $at: BigInt) { batch(id: $id, minPosition: $at) {
      pipeline { name } from { name successorId } to { name } rate state moved left skippedCount
      skipped { reason } completedAt } batches { id } }"""
    ask = partial(sales.company.admin, query, id=batch["batchId"])
    seen = ask(at=sales.company.service.head())
    assert seen["batches"] == [{"id": batch["batchId"]}]
    assert seen["batch"] == {
        "pipeline": {"name": "Sales"},
        "from": {"name": "Work", "successorId": sales.stages["Search"]},
        "to": {"name": "Search"},
        "rate": 7,
        "state": "RUNNING",
        "moved": 0,
        "left": 1,
        "skippedCount": 0,
        "skipped": [],
        "completedAt": None,
    }
    sales.lead("pauseBatch", batchId=batch["batchId"])
    assert ask(at=sales.company.service.head())["batch"]["state"] == "PAUSED"
    sales.lead("resumeBatch", batchId=batch["batchId"])
    assert ask(at=sales.company.service.head())["batch"]["state"] == "RUNNING"
    with pytest.raises(GraphQLRefused) as refused:
        sales.move(sales.deal(), "Work")
    assert (refused.value.code, refused.value.named) == ("StageIsRetired", ["Search"])


def test_the_same_command_makes_one_pipeline_and_one_stage(sales: Sales) -> None:
    told = {"commandId": sales.company.new(), "name": "Repairs"}
    first = sales.lead("definePipeline", "pipelineId replayed", **told)
    again = sales.lead("definePipeline", "pipelineId replayed", **told)
    assert again == {**first, "replayed": True}
    stage = {"commandId": sales.company.new(), "pipelineId": first["pipelineId"], "name": "New"}
    assert sales.lead("addStage", "stageId", **stage) == sales.lead("addStage", "stageId", **stage)


def test_what_cannot_be_is_refused_with_what_stands_in_the_way(sales: Sales) -> None:
    for name, told, code in (
        ("definePipeline", {"name": " "}, "BadName"),
        ("definePipeline", {"name": "x" * 61}, "BadText"),
        ("addStage", {"pipelineId": sales.pipeline, "name": "New"}, "BadName"),
        ("addStage", {"pipelineId": sales.stages["New"], "name": "Late"}, "NotFound"),
        ("defineField", {"pipelineId": sales.pipeline, "key": "Х", "label": "Х"}, "BadField"),
        ("defineField", {"pipelineId": "x", "key": "x", "label": "x"}, "BadId"),
    ):
        with pytest.raises(GraphQLRefused) as refused:
            sales.lead(name, **told)
        assert refused.value.code == code, name
    with pytest.raises(GraphQLRefused) as refused:
        sales.require("Work", "budget", "nothing", "more")
    assert (refused.value.code, refused.value.named) == ("NoSuchField", ["nothing", "more"])


def test_leaders_set_pipelines_up_from_any_bot_and_managers_from_none(acme: Company) -> None:
    acme.hire("Olga", 777, "[ADMIN, MANAGER]")
    for asking in (partial(acme.manager, 777), partial(acme.leader, 777)):
        assert acme.order(asking, "definePipeline", "pipelineId", name="Hers")["pipelineId"]
    for who in (ANNA, BORIS):
        with pytest.raises(GraphQLRefused) as refused:
            acme.order(partial(acme.manager, who), "definePipeline", "pipelineId", name="Theirs")
        assert refused.value.code == "NotAllowed"


def test_the_log_shows_the_rules_as_they_were_set(sales: Sales) -> None:
    query = """query($s: ID!) { events(subject: $s, kinds: ["Pipeline.FieldDefined"]) {
      nodes { data } } state(subject: $s) { kind data } }"""
    told = sales.company.admin(query, s=sales.pipeline)
    assert told["events"]["nodes"][0]["data"] == {
        "field": {"key": "budget", "label": "Бюджет", "kind": "money", "choices": []}
    }
    assert told["state"]["kind"] == "Pipeline"
    assert told["state"]["data"]["fields"]["address"]["label"] == "Адрес"
