"""A rule links two pipelines that there are, and those that were made by it stay linked."""

from typing import Any

import pytest

from application.desk import NotFound
from application.pipelines import RemoveLinkRule, RequireFields, RetireStage, SetLinkRule
from domain.fields import NoSuchField
from domain.links import BadLink
from domain.stages import FieldsMissing, NoSuchStage
from tests.facts import STRANGER
from tests.links.connections import CONNECTIONS, DONE, QUEUED, RULE, connection, linked, rule
from tests.sales import NEW, SALES, WON, WORK


async def test_a_rule_that_was_removed_begins_nothing_and_still_brings_results() -> None:
    acme = await linked()
    await acme.move(WORK)
    await acme.do(RemoveLinkRule, pipeline_id=SALES, rule_id=RULE)
    await acme.deal(WORK, STRANGER)
    assert (await acme.the_deal(STRANGER)).links == {}
    await acme.move(DONE, await connection(acme))
    assert (await acme.the_deal()).stage_id == WON


async def test_a_retired_stage_is_followed_by_its_successor_in_rules_too() -> None:
    acme = await linked()
    retired = {"stage_id": WON, "successor_id": NEW}
    await acme.move(WORK)
    await acme.do(RetireStage, pipeline_id=SALES, **retired)
    await acme.move(DONE, await connection(acme))
    assert (await acme.the_deal()).stage_id == NEW


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"stage_id": STRANGER}, NoSuchStage),
        ({"to_stage_id": WORK}, NoSuchStage),
        ({"outcomes": {str(WORK): WON}}, NoSuchStage),
        ({"outcomes": {str(DONE): QUEUED}}, NoSuchStage),
        ({"to_pipeline_id": STRANGER}, NotFound),
        ({"to_pipeline_id": SALES, "to_stage_id": NEW, "outcomes": {}}, BadLink),
        ({"copied": ["size"]}, NoSuchField),
        ({"slot_id": STRANGER}, NotFound),
    ],
)
async def test_a_rule_that_leads_nowhere_is_refused(told: Any, why: type[Exception]) -> None:
    acme = await linked()
    with pytest.raises(why):
        await acme.do(SetLinkRule, pipeline_id=SALES, rule=rule(**told))


async def test_a_deal_that_cannot_begin_where_it_should_is_refused_to_people_alone() -> None:
    acme = await linked()
    await acme.do(RequireFields, pipeline_id=CONNECTIONS, stage_id=QUEUED, keys=("address",))
    with pytest.raises(FieldsMissing):
        await acme.deal(QUEUED, STRANGER, pipeline_id=CONNECTIONS)
    await acme.move(WORK)
    assert acme.refused == []
