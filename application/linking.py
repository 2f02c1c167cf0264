"""Linking: pipelines move each other, and never in a circle."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar
from uuid import UUID

from typing_extensions import override

from application.batches import ACTOR
from application.links import BeginLinkedDeal, FollowOutcome
from application.policy import Consequence, Policy
from application.ports import Past
from domain.deals import Deal
from domain.events import Recorded
from domain.links import may_follow
from domain.pipelines import Pipeline


class Linking(Policy):
    """A deal that comes to a stage begins another one; what comes of that moves the first.

    What failed for want of fields is tried again when fields are filled in. What a batch moves
    begins nothing: the deals of a retired stage went nowhere.
    """

    name: ClassVar[str] = "linking"

    @override
    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        if not isinstance(happened.event, Deal.Opened | Deal.MovedToStage | Deal.FieldsChanged):
            return ()
        deal = await past.get(Deal, happened.event.originator_id)
        if deal is None or deal.deleted or happened.actor.startswith(ACTOR):
            return ()
        if isinstance(happened.event, Deal.FieldsChanged):
            return await self._again(happened, deal, past)
        came = isinstance(happened.event, Deal.MovedToStage)
        outcome = await self._outcome(happened, deal, past) if came else []
        return [*await self._begun(happened, deal, past), *outcome]

    async def _begun(self, happened: Recorded, deal: Deal, past: Past) -> list[Consequence]:
        pipeline = await past.get(Pipeline, deal.pipeline_id)
        rules = pipeline.links.values() if pipeline else ()
        wanted = [
            rule.id
            for rule in rules
            if rule.stage_id == deal.stage_id and may_follow(rule.id, deal.trail)
        ]
        return [self._begin(happened, deal, n, rule_id) for n, rule_id in enumerate(wanted, 1)]

    def _begin(self, happened: Recorded, deal: Deal, n: int, rule_id: UUID) -> Consequence:
        told = self.follow(happened, n)
        return BeginLinkedDeal(**told, deal_id=deal.id, rule_id=rule_id, entry=deal.entry)

    async def _outcome(self, happened: Recorded, deal: Deal, past: Past) -> list[Consequence]:
        origin = await past.get(Deal, deal.origin_id) if deal.origin_id else None
        pipeline = await past.get(Pipeline, origin.pipeline_id) if origin else None
        rule = pipeline.rule(deal.rule_id) if pipeline and deal.rule_id else None
        if origin is None or rule is None or not may_follow(rule.id, deal.trail):
            return []
        stage_id = rule.outcomes.get(str(deal.stage_id))
        if stage_id is None or origin.links.get(rule.id) != deal.id:
            return []
        trail = (*deal.trail, rule.id)
        return [self._follow(happened, 0, origin.id, deal.id, stage_id, trail)]

    def _follow(  # noqa: PLR0913 - what an outcome is
        self,
        happened: Recorded,
        n: int,
        deal_id: UUID,
        linked_id: UUID,
        stage_id: UUID,
        trail: tuple[UUID, ...],
    ) -> FollowOutcome:
        told = self.follow(happened, n)
        return FollowOutcome(
            **told, deal_id=deal_id, linked_id=linked_id, stage_id=stage_id, trail=trail
        )

    async def _again(self, happened: Recorded, deal: Deal, past: Past) -> list[Consequence]:
        again: list[Consequence] = []
        for linked_id, stage_id in deal.held_outcomes.items():
            linked = await past.get(Deal, linked_id)
            if linked is None or not await _is_still(linked, deal, stage_id, past):
                continue
            trail = (*linked.trail, linked.rule_id or linked.id)
            told = self._follow(happened, len(again), deal.id, linked.id, stage_id, trail)
            again.append(replace(told, entry=deal.entry))
        for rule_id in deal.failed_links:
            again.append(self._begin(happened, deal, len(again), rule_id))
        return again


async def _is_still(linked: Deal, deal: Deal, stage_id: UUID, past: Past) -> bool:
    """Whether the linked deal still stands where that outcome came from."""
    pipeline = await past.get(Pipeline, deal.pipeline_id)
    rule = pipeline.rule(linked.rule_id) if pipeline and linked.rule_id else None
    to_id = rule.outcomes.get(str(linked.stage_id)) if rule else None
    return pipeline is not None and to_id is not None and pipeline.present(to_id).id == stage_id
