"""A deal that comes to a stage begins another one, and hears what comes of it."""

from uuid import UUID

import pytest

from application.deals import ChangeDeal, DeleteDeal
from application.order_letters import DealFollowed, LinkFailed, OutcomeHeld
from application.pipelines import (
    DefineField,
    RequireFields,
    SetLinkRule,
    SetLostReasons,
)
from domain.deals import Deal
from domain.fields import Field
from tests.facts import BORIS, STRANGER
from tests.links.connections import (
    BORISES,
    CONNECTIONS,
    DONE,
    FAILED,
    QUEUED,
    RULE,
    connection,
    linked,
    rule,
)
from tests.sales import DEAL, LOST, NEW, SALES, WON, WORK


@pytest.mark.proves("S3-05", "S3-06")
async def test_a_sale_on_a_stage_has_a_connection_with_what_is_known() -> None:
    acme = await linked()
    await acme.move(WORK)
    deal = await acme.the_deal(await connection(acme))
    assert (deal.number, deal.title, deal.stage_id) == (2, "Sockets", QUEUED)
    assert (deal.pipeline_id, deal.origin_id, deal.rule_id) == (CONNECTIONS, DEAL, RULE)
    assert deal.fields == {"address": "Lenina 1"}
    assert (deal.slot_id, deal.trail) == (BORISES, [RULE])


@pytest.mark.proves("S3-06")
async def test_a_deal_that_begins_on_the_stage_has_one_too() -> None:
    acme = await linked()
    await acme.deal(WORK, STRANGER)
    assert len((await acme.the_deal(STRANGER)).links) == 1


@pytest.mark.proves("S3-07")
@pytest.mark.parametrize(("outcome", "stage"), [(DONE, WON), (FAILED, LOST)])
async def test_its_result_moves_the_sale_and_the_manager_hears_of_it(
    outcome: UUID, stage: UUID
) -> None:
    acme = await linked()
    await acme.do(SetLostReasons, pipeline_id=SALES, reasons=("Too dear",))
    await acme.move(WORK)
    await acme.move(outcome, await connection(acme), by=BORIS)
    sale = await acme.the_deal()
    assert (sale.stage_id, sale.trail) == (stage, [RULE])
    [followed] = acme.told(500, DealFollowed)
    assert (followed.deal.number, followed.linked.number) == (1, 2)
    names = {WON: ("Won", "Connected"), LOST: ("Lost", "Impossible")}
    assert (followed.stage, followed.outcome) == names[stage]


async def test_a_stage_that_is_no_result_moves_nothing() -> None:
    acme = await linked(outcomes={str(FAILED): LOST})
    await acme.move(WORK)
    await acme.move(DONE, await connection(acme))
    assert (await acme.the_deal()).stage_id == WORK
    assert acme.told(500, DealFollowed) == []


@pytest.mark.proves("S3-E3")
async def test_a_sale_that_is_over_stays_where_it_is_and_its_manager_is_told() -> None:
    acme = await linked()
    await acme.move(WORK)
    await acme.move(LOST)
    await acme.move(DONE, await connection(acme))
    assert (await acme.the_deal()).stage_id == LOST
    [held] = acme.told(500, OutcomeHeld)
    assert (held.outcome, list(held.missing)) == ("Connected", [])


@pytest.mark.proves("S3-E3")
async def test_a_sale_that_stands_there_already_hears_nothing() -> None:
    acme = await linked()
    await acme.move(WORK)
    await acme.move(WON)
    await acme.do(RequireFields, pipeline_id=SALES, stage_id=WON, keys=("skill",))
    known = len(acme.happened(Deal.OutcomeHeld, Deal.MovedToStage))
    await acme.move(DONE, await connection(acme))
    assert len(acme.happened(Deal.OutcomeHeld, Deal.MovedToStage)) == known + 1


@pytest.mark.proves("S3-E3")
async def test_a_deleted_sale_and_a_deleted_connection_move_nothing() -> None:
    acme = await linked()
    await acme.move(WORK)
    await acme.do(DeleteDeal, deal_id=DEAL)
    await acme.move(DONE, await connection(acme))
    assert (await acme.the_deal()).stage_id == WORK
    acme = await linked()
    await acme.move(WORK)
    await acme.do(DeleteDeal, deal_id=await connection(acme))
    await acme.move(NEW)
    await acme.move(WORK)
    assert len(acme.happened(Deal.Linked)) == 2
    await acme.move(DONE, await connection(acme))
    assert (await acme.the_deal()).stage_id == WON


@pytest.mark.proves("S3-E3")
async def test_one_open_connection_is_enough_and_only_the_last_one_counts() -> None:
    acme = await linked(outcomes={str(FAILED): LOST})
    for stage in (WORK, NEW, WORK):
        await acme.move(stage)
    first = await connection(acme)
    assert len(acme.happened(Deal.Linked)) == 1
    await acme.move(DONE, first)
    for stage in (NEW, WORK):
        await acme.move(stage)
    second = await connection(acme)
    assert second != first
    await acme.move(FAILED, first)
    assert (await acme.the_deal()).stage_id == WORK
    await acme.move(FAILED, second)
    assert (await acme.the_deal()).stage_id == LOST


@pytest.mark.proves("S3-E4")
async def test_a_connection_that_would_lack_fields_begins_when_they_are_told() -> None:
    acme = await linked()
    await acme.do(DefineField, pipeline_id=CONNECTIONS, field=Field("skill", "Line"))
    told = {"stage_id": QUEUED, "keys": ("address", "skill")}
    await acme.do(RequireFields, pipeline_id=CONNECTIONS, **told)
    await acme.do(SetLinkRule, pipeline_id=SALES, rule=rule(copied=["address", "skill"]))
    await acme.move(WORK)
    [failed] = acme.told(500, LinkFailed)
    assert (failed.pipeline, list(failed.missing)) == ("Connections", ["Line"])
    assert (await acme.the_deal()).links == {}
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"flat": "8"})
    assert len(acme.told(500, LinkFailed)) == 1
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"skill": "optical"})
    deal = await acme.the_deal(await connection(acme))
    assert deal.fields == {"address": "Lenina 1", "skill": "optical"}


@pytest.mark.proves("S3-E4")
async def test_a_result_waits_for_the_fields_that_its_stage_wants() -> None:
    acme = await linked()
    await acme.do(RequireFields, pipeline_id=SALES, stage_id=WON, keys=("skill",))
    await acme.move(WORK)
    await acme.move(DONE, await connection(acme))
    [held] = acme.told(500, OutcomeHeld)
    assert list(held.missing) == ["Skill"]
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"flat": "8"})
    assert len(acme.told(500, OutcomeHeld)) == 1
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"skill": "fitter"})
    sale = await acme.the_deal()
    assert (sale.stage_id, sale.trail) == (WON, [RULE])
    assert len(acme.told(500, DealFollowed)) == 1


async def test_a_sale_that_moves_on_no_longer_waits_for_a_result() -> None:
    acme = await linked()
    await acme.do(RequireFields, pipeline_id=SALES, stage_id=WON, keys=("skill",))
    await acme.move(WORK)
    await acme.move(DONE, await connection(acme))
    await acme.move(NEW)
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"skill": "fitter"})
    assert (await acme.the_deal()).stage_id == NEW
