"""Deal news: whoever is responsible for a deal hears of what they did not do themselves."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from typing_extensions import override

from application.offer_scene import deal_seen
from application.order_letters import (
    BatchDone,
    DealFollowed,
    DealGiven,
    LinkFailed,
    OutcomeHeld,
    SlotGiven,
)
from application.people import Staff
from application.policy import Consequence, Policy
from application.ports import Letter, Past
from domain.batches import Batch
from domain.deals import Deal
from domain.events import Recorded, owner_of
from domain.pipelines import Pipeline
from domain.slots import Slot
from domain.workspaces import Workspace


class DealNews(Policy):
    """Letters about deals, slots and batches, by the manager bot."""

    name: ClassVar[str] = "deal_news"

    @override
    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        event = happened.event
        if owner_of(event) not in {Deal, Slot, Batch}:
            return ()
        workspace = await past.get(Workspace, event.workspace_id)
        if workspace is None:
            return ()
        staff, key = Staff(past, workspace), f"news:{happened.position}"
        if isinstance(event, Slot.Bound):
            slot = await past.get(Slot, event.originator_id)
            said = SlotGiven(slot.name if slot else "")
            return await staff.to_person(event.person_id, said, key)
        if isinstance(event, Batch.Completed):
            return await _batch_done(past, staff, event.originator_id, key)
        deal = await past.get(Deal, event.originator_id)
        return await _of_deal(event, deal, past, staff, key) if deal else ()


async def _of_deal(
    event: object, deal: Deal, past: Past, staff: Staff, key: str
) -> Sequence[Letter]:
    match event:
        case Deal.Opened(by=by, imported=False):
            return await _given(deal, by, staff, key)
        case Deal.ResponsibleChanged(by=by, cause=""):
            return await _given(deal, by, staff, key)
        case Deal.MovedToStage(trail=[*_, rule_id]):
            return await _followed(deal, rule_id, past, staff, key)
        case Deal.OutcomeHeld(deal_id=linked_id, missing=missing):
            return await _held(deal, linked_id, missing, past, staff, key)
        case Deal.LinkFailed(rule_id=rule_id, missing=missing):
            return await _link_failed(deal, rule_id, missing, past, staff, key)
        case _:
            return []


async def _given(deal: Deal, by: UUID | None, staff: Staff, key: str) -> Sequence[Letter]:
    """Nobody is told what they did themselves."""
    person_id = await staff.responsible(deal)
    if person_id is None or person_id == by:
        return []
    said = DealGiven(deal_seen(deal), await staff.name_of(by))
    return await staff.to_person(person_id, said, key)


async def _followed(
    deal: Deal, rule_id: UUID, past: Past, staff: Staff, key: str
) -> Sequence[Letter]:
    linked = await past.get(Deal, deal.links[rule_id]) if rule_id in deal.links else None
    pipeline = await past.get(Pipeline, deal.pipeline_id)
    rule = pipeline.rule(rule_id) if pipeline else None
    if linked is None or rule is None or pipeline is None:
        return []
    come_to = rule.outcomes.get(str(linked.stage_id))
    if come_to is None or pipeline.present(come_to).id != deal.stage_id:
        return []  # it has moved for another reason since
    stage = await _stage(past, deal, deal.stage_id)
    outcome = await _stage(past, linked, linked.stage_id)
    said = DealFollowed(deal_seen(deal), stage, deal_seen(linked), outcome)
    return await staff.to_responsible(deal, said, key)


async def _held(  # noqa: PLR0913 - what an outcome is
    deal: Deal, linked_id: UUID, missing: Sequence[str], past: Past, staff: Staff, key: str
) -> Sequence[Letter]:
    linked = await past.get(Deal, linked_id)
    if linked is None:
        return []
    outcome = await _stage(past, linked, linked.stage_id)
    said = OutcomeHeld(deal_seen(deal), deal_seen(linked), outcome, missing)
    return await staff.to_responsible(deal, said, key)


async def _link_failed(  # noqa: PLR0913 - what a failure is
    deal: Deal, rule_id: UUID, missing: Sequence[str], past: Past, staff: Staff, key: str
) -> Sequence[Letter]:
    pipeline = await past.get(Pipeline, deal.pipeline_id)
    rule = pipeline.rule(rule_id) if pipeline else None
    target = await past.get(Pipeline, rule.to_pipeline_id) if rule else None
    said = LinkFailed(deal_seen(deal), target.name if target else "", missing)
    return await staff.to_responsible(deal, said, key)


async def _stage(past: Past, deal: Deal, stage_id: UUID) -> str:
    pipeline = await past.get(Pipeline, deal.pipeline_id)
    return pipeline.stages[stage_id].name if pipeline and stage_id in pipeline.stages else ""


async def _batch_done(past: Past, staff: Staff, batch_id: UUID, key: str) -> Sequence[Letter]:
    batch = await past.get(Batch, batch_id)
    pipeline = await past.get(Pipeline, batch.pipeline_id) if batch else None
    if batch is None or pipeline is None:
        return []
    stage = pipeline.stages[batch.from_id].name
    said = BatchDone(stage, batch.moved, len(batch.skipped))
    if batch.by is not None and (letters := await staff.to_person(batch.by, said, key)):
        return letters
    return await staff.to_leaders(said, key)
