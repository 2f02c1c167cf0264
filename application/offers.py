"""What happens to an offer but its claim: published, revised, withdrawn, escalated, expired."""

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Command, Draft
from application.executors import known
from domain import cards
from domain.contests import Reason
from domain.deals import Deal
from domain.executors import Executor
from domain.offering import Offering
from domain.offers import Offer, Standing, offer_of
from domain.pipelines import Pipeline


def card_of(deal: Deal, pipeline: Pipeline, offering: Offering) -> str:
    """What everybody in the chat may read of a deal."""
    told = {"title": deal.title, "number": str(deal.number)}
    fields = {**pipeline.retired_fields, **pipeline.fields}
    return cards.card(offering.template, told, fields, deal.fields, offering.disclosed)


def limit_of(reason: Reason, offering: Offering) -> int | None:
    """The number behind a reason: orders at once, minutes of a cool-down, phones an hour."""
    limits = {
        Reason.TOO_MANY: offering.at_once,
        Reason.COOLING_DOWN: offering.cool_down,
        Reason.TOO_MANY_PHONES: offering.reveals,
    }
    return limits.get(reason)


async def present(draft: Draft, offer_id: UUID) -> Offer:
    """An offer; one whose deal has gone on ends with that, before any policy comes to it."""
    offer = await draft.get(Offer, offer_id)
    deal = await draft.look(Deal, offer.deal_id)
    if not deal.is_open or deal.entry != offer.entry:
        offer.withdraw("deleted" if deal.deleted else "moved")
    return offer


def skill_of(deal: Deal, offering: Offering) -> str:
    """What an executor must know; empty: nothing in particular."""
    return known(deal.fields.get(offering.skill_field, ""))


async def revoke(draft: Draft, offer: Offer, by: UUID | None, reason: str) -> None:
    """Take an order away from its executor."""
    offer.revoke(by, reason)
    if offer.executor_id is not None:
        (await draft.get(Executor, offer.executor_id)).leave(offer.id, "revoked")


@dataclass(frozen=True, kw_only=True)
class PublishOffer(Command):
    """Offer a deal that has come to a search stage, if it is still there: once for each entry.

    Whoever had it until now has it no longer.
    """

    deal_id: UUID
    entry: int

    @property
    @override
    def subject(self) -> UUID:
        return offer_of(self.deal_id, self.entry)

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        deal = await draft.look(Deal, self.deal_id)
        pipeline = await draft.look(Pipeline, deal.pipeline_id)
        offering = pipeline.offerings.get(deal.stage_id)
        if offering is None or deal.entry != self.entry or not deal.is_open:
            return {}
        if deal.offer_id is not None and deal.offer_id != self.subject:
            had = await draft.get(Offer, deal.offer_id)
            if had.standing is Standing.CLAIMED:
                await revoke(draft, had, None, "")
        if await draft.find(Offer, self.subject) is None:
            draft.add(
                Offer(
                    id=self.subject,
                    workspace_id=self.workspace_id,
                    timestamp=draft.at,
                    deal_id=deal.id,
                    number=deal.number,
                    entry=deal.entry,
                    stage_id=deal.stage_id,
                    card=card_of(deal, pipeline, offering),
                    skill=skill_of(deal, offering),
                    offering=offering,
                )
            )
        return {"offer": str(self.subject)}


@dataclass(frozen=True, kw_only=True)
class OfferCommand(Command):
    """An order about one offer."""

    offer_id: UUID

    @property
    @override
    def subject(self) -> UUID:
        return self.offer_id

    async def offer(self, draft: Draft) -> Offer:
        """The offer that the order is about, as its deal lets it be."""
        return await present(draft, self.offer_id)


@dataclass(frozen=True, kw_only=True)
class ReviseOffer(OfferCommand):
    """Let the card say what is known of the deal now."""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        offer = await self.offer(draft)
        deal = await draft.look(Deal, offer.deal_id)
        pipeline = await draft.look(Pipeline, deal.pipeline_id)
        rules = offer.offering
        offer.revise(card_of(deal, pipeline, rules), skill_of(deal, rules))
        return {}


@dataclass(frozen=True, kw_only=True)
class ShowOffer(OfferCommand):
    """Know where a card of the offer stands."""

    bot_id: int
    chat_id: int
    message_id: int

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.offer(draft)).show(self.bot_id, self.chat_id, self.message_id)
        return {}


@dataclass(frozen=True, kw_only=True)
class WithdrawOffer(OfferCommand):
    """Offer this no longer, if nobody has it."""

    reason: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.offer(draft)).withdraw(self.reason)
        return {}


@dataclass(frozen=True, kw_only=True)
class EscalateOffer(OfferCommand):
    """Do what is planned for the time when nobody has claimed."""

    step: int

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.offer(draft)).escalate(self.step)
        return {}


@dataclass(frozen=True, kw_only=True)
class ExpireOffer(OfferCommand):
    """End the offer, if nobody has it."""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.offer(draft)).expire()
        return {}
