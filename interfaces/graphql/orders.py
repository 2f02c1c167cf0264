"""Orders: what an executor has to do, how they begin and end it, and how a company takes it away."""  # noqa: E501 - one sentence

import asyncio
from typing import Final, NamedTuple
from uuid import UUID

import strawberry

from application.disclosures import StartExecutor
from application.executors import SharePhone
from application.orders import GiveBackOrder, RevokeOrder
from interfaces.graphql.accounts import account_of
from interfaces.graphql.bounds import line, said, uuid_of
from interfaces.graphql.clients import ProfileInput
from interfaces.graphql.context import Context, Info
from interfaces.graphql.fields import FieldValue, ValueRow, known_of
from interfaces.graphql.payloads import (
    CommandInput,
    CommandPayload,
    number_of,
    payload,
    reached,
)
from interfaces.graphql.refusals import NotAllowed
from interfaces.graphql.scalars import BigInt
from projections.contact_rows import ContactRow
from projections.offer_rows import OfferRow

REASON, PHONE = 1_000, 40
OWN: Final = 20  # orders that are shown


class OrderRow(NamedTuple):
    """An order with whom to call about it."""

    offer_id: UUID
    number: int
    card: str
    parties: list[ContactRow]
    details: list[ValueRow]


@strawberry.type
class OrderParty:
    """Somebody to be called; `phones` are international numbers, the main one first."""

    name: str
    phones: list[str]


@strawberry.type
class Order:
    """What an executor has to do, with what only they may read."""

    offer_id: strawberry.ID
    number: int
    card: str
    parties: list[OrderParty]
    details: list[FieldValue]


@strawberry.input
class StartExecutorInput(CommandInput):
    """Know that somebody has started the executors' bot, and can be written to."""

    profile: ProfileInput


@strawberry.input
class SharePhoneInput(CommandInput):
    """Know the caller's own phone, however it is written."""

    phone: str


@strawberry.input
class GiveBackOrderInput(CommandInput):
    """Be rid of an order that one has."""

    offer_id: strawberry.ID
    reason: str = ""


@strawberry.input
class RevokeOrderInput(CommandInput):
    """Take an order away from its executor."""

    offer_id: strawberry.ID
    reason: str = ""


@strawberry.type
class StartExecutorPayload(CommandPayload):
    """`wanted`: how many phones they had asked for and are told, or not told, now."""

    wanted: int


@strawberry.type
class OrderPayload(CommandPayload):
    """Which order it was."""

    number: int


async def _own(context: Context) -> list[OrderRow]:
    """The orders that the caller has, the oldest first."""
    executor = await context.loaders.executors.load(_caller(context))
    ids = executor.orders[:OWN] if executor else []
    offers = await context.loaders.offers.load_many(ids)
    return await asyncio.gather(*(_order(context, one) for one in offers if one is not None))


async def _order(context: Context, offer: OfferRow) -> OrderRow:
    loaders = context.loaders
    deal = await loaders.deals.load(offer.deal_id)
    contacts = await loaders.contacts.load_many(deal.contacts if deal else [])
    pipeline = await loaders.pipelines.load(deal.pipeline_id) if deal else None
    told = (
        {key: deal.fields[key] for key in offer.disclosed if deal.fields.get(key)} if deal else {}
    )
    return OrderRow(
        offer.offer_id,
        offer.number,
        offer.card,
        [one for one in contacts if one is not None],
        known_of(pipeline, told) if pipeline else [],
    )


@strawberry.type
class OrderQueries:
    """Questions of executors."""

    @strawberry.field(graphql_type=list[Order])
    async def my_orders(self, info: Info, min_position: BigInt | None = None) -> list[OrderRow]:
        """What the caller has to do, the first 20, the oldest first."""
        await info.context.wait_for(min_position)
        return await _own(info.context)


@strawberry.type
class OrderMutations:
    """What executors do about their orders, and companies about those of executors."""

    @strawberry.mutation
    async def start_executor(self, info: Info, input: StartExecutorInput) -> StartExecutorPayload:
        """Know that somebody can be written to; what they had asked for is told now."""
        context = info.context
        account = account_of(context, input.profile)
        command = StartExecutor(
            **context.order(input.command_id), account=account, telegram_id=account.telegram_id
        )
        done = await context.execute(command)
        return StartExecutorPayload(
            position=reached(done),
            replayed=done.replayed,
            wanted=int(done.answer["wanted"] or 0),
        )

    @strawberry.mutation
    async def share_phone(self, info: Info, input: SharePhoneInput) -> CommandPayload:
        """Know the caller's own phone."""
        context = info.context
        command = SharePhone(
            **context.order(input.command_id),
            executor_id=_caller(context),
            phone=line(input.phone, "phone", PHONE, least=1),
        )
        return payload(await context.execute(command))

    @strawberry.mutation
    async def give_back_order(self, info: Info, input: GiveBackOrderInput) -> OrderPayload:
        """Be rid of an order; it goes back to the chat."""
        context = info.context
        command = GiveBackOrder(
            **context.order(input.command_id),
            offer_id=uuid_of(input.offer_id),
            executor_id=_caller(context),
            reason=said(input.reason, "reason", REASON),
        )
        done = await context.execute(command)
        return OrderPayload(position=reached(done), replayed=done.replayed, number=number_of(done))

    @strawberry.mutation
    async def revoke_order(self, info: Info, input: RevokeOrderInput) -> OrderPayload:
        """Take an order away from its executor; it goes back to the chat."""
        context = info.context
        command = RevokeOrder(
            **context.order(input.command_id),
            offer_id=uuid_of(input.offer_id),
            by=context.by,
            reason=said(input.reason, "reason", REASON),
        )
        done = await context.execute(command)
        return OrderPayload(position=reached(done), replayed=done.replayed, number=number_of(done))


def _caller(context: Context) -> UUID:
    """The executor who acts; raises NotAllowed if nobody does."""
    if context.executor_id is None:
        raise NotAllowed
    return context.executor_id
