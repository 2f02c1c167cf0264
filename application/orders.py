"""Orders: who gets an offer, and who is rid of one."""

from dataclasses import dataclass, field
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Draft
from application.executors import Account, greeted
from application.offers import OfferCommand, limit_of, revoke
from application.ownership import must_own
from domain.contests import Contender, Outcome, Reason
from domain.deals import Deal
from domain.executors import Executor
from domain.offers import Offer, OfferIsNotClaimed, OrderIsNotYours


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
