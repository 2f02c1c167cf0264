# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Disclosures: who asked whom to call about which offer, and the order that tells them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types.lazy_type import LazyType

from application.disclosures import RequestContact
from interfaces.graphql.accounts import account_of
from interfaces.graphql.attempts import OfferReason, limit_of, may_look_into, reason_of
from interfaces.graphql.bounds import page_size, some_uuid, uuid_of
from interfaces.graphql.clients import ProfileInput
from interfaces.graphql.connections import Connection, Cursors, Slice, Whole
from interfaces.graphql.context import Context, Info
from interfaces.graphql.executors import Executor, executor_of
from interfaces.graphql.payloads import CommandInput, CommandPayload, number_of, reached
from interfaces.graphql.scalars import BigInt
from projections.disclosures import DisclosureRow
from projections.executor_rows import ExecutorRow
from projections.offer_rows import OfferRow
from projections.projection import Page

CURSORS = Cursors[int]("disclosures", Whole)
OFFER: LazyType[Any, Any] = LazyType("Offer", "interfaces.graphql.offers")


async def _offer(info: Info, row: strawberry.Parent[DisclosureRow]) -> OfferRow | None:
    return await info.context.loaders.offers.load(row.offer_id)


async def _to(info: Info, row: strawberry.Parent[DisclosureRow]) -> ExecutorRow | None:
    return await executor_of(info, row.to_id)


async def _reason(row: strawberry.Parent[DisclosureRow]) -> OfferReason | None:
    return reason_of(row.reason)


@strawberry.type
class Disclosure:
    """One question whom to call, `seconds` after the publication: `told`, or not for a `reason`.

    `again`: they had been told before. `claimed`: they have or had the order.
    """

    position: BigInt
    offer: Any = strawberry.field(resolver=_offer, graphql_type=OFFER | None)
    number: int
    to: Executor = strawberry.field(resolver=_to, graphql_type=Executor)
    told: bool
    reason: OfferReason | None = strawberry.field(resolver=_reason)
    again: bool
    claimed: bool
    at: datetime
    seconds: float


@strawberry.input
class RequestContactInput(CommandInput):
    """Be told whom to call about an offer; `member`: whether the executor is in the chat."""

    offer_id: strawberry.ID
    profile: ProfileInput
    member: bool = True


@strawberry.type
class RequestContactPayload(CommandPayload):
    """Without a reason not to, it is told in private; with `start` as soon as the bot is started.

    `limit` is the number behind the reason; the bot speaks `language` to the executor.
    """

    number: int
    reason: OfferReason | None
    limit: int | None
    start: bool
    language: str


async def disclosures_of(  # noqa: PLR0913 - each narrows the list
    context: Context,
    first: int,
    after: str | None,
    *,
    offer_id: UUID | None = None,
    to_id: UUID | None = None,
    told: bool | None = None,
    claimed: bool | None = None,
) -> Slice[DisclosureRow]:
    """A page of questions whom to call, the newest first."""
    model, key = context.models.contests, CURSORS.decode(after)
    page = await model.disclosures(
        context.workspace_id,
        offer_id=offer_id,
        to_id=to_id,
        told=told,
        claimed=claimed,
        first=page_size(first),
        after=key,
    )
    return context.slice(model, page, CURSORS)


@strawberry.type
class DisclosureQueries:
    """Questions about who was told whom to call."""

    @strawberry.field(graphql_type=Connection[Disclosure])
    async def disclosures(  # noqa: PLR0913 - the arguments of the field
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        offer_id: strawberry.ID | None = None,
        executor_id: strawberry.ID | None = None,
        looked_only: bool = False,  # noqa: FBT001, FBT002 - the arguments of the field
        min_position: BigInt | None = None,
    ) -> Slice[DisclosureRow]:
        """Who asked whom to call, the newest first; of all offers for who leads.

        `lookedOnly`: who was told and never had the order.
        """
        context, wanted, to_id = info.context, some_uuid(offer_id), some_uuid(executor_id)
        await context.wait_for(min_position)
        if not await may_look_into(context, wanted):
            return context.slice(context.models.contests, Page([], more=False), CURSORS)
        only = {"told": True, "claimed": False} if looked_only else {}
        return await disclosures_of(context, first, after, offer_id=wanted, to_id=to_id, **only)


@strawberry.type
class DisclosureMutations:
    """Who is told whom to call."""

    @strawberry.mutation
    async def request_contact(
        self, info: Info, input: RequestContactInput
    ) -> RequestContactPayload:
        """Be told in private whom to call about an offer, and leave a record of it."""
        context = info.context
        command = RequestContact(
            **context.order(input.command_id),
            offer_id=uuid_of(input.offer_id),
            account=account_of(context, input.profile),
            member=input.member,
        )
        done = await context.execute(command)
        return RequestContactPayload(
            position=reached(done),
            replayed=done.replayed,
            number=number_of(done),
            reason=reason_of(done.answer["reason"]),
            limit=limit_of(done.answer["limit"]),
            start=bool(done.answer["start"]),
            language=str(done.answer["language"]),
        )
