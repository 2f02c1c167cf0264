"""Orders: who gets an offer, and what becomes of the deal then."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Draft
from application.executors import Account, greeted
from application.offers import OfferCommand, limit_of, revoke
from application.ownership import must_own
from application.slots import slot_for
from domain.contests import Contender, Outcome, Reason
from domain.deals import LENT, RETURNED, Deal
from domain.executors import Executor
from domain.offers import Offer, OfferIsNotClaimed, OrderIsNotYours, Standing
from domain.pipelines import Pipeline
from domain.staff import Person
from domain.stages import FieldsMissing

DONE: Final = "done"
"""Why an executor has an order no longer whose deal is over."""


async def decide(draft: Draft, offer: Offer) -> None:
    """End the fair window of an offer, if its time has come."""
    contenders: dict[UUID, Contender] = {}
    for id in offer.waiting:
        one = await draft.look(Executor, id)
        hindrance = one.hindrance(offer.offering, offer.skill, draft.at, member=True)
        contenders[id] = Contender(one.won_at, hindrance)
    winner = offer.decide(contenders)
    if winner is not None:
        give(offer, await draft.get(Executor, winner))


def give(offer: Offer, executor: Executor) -> None:
    """Let an executor have an order and know whom to call, now or when they can be written to."""
    executor.take(offer.id)
    if executor.reachable:
        offer.disclose(executor.id, Reason.NONE)
        executor.see_contact(offer.id)
    else:
        executor.want_contact(offer.id)


@dataclass(frozen=True, kw_only=True)
class ClaimOffer(OfferCommand):
    """Take an order: exactly one gets it, everybody's attempt is recorded with its reason.

    `member`: whether the executor is in the chat. The answer has `outcome`, `reason` with the
    `limit` behind it, `number`, and whose the order is then: `winner`, and `winner_name` if the
    company lets it be told. `start`: the executor has to start the bot to be written to, in
    their `language`.
    """

    account: Account = field(metadata={"incidental": True})
    member: bool = field(default=True, metadata={"incidental": True})

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        executor = await greeted(draft, self.workspace_id, self.account)  # known before they claim
        offer = await self.offer(draft)
        await decide(draft, offer)
        hindrance = executor.hindrance(offer.offering, offer.skill, draft.at, member=self.member)
        attempt = offer.claim(executor.id, hindrance)
        if attempt.outcome is Outcome.WON:
            give(offer, executor)
        told: dict[str, str | int | bool | None] = {
            "outcome": attempt.outcome,
            "reason": attempt.reason,
            "limit": limit_of(attempt.reason, offer.offering),
            "number": offer.number,
            "start": not executor.reachable,
            "language": executor.language,
            "decides_at": offer.decides_at.isoformat() if offer.decides_at else None,
        }
        if attempt.winner_id is not None:
            told["winner"] = str(attempt.winner_id)
            if attempt.winner_id == executor.id or offer.offering.tells_winner:
                told["winner_name"] = (await draft.look(Executor, attempt.winner_id)).name
        return told


@dataclass(frozen=True, kw_only=True)
class DecideOffer(OfferCommand):
    """End the fair window of an offer."""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        offer = await self.offer(draft)
        await decide(draft, offer)
        return {"winner": str(offer.executor_id) if offer.executor_id else None}


@dataclass(frozen=True, kw_only=True)
class GiveBackOrder(OfferCommand):
    """Be rid of an order that one has; it goes back to the chat."""

    executor_id: UUID
    reason: str = ""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        offer = await self.offer(draft)
        if not (await draft.look(Deal, offer.deal_id)).is_open:
            raise OrderIsNotYours
        offer.give_back(self.executor_id, self.reason)
        executor = await draft.get(Executor, self.executor_id)
        executor.leave(offer.id, Reason.GIVEN_BACK)
        return {"number": offer.number}


@dataclass(frozen=True, kw_only=True)
class RevokeOrder(OfferCommand):
    """Take an order away from its executor; it goes back to the chat."""

    by: UUID | None = None
    reason: str = ""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        offer = await self.offer(draft)
        deal = await draft.look(Deal, offer.deal_id)
        await must_own(draft, deal, self.by)
        if not deal.is_open:
            raise OfferIsNotClaimed
        await revoke(draft, offer, self.by, self.reason)
        return {"number": offer.number}


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
