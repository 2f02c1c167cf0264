# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Offers: the stays of deals on search stages, and what became of each."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types.lazy_type import LazyType

from application.offers import ShowOffer
from interfaces.graphql.attempts import OfferClaim, claims_of_offers
from interfaces.graphql.bounds import MAX_PAGE, page_size, some_uuid, uuid_of
from interfaces.graphql.connections import Connection, Cursors, Slice, Whole
from interfaces.graphql.context import Context, Info
from interfaces.graphql.disclosures import Disclosure, disclosures_of
from interfaces.graphql.executors import Executor, executor_of
from interfaces.graphql.ownership import deal_seen, may_see, viewer
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload
from interfaces.graphql.places import PlaceInput
from interfaces.graphql.scalars import BigInt
from projections.attempts import AttemptRow
from projections.deal_rows import DealRow
from projections.disclosures import DisclosureRow
from projections.executor_rows import ExecutorRow
from projections.offer_rows import OfferRow
from projections.projection import Page

CURSORS = Cursors[int]("offers", Whole)
DEAL: LazyType[Any, Any] = LazyType("Deal", "interfaces.graphql.deals")


@strawberry.enum
class OfferStanding(StrEnum):
    """Where an offer stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    GIVEN_BACK = "given_back"
    REVOKED = "revoked"


async def _deal(info: Info, row: strawberry.Parent[OfferRow]) -> DealRow | None:
    return await deal_seen(info.context, row.deal_id)


async def _executor(info: Info, row: strawberry.Parent[OfferRow]) -> ExecutorRow | None:
    return await executor_of(info, row.executor_id)


async def _claims(
    info: Info, row: strawberry.Parent[OfferRow], first: int = 50, after: str | None = None
) -> Slice[AttemptRow]:
    return await claims_of_offers(info.context, first, after, offer_id=row.offer_id)


async def _disclosures(
    info: Info, row: strawberry.Parent[OfferRow], first: int = 50, after: str | None = None
) -> Slice[DisclosureRow]:
    return await disclosures_of(info.context, first, after, offer_id=row.offer_id)


@strawberry.type
class Offer:
    """The `entry`-th stay of a deal on a stage, offered to executors by `card`.

    `executor` has or had the order; as long as it is not `settled` the deal does not know, and
    `problem` tells what it lacks. In a fair window it is decided at `decidesAt`. `attempts` presses
    were made, `losers` of them came too late.
    """

    offer_id: strawberry.ID = strawberry.field(name="id")
    number: int
    deal: Any = strawberry.field(resolver=_deal, graphql_type=DEAL | None)
    entry: int
    standing: OfferStanding
    card: str
    skill: str
    published_at: datetime
    claimed_at: datetime | None
    ended_at: datetime | None
    executor: Executor | None = strawberry.field(resolver=_executor, graphql_type=Executor | None)
    settled: bool
    problem: str
    decides_at: datetime | None
    attempts: int
    losers: int
    claims: Connection[OfferClaim] = strawberry.field(
        resolver=_claims,
        graphql_type=Connection[OfferClaim],
        description="Every attempt to claim it, the newest first.",
    )
    disclosures: Connection[Disclosure] = strawberry.field(
        resolver=_disclosures,
        graphql_type=Connection[Disclosure],
        description="Who asked whom to call, the newest first.",
    )


@strawberry.input
class ShowOfferInput(CommandInput):
    """The card of the offer stands there."""

    offer_id: strawberry.ID
    place: PlaceInput


async def offer_seen(context: Context, offer_id: UUID) -> OfferRow | None:
    """The offer, if there is one of a deal that the caller may see."""
    row = await context.loaders.offers.load(offer_id)
    return row if row is not None and await deal_seen(context, row.deal_id) else None


async def offers_of(  # noqa: PLR0913 - each narrows the list
    context: Context,
    first: int,
    after: str | None,
    *,
    standing: OfferStanding | None = None,
    deal_id: UUID | None = None,
    executor_id: UUID | None = None,
) -> Slice[OfferRow]:
    """A page of offers of deals that the caller may see, the newest first."""
    model, key, rows = context.models.offers, CURSORS.decode(after), list[OfferRow]()
    more, wanted = True, page_size(first)
    while more and len(rows) < wanted:
        page = await model.page(
            context.workspace_id,
            standing=standing,
            deal_id=deal_id,
            executor_id=executor_id,
            first=wanted if viewer(context) is None else MAX_PAGE,
            after=key,
        )
        rows += await _visible(context, page.rows)
        more, key = page.more, page.rows[-1].cursor if page.rows else None
    whole = Page(rows[:wanted], more or len(rows) > wanted)
    return context.slice(model, whole, CURSORS)


async def _visible(context: Context, rows: list[OfferRow]) -> list[OfferRow]:
    if viewer(context) is None:
        return rows
    deals = await context.loaders.deals.load_many([row.deal_id for row in rows])
    seen = {deal.deal_id for deal in deals if deal is not None and may_see(context, deal)}
    return [row for row in rows if row.deal_id in seen]


@strawberry.type
class OfferQueries:
    """Questions about offers."""

    @strawberry.field(graphql_type=Connection[Offer])
    async def offers(  # noqa: PLR0913 - the arguments of the field
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        standing: OfferStanding | None = None,
        deal_id: strawberry.ID | None = None,
        executor_id: strawberry.ID | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[OfferRow]:
        """Offers of deals that the caller may see, the newest first."""
        await info.context.wait_for(min_position)
        return await offers_of(
            info.context,
            first,
            after,
            standing=standing,
            deal_id=some_uuid(deal_id),
            executor_id=some_uuid(executor_id),
        )

    @strawberry.field(graphql_type=Offer | None)
    async def offer(
        self, info: Info, id: strawberry.ID, min_position: BigInt | None = None
    ) -> OfferRow | None:
        """One offer of a deal that the caller may see."""
        await info.context.wait_for(min_position)
        return await offer_seen(info.context, uuid_of(id))


@strawberry.type
class OfferMutations:
    """What becomes of offers in Telegram."""

    @strawberry.mutation
    async def show_offer(self, info: Info, input: ShowOfferInput) -> CommandPayload:
        """Know where a card of the offer stands."""
        context, place = info.context, input.place
        command = ShowOffer(
            **context.order(input.command_id),
            offer_id=uuid_of(input.offer_id),
            bot_id=context.bot_id,
            chat_id=place.chat_id,
            message_id=place.message_id,
        )
        return payload(await context.execute(command))
