"""Publishing: deals that look for an executor become offers, and offers follow their deals.

One offer for each stay on a search stage: a deal that comes again is offered anew, and the buttons
of what was offered before are dead.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from typing_extensions import override

from application.offers import (
    EscalateOffer,
    ExpireOffer,
    PublishOffer,
    ReviseOffer,
    WithdrawOffer,
)
from application.orders import DecideOffer
from application.policy import Consequence, Policy, Timer
from application.ports import Past
from application.settling import ExpireDeal, FinishOrder, ResumeOrder, ReturnOrder, SettleOrder
from domain.deals import Deal
from domain.events import Recorded, owner_of
from domain.offers import Offer, Standing, offer_of
from domain.pipelines import Pipeline


class Publishing(Policy):
    """What becomes of offers when deals change, and of deals when offers do."""

    name: ClassVar[str] = "publishing"

    @override
    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        event = happened.event
        if owner_of(event) is Deal:
            deal = await past.get(Deal, event.originator_id)
            return await self._of_deal(happened, deal, past) if deal else ()
        if owner_of(event) is Offer:
            offer = await past.get(Offer, event.originator_id)
            return self._of_offer(happened, offer) if offer else ()
        return ()

    async def _of_deal(  # noqa: PLR0911 - one case an event
        self, happened: Recorded, deal: Deal, past: Past
    ) -> Sequence[Consequence]:
        pipeline = await past.get(Pipeline, deal.pipeline_id)
        if pipeline is None:
            return ()
        match happened.event:
            case Deal.Opened():
                return self._published(happened, deal, pipeline)
            case Deal.MovedToStage(from_id=left_id):
                left = await _offer(deal.id, deal.entry - 1, left_id, pipeline, past)
                return [
                    *self._left(happened, left, "moved"),
                    *self._published(happened, deal, pipeline),
                ]
            case Deal.Deleted():
                left = await _offer(deal.id, deal.entry, deal.stage_id, pipeline, past)
                return [
                    *self._left(happened, left, "deleted"),
                    *self._finished(happened, deal),
                ]
            case Deal.Won() | Deal.Lost():
                return self._finished(happened, deal)
            case Deal.Resumed():
                return self._resumed(happened, deal)
            case Deal.Renamed() | Deal.FieldsChanged():
                return await self._revised(happened, deal, pipeline, past)
            case _:
                return ()

    def _published(
        self, happened: Recorded, deal: Deal, pipeline: Pipeline
    ) -> Sequence[Consequence]:
        if deal.stage_id not in pipeline.offerings:
            return ()
        told = self.follow(happened, 1)
        return [PublishOffer(**told, deal_id=deal.id, entry=deal.entry)]

    def _left(self, happened: Recorded, left: Offer | None, reason: str) -> list[Consequence]:
        """What becomes of the offer that the deal has left behind."""
        told = self.follow(happened, 0)
        if left is not None and left.standing is Standing.OPEN:
            return [WithdrawOffer(**told, offer_id=left.id, reason=reason)]
        if left is not None and not left.settled:
            return [SettleOrder(**told, offer_id=left.id)]
        return []

    def _finished(self, happened: Recorded, deal: Deal) -> Sequence[Consequence]:
        if deal.executor_id is None or deal.offer_id is None:
            return ()
        told = self.follow(happened, 3)
        return [FinishOrder(**told, offer_id=deal.offer_id, executor_id=deal.executor_id)]

    def _resumed(self, happened: Recorded, deal: Deal) -> Sequence[Consequence]:
        if deal.executor_id is None or deal.offer_id is None:
            return ()
        told = self.follow(happened, 4)
        return [ResumeOrder(**told, offer_id=deal.offer_id, executor_id=deal.executor_id)]

    async def _revised(
        self, happened: Recorded, deal: Deal, pipeline: Pipeline, past: Past
    ) -> Sequence[Consequence]:
        offer = await _offer(deal.id, deal.entry, deal.stage_id, pipeline, past)
        if offer is None:
            return ()
        told = self.follow(happened, 1)
        if offer.standing is Standing.OPEN:
            return [ReviseOffer(**told, offer_id=offer.id)]
        return [] if offer.settled else [SettleOrder(**told, offer_id=offer.id)]

    def _of_offer(self, happened: Recorded, offer: Offer) -> Sequence[Consequence]:
        told = self.follow(happened, 1)
        match happened.event:
            case Offer.Claimed():
                return [SettleOrder(**told, offer_id=offer.id)]
            case Offer.GivenBack() | Offer.Revoked():
                return [ReturnOrder(**told, offer_id=offer.id)]
            case Offer.Expired():
                return [ExpireDeal(**told, offer_id=offer.id)]
            case _:
                return self._later(happened, offer)

    def _later(self, happened: Recorded, offer: Offer) -> Sequence[Consequence]:
        match happened.event:
            case Offer.Published():
                return [*self._steps(happened, offer), *self._expiry(happened, offer)]
            case Offer.Contested(until=until):
                due = self.follow(happened, 1, until)
                return [Timer(until, DecideOffer(**due, offer_id=offer.id))]
            case Offer.Unclaimed():
                return self._expiry(happened, offer)
            case _:
                return []

    def _steps(self, happened: Recorded, offer: Offer) -> list[Consequence]:
        timers: list[Consequence] = []
        for n, step in enumerate(offer.offering.ladder):
            due_at = offer.published_at + timedelta(minutes=step.after)
            told = self.follow(happened, n + 1, due_at)
            timers.append(Timer(due_at, EscalateOffer(**told, offer_id=offer.id, step=n)))
        return timers

    def _expiry(self, happened: Recorded, offer: Offer) -> list[Consequence]:
        if not offer.offering.expires:
            return []
        due_at = offer.published_at + timedelta(minutes=offer.offering.expires)
        told = self.follow(happened, 0, max(due_at, happened.event.timestamp))
        return [Timer(due_at, ExpireOffer(**told, offer_id=offer.id))]


async def _offer(
    deal_id: UUID, entry: int, stage_id: UUID, pipeline: Pipeline, past: Past
) -> Offer | None:
    """What a deal's stay on a stage was offered as; None: deals are not offered there."""
    if stage_id not in pipeline.offered_on:
        return None
    return await past.get(Offer, offer_of(deal_id, entry))
