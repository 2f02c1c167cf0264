"""Settling: what becomes of a deal when its order is taken or returned, and the other way round."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Draft
from application.offers import OfferCommand
from application.slots import slot_for
from domain.deals import LENT, RETURNED, Deal
from domain.executors import Executor
from domain.offers import Offer, Standing
from domain.pipelines import Pipeline
from domain.staff import Person
from domain.stages import FieldsMissing

DONE: Final = "done"
"""Why an executor has an order no longer whose deal is over."""


@dataclass(frozen=True, kw_only=True)
class FinishOrder(OfferCommand):
    """Know that the deal of an order is over: its executor is free for others."""

    executor_id: UUID

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        offer = await self.offer(draft)
        if not (await draft.look(Deal, offer.deal_id)).is_open:
            (await draft.get(Executor, self.executor_id)).leave(self.offer_id, DONE)
        return {}


@dataclass(frozen=True, kw_only=True)
class ResumeOrder(OfferCommand):
    """Know that the deal of an order goes on: its executor has it to do again."""

    executor_id: UUID

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        offer = await self.offer(draft)
        deal = await draft.look(Deal, offer.deal_id)
        has = offer.standing is Standing.CLAIMED and deal.offer_id == offer.id
        if has and deal.is_open:
            (await draft.get(Executor, self.executor_id)).take(offer.id)
        return {}


@dataclass(frozen=True, kw_only=True)
class SettleOrder(OfferCommand):
    """Let the deal know its executor, and go to the stage of claimed deals.

    The winner stays the winner: what the stage still wants is noted, and tried again later.
    """

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        offer = await self.offer(draft)
        deal = await draft.get(Deal, offer.deal_id)
        if offer.standing is not Standing.CLAIMED or offer.settled or offer.executor_id is None:
            return {}
        executor = await draft.get(Executor, offer.executor_id)
        if not deal.deleted:
            deal.find_executor(executor.id, offer.id, executor.told(offer.offering.sent))
        if not deal.is_open:
            executor.leave(offer.id, DONE)
        elif deal.entry == offer.entry:
            missing = await self._move(draft, offer, deal)
            if missing:
                offer.fail_settling(", ".join(missing))
                return {}
        if not deal.deleted:
            await self._lend(draft, deal, executor)
        offer.settle()
        return {}

    async def _lend(self, draft: Draft, deal: Deal, executor: Executor) -> None:
        """Make an executor who works here responsible, too."""
        if executor.person_id is None:
            return
        if (await draft.look(Person, executor.person_id)).working:
            slot = await slot_for(draft, executor.person_id)
            deal.change_responsible(slot.id, None, LENT)

    async def _move(self, draft: Draft, offer: Offer, deal: Deal) -> tuple[str, ...]:
        """Bring the deal to the stage of claimed ones; returns what it lacks for that."""
        pipeline = await draft.look(Pipeline, deal.pipeline_id)
        stage = pipeline.present(offer.offering.claimed_stage_id)
        try:
            pipeline.admit(stage.id, deal.fields, None)
        except FieldsMissing as refused:
            return refused.named
        deal.move(stage.id, stage.kind, "", None)
        return ()


@dataclass(frozen=True, kw_only=True)
class ReturnOrder(OfferCommand):
    """Bring the deal of an order that was given back or revoked to where it is offered again."""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        offer = await self.offer(draft)
        deal = await draft.get(Deal, offer.deal_id)
        over = offer.standing in {Standing.GIVEN_BACK, Standing.REVOKED}
        if not over or deal.deleted or offer.executor_id is None:
            return {}
        if deal.offer_id not in {None, offer.id}:
            return {}
        deal.lose_executor(offer.executor_id, offer.standing)
        if deal.lent:
            deal.change_responsible(deal.lent_by, None, RETURNED)
        pipeline = await draft.look(Pipeline, deal.pipeline_id)
        stayed = deal.entry == offer.entry
        if deal.is_open and (stayed or deal.stage_id not in pipeline.offerings):
            stage = pipeline.present(offer.stage_id)
            deal.move(stage.id, stage.kind, "", None, again=stayed)
        return {}


@dataclass(frozen=True, kw_only=True)
class ExpireDeal(OfferCommand):
    """Move the deal of an expired offer to where nobody looks for an executor any more.

    It goes on in the chain of rules that led there, and its outcome may come back by its own rule.
    """

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        offer = await self.offer(draft)
        deal = await draft.get(Deal, offer.deal_id)
        to_id = offer.offering.expired_stage_id
        if to_id is None or deal.entry != offer.entry or not deal.is_open:
            return {}
        pipeline = await draft.look(Pipeline, deal.pipeline_id)
        stage = pipeline.admit(pipeline.present(to_id).id, deal.fields, None)
        trail = [rule_id for rule_id in deal.trail if rule_id != deal.rule_id]
        deal.move(stage.id, stage.kind, "", None, trail)
        return {}
