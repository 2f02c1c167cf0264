"""Disclosures: who is told whom to call about an offer; there is a record of each."""

from dataclasses import dataclass, field
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Command, Draft
from application.executors import Account, greeted
from application.offers import OfferCommand, limit_of, present
from domain.contacts import Contact
from domain.contests import Reason
from domain.deals import Deal
from domain.executors import Executor, executor_of
from domain.offers import Offer
from domain.workspaces import Workspace


async def _is_known(draft: Draft, offer: Offer) -> bool:
    """Whether there is anything to be told: a number of a contact, or a field for executors."""
    deal = await draft.look(Deal, offer.deal_id)
    if any(deal.fields.get(key) for key in offer.offering.disclosed):
        return True
    return any([(await draft.look(Contact, id)).phones for id in deal.contacts])


async def _hindrance(draft: Draft, offer: Offer, executor: Executor, *, member: bool) -> Reason:
    reason = executor.may_not_see(offer.offering, offer.id, member=member)
    if reason is Reason.NONE and not await _is_known(draft, offer):
        return Reason.NO_PHONE
    return reason


@dataclass(frozen=True, kw_only=True)
class RequestContact(OfferCommand):
    """Be told in private whom to call about an offer, and leave a record of it.

    Answered with a `reason` not to and the `limit` behind it, or none. Who has never started the
    bot cannot be written to: `start` says so, and they are told when they start it.
    """

    account: Account = field(metadata={"incidental": True})
    member: bool = field(default=True, metadata={"incidental": True})

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        offer = await self.offer(draft)
        executor = await greeted(draft, self.workspace_id, self.account)
        reason = await _hindrance(draft, offer, executor, member=self.member)
        if not executor.reachable and offer.silence(executor.id, reason) is Reason.NONE:
            executor.want_contact(offer.id)
            return self._told(offer, executor, Reason.NONE, start=True)
        why = offer.disclose(executor.id, reason)
        if why is Reason.NONE:
            executor.see_contact(offer.id)
        return self._told(offer, executor, why, start=False)

    def _told(self, offer: Offer, executor: Executor, reason: Reason, *, start: bool) -> Answer:
        return {
            "reason": reason,
            "limit": limit_of(reason, offer.offering),
            "start": start,
            "number": offer.number,
            "language": executor.language,
        }


@dataclass(frozen=True, kw_only=True)
class StartExecutor(Command):
    """Know that somebody has started the executors' bot, and can be written to.

    They are told now what they had asked for before, or why not.
    """

    account: Account = field(metadata={"incidental": True})
    telegram_id: int

    @property
    @override
    def subject(self) -> UUID:
        return executor_of(self.workspace_id, self.telegram_id)

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        await draft.look(Workspace, self.workspace_id)
        executor = await greeted(draft, self.workspace_id, self.account)
        executor.start()
        wanted = list(executor.wanted)
        for offer_id in wanted:
            offer = await present(draft, offer_id)
            reason = await _hindrance(draft, offer, executor, member=True)
            why = offer.disclose(executor.id, reason)
            if why is Reason.NONE:
                executor.see_contact(offer_id)
            else:
                executor.forgo_contact(offer_id, why)
        return {"executor": str(executor.id), "wanted": len(wanted)}
