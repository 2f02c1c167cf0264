"""What link rules do: deals that begin because of others, and outcomes that come back."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from typing_extensions import override

from application.deals import begin_deal
from application.desk import Answer, Draft
from application.ownership import DealCommand
from domain.deals import Deal
from domain.fields import BadValue
from domain.pipelines import Pipeline
from domain.stages import FieldsMissing


@dataclass(frozen=True, kw_only=True)
class BeginLinkedDeal(DealCommand):
    """Begin the deal that a rule wants of this one, which stands where it did at `entry`.

    One that is still open is enough: no second one begins beside it.
    """

    rule_id: UUID
    entry: int

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        deal = await draft.get(Deal, self.deal_id)
        rule = (await draft.look(Pipeline, deal.pipeline_id)).links.get(self.rule_id)
        if rule is None or deal.deleted or deal.entry != self.entry:
            return {}
        known = deal.links.get(self.rule_id)
        if known is not None and (await draft.look(Deal, known)).is_open:
            return {"deal": str(known)}
        target = await draft.look(Pipeline, rule.to_pipeline_id)
        linked_id = uuid5(deal.id, f"link:{rule.id}:{deal.entry}")
        if await draft.find(Deal, linked_id) is not None:
            return {"deal": str(linked_id)}
        try:
            linked = await begin_deal(
                draft,
                linked_id,
                target,
                target.present(rule.to_stage_id).id,
                deal.title,
                _copied(target, deal, rule.copied),
                rule.slot_id,
                deal.contacts,
                None,
                origin=(deal.id, rule.id),
                trail=(*deal.trail, rule.id),
            )
        except FieldsMissing as refused:
            deal.fail_link(rule.id, list(refused.named))
            return {}
        deal.link(linked.id, rule.id)
        return {"deal": str(linked.id)}


def _copied(target: Pipeline, deal: Deal, keys: list[str]) -> dict[str, str]:
    """The values that the other pipeline has a place for."""
    values: dict[str, str] = {}
    for key in keys:
        known = target.fields.get(key)
        if known is None or key not in deal.fields:
            continue
        try:
            values[key] = known.accept(deal.fields[key])
        except BadValue:
            continue
    return values


@dataclass(frozen=True, kw_only=True)
class FollowOutcome(DealCommand):
    """Move a deal because a linked one has come to a stage, if it can still be moved.

    `entry`: only if the deal has not moved since.
    """

    linked_id: UUID
    stage_id: UUID
    trail: tuple[UUID, ...]
    entry: int | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        deal = await draft.get(Deal, self.deal_id)
        if deal.deleted or self.entry not in {None, deal.entry}:
            return {}
        pipeline = await draft.look(Pipeline, deal.pipeline_id)
        stage = pipeline.present(self.stage_id)
        if stage.id == deal.stage_id:
            return {"stage": str(stage.id)}
        if not deal.is_open:
            deal.hold_outcome(self.linked_id, stage.id, [])
            return {}
        try:
            pipeline.admit(stage.id, deal.fields, None)
        except FieldsMissing as refused:
            deal.hold_outcome(self.linked_id, stage.id, list(refused.named))
            return {}
        reason = (await draft.look(Deal, self.linked_id)).reason
        deal.move(stage.id, stage.kind, reason, None, self.trail)
        return {"stage": str(stage.id)}
