"""A pipeline's stages come and go, and no deal is ever left without a way on."""

from uuid import uuid5

import pytest

from application.pipelines import (
    AddStage,
    DefineField,
    DefinePipeline,
    RenameStage,
    RetireField,
    RetireStage,
    SetOffering,
    StageKind,
)
from domain.batches import BadRate, Batch, retirement_of
from domain.fields import NoSuchField
from domain.pipelines import BadName, Pipeline, StageIsNeeded
from domain.stages import NoSuchStage, StageIsRetired
from tests.facts import ANNA
from tests.firm import Firm, firm
from tests.sales import ADDRESS, LOST, NEW, OPEN, SALES, SEARCH, WON, WORK

CALLS = uuid5(SALES, "calls")


async def stages(acme: Firm) -> list[str]:
    return [stage.name for stage in (await acme.get(Pipeline, SALES)).active()]


@pytest.mark.proves("S3-03")
async def test_each_pipeline_has_stages_of_its_own() -> None:
    acme = await firm()
    await acme.do(DefinePipeline, pipeline_id=CALLS, name="Shops")
    await acme.do(AddStage, pipeline_id=CALLS, stage_id=uuid5(CALLS, "new"), name="New")
    assert await stages(acme) == ["New", "Search", "Work", "Won", "Lost"]
    assert [stage.name for stage in (await acme.get(Pipeline, CALLS)).active()] == ["New"]
    with pytest.raises(NoSuchStage):
        await acme.deal(SEARCH, pipeline_id=CALLS)


async def test_a_stage_stands_where_it_was_put() -> None:
    acme = await firm()
    told = {"pipeline_id": SALES, "stage_id": CALLS, "name": "Calls", "before_id": WORK}
    await acme.do(AddStage, **told)
    await acme.do(AddStage, **told)
    assert await stages(acme) == ["New", "Search", "Calls", "Work", "Won", "Lost"]
    await acme.do(RenameStage, pipeline_id=SALES, stage_id=CALLS, name="Talks")
    assert await stages(acme) == ["New", "Search", "Talks", "Work", "Won", "Lost"]


@pytest.mark.parametrize("name", ["", "  ", "Work", "x" * 61])
async def test_a_name_that_means_nothing_or_another_stage_is_refused(name: str) -> None:
    acme = await firm()
    with pytest.raises(BadName):
        await acme.do(AddStage, pipeline_id=SALES, stage_id=CALLS, name=name)
    with pytest.raises(BadName):
        await acme.do(RenameStage, pipeline_id=SALES, stage_id=NEW, name=name)


@pytest.mark.proves("S3-E7")
async def test_a_retired_stage_takes_no_more_deals_and_a_batch_is_to_empty_it() -> None:
    acme = await firm()
    await acme.deal(WORK)
    told = {"pipeline_id": SALES, "stage_id": WORK, "successor_id": NEW, "rate": 7, "by": ANNA}
    answer = await acme.do(RetireStage, **told)
    batch = await acme.get(Batch, retirement_of(WORK, 1))
    assert answer == {"batch": str(batch.id)}
    assert (batch.from_id, batch.to_id, batch.rate, batch.by) == (WORK, NEW, 7, ANNA)
    assert (await acme.the_deal()).stage_id == WORK
    with pytest.raises(StageIsRetired, match="New"):
        await acme.deal(WORK, deal_id=CALLS)
    assert await acme.do(RetireStage, **told) == answer
    assert len(acme.happened(Batch.Planned)) == 1


async def test_a_stage_that_gets_one_successor_after_another_is_emptied_each_time() -> None:
    acme = await firm()
    for successor in (NEW, SEARCH, NEW):
        await acme.do(RetireStage, pipeline_id=SALES, stage_id=WORK, successor_id=successor)
    batches = acme.happened(Batch.Planned)
    assert [batch.to_id for batch in batches] == [NEW, SEARCH, NEW]
    assert len({batch.originator_id for batch in batches}) == 3


async def test_whoever_follows_a_successor_follows_it_too() -> None:
    acme = await firm()
    await acme.do(RetireStage, pipeline_id=SALES, stage_id=WORK, successor_id=SEARCH)
    await acme.do(RetireStage, pipeline_id=SALES, stage_id=SEARCH, successor_id=NEW)
    pipeline = await acme.get(Pipeline, SALES)
    assert pipeline.present(WORK).id == NEW
    assert SEARCH not in pipeline.offerings


@pytest.mark.parametrize(("stage", "successor"), [(WORK, WORK), (NEW, WON), (NEW, WORK)])
async def test_a_stage_is_not_retired_in_a_circle_or_for_the_last_open_one(
    stage: object, successor: object
) -> None:
    acme = await firm()
    await acme.do(RetireStage, pipeline_id=SALES, stage_id=SEARCH, successor_id=NEW)
    await acme.do(RetireStage, pipeline_id=SALES, stage_id=WORK, successor_id=NEW)
    with pytest.raises(StageIsNeeded):
        await acme.do(RetireStage, pipeline_id=SALES, stage_id=stage, successor_id=successor)


async def test_a_batch_has_a_pace() -> None:
    acme = await firm()
    for rate in (0, 1001):
        told = {"stage_id": WORK, "successor_id": NEW, "rate": rate}
        with pytest.raises(BadRate):
            await acme.do(RetireStage, pipeline_id=SALES, **told)


async def test_a_stage_that_nobody_knows_is_refused_everywhere() -> None:
    acme = await firm()
    for command, told in (
        (RetireStage, {"stage_id": NEW, "successor_id": CALLS}),
        (RenameStage, {"stage_id": CALLS, "name": "Calls"}),
        (AddStage, {"stage_id": SALES, "name": "Calls", "before_id": CALLS}),
        (SetOffering, {"stage_id": CALLS, "offering": OPEN}),
    ):
        with pytest.raises(NoSuchStage):
            await acme.do(command, pipeline_id=SALES, **told)


async def test_a_retired_field_is_asked_no_more_and_what_was_told_stays() -> None:
    acme = await firm()
    await acme.deal(NEW, fields={"address": "Lenina 1"})
    await acme.do(RetireField, pipeline_id=SALES, key="address")
    with pytest.raises(NoSuchField, match="address"):
        await acme.deal(NEW, deal_id=CALLS, fields={"address": "Lenina 2"})
    assert (await acme.the_deal()).fields == {"address": "Lenina 1"}
    await acme.do(DefineField, pipeline_id=SALES, field=ADDRESS)
    await acme.deal(NEW, deal_id=CALLS, fields={"address": "Lenina 2"})


async def test_the_first_open_stage_takes_new_deals() -> None:
    acme = await firm()
    await acme.deal(None)  # type: ignore[arg-type]
    assert (await acme.the_deal()).stage_id == NEW
    early = {"name": "Early", "before_id": NEW, "kind": StageKind.LOST}
    await acme.do(AddStage, pipeline_id=SALES, stage_id=CALLS, **early)
    await acme.deal(None, deal_id=LOST)  # type: ignore[arg-type]
    assert (await acme.the_deal(LOST)).stage_id == NEW
