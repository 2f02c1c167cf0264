# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Attempts: who tried to get which order, and the order that makes one executor have it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types.lazy_type import LazyType

from application.orders import ClaimOffer
from interfaces.graphql.accounts import account_of
from interfaces.graphql.bounds import page_size, some_uuid, uuid_of
from interfaces.graphql.clients import ProfileInput
from interfaces.graphql.connections import Connection, Cursors, Slice, Whole
from interfaces.graphql.context import Context, Info
from interfaces.graphql.executors import Executor, executor_of
from interfaces.graphql.ownership import deal_seen
from interfaces.graphql.payloads import CommandInput, CommandPayload, number_of, reached
from interfaces.graphql.scalars import BigInt
from projections.attempts import AttemptRow
from projections.executor_rows import ExecutorRow
from projections.offer_rows import OfferRow
from projections.projection import Page

CURSORS = Cursors[int]("offerClaims", Whole)
OFFER: LazyType[Any, Any] = LazyType("Offer", "interfaces.graphql.offers")


@strawberry.enum
class OfferClaimOutcome(StrEnum):
    """How an attempt to claim an offer ended; WAITING until a fair window is over."""

    WON = "won"
    LOST = "lost"
    REPEATED = "repeated"
    WAITING = "waiting"
    REFUSED = "refused"


@strawberry.enum
class OfferReason(StrEnum):
    """Why somebody did not get an order, or not a phone."""

    TAKEN = "taken"
    WAITED_LESS = "waited_less"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    GIVEN_BACK = "given_back"
    NOT_MEMBER = "not_member"
    BARRED = "barred"
    NOT_ALLOWED = "not_allowed"
    LACKS_SKILL = "lacks_skill"
    TOO_MANY = "too_many"
    COOLING_DOWN = "cooling_down"
    TOO_MANY_PHONES = "too_many_phones"
    NO_PHONE = "no_phone"


async def _offer(info: Info, row: strawberry.Parent[AttemptRow]) -> OfferRow | None:
    return await info.context.loaders.offers.load(row.offer_id)


async def _by(info: Info, row: strawberry.Parent[AttemptRow]) -> ExecutorRow | None:
    return await executor_of(info, row.by)


async def _winner(info: Info, row: strawberry.Parent[AttemptRow]) -> ExecutorRow | None:
    return await executor_of(info, row.winner_id)


async def _reason(row: strawberry.Parent[AttemptRow]) -> OfferReason | None:
    return reason_of(row.reason)


@strawberry.type
class OfferClaim:
    """One attempt, `seconds` after the publication, decided at `decidedAt`.

    It came `behind` seconds after the press that won: null while nobody had won, negative for a
    loser of a fair window who pressed before the winner.
    """

    position: BigInt
    offer: Any = strawberry.field(resolver=_offer, graphql_type=OFFER | None)
    number: int
    by: Executor = strawberry.field(resolver=_by, graphql_type=Executor)
    outcome: OfferClaimOutcome
    reason: OfferReason | None = strawberry.field(resolver=_reason)
    winner: Executor | None = strawberry.field(resolver=_winner, graphql_type=Executor | None)
    at: datetime
    decided_at: datetime
    seconds: float
    behind: float | None


@strawberry.input
class ClaimOfferInput(CommandInput):
    """Take an order, if nobody has it; `member`: whether the executor is in the chat."""

    offer_id: strawberry.ID
    profile: ProfileInput
    member: bool = True


@strawberry.type
class ClaimOfferPayload(CommandPayload):
    """How the attempt ended, with the reason and the `limit` behind it.

    `winnerName` has the order, if that may be told; a fair window is decided at `decidesAt`.
    `start`: the executor has never started the bot, which speaks `language` to them.
    """

    number: int
    outcome: OfferClaimOutcome
    reason: OfferReason | None
    limit: int | None
    winner_name: str | None
    decides_at: datetime | None
    start: bool
    language: str


async def claims_of_offers(  # noqa: PLR0913 - each narrows the list
    context: Context,
    first: int,
    after: str | None,
    *,
    offer_id: UUID | None = None,
    by: UUID | None = None,
    outcome: OfferClaimOutcome | None = None,
) -> Slice[AttemptRow]:
    """A page of attempts, the newest first."""
    model, key = context.models.contests, CURSORS.decode(after)
    page = await model.attempts(
        context.workspace_id,
        offer_id=offer_id,
        by=by,
        outcome=outcome,
        first=page_size(first),
        after=key,
    )
    return context.slice(model, page, CURSORS)


async def may_look_into(context: Context, offer_id: UUID | None) -> bool:
    """Whether the caller may see what was done about an offer; all offers (None): who leads.

    Raises NotAllowed.
    """
    if offer_id is None:
        context.require_leader()
        return True
    row = await context.loaders.offers.load(offer_id)
    return row is not None and await deal_seen(context, row.deal_id) is not None


@strawberry.type
class AttemptQueries:
    """Questions about attempts to claim offers."""

    @strawberry.field(graphql_type=Connection[OfferClaim])
    async def offer_claims(  # noqa: PLR0913 - the arguments of the field
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        offer_id: strawberry.ID | None = None,
        by_id: strawberry.ID | None = None,
        outcome: OfferClaimOutcome | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[AttemptRow]:
        """Every attempt to claim an offer, the newest first; of all offers for who leads."""
        context, wanted, by = info.context, some_uuid(offer_id), some_uuid(by_id)
        await context.wait_for(min_position)
        if not await may_look_into(context, wanted):
            return context.slice(context.models.contests, Page([], more=False), CURSORS)
        return await claims_of_offers(
            context, first, after, offer_id=wanted, by=by, outcome=outcome
        )


@strawberry.type
class AttemptMutations:
    """Who gets an order."""

    @strawberry.mutation
    async def claim_offer(self, info: Info, input: ClaimOfferInput) -> ClaimOfferPayload:
        """Take an order; losers are told who has it, if the company lets that be told."""
        context = info.context
        command = ClaimOffer(
            **context.order(input.command_id),
            offer_id=uuid_of(input.offer_id),
            account=account_of(context, input.profile),
            member=input.member,
        )
        done = await context.execute(command)
        told, winner, until = done.answer, done.answer.get("winner_name"), done.answer["decides_at"]
        return ClaimOfferPayload(
            position=reached(done),
            replayed=done.replayed,
            number=number_of(done),
            outcome=OfferClaimOutcome(str(told["outcome"])),
            reason=reason_of(told["reason"]),
            limit=limit_of(told["limit"]),
            winner_name=None if winner is None else str(winner),
            decides_at=None if until is None else datetime.fromisoformat(str(until)),
            start=bool(told["start"]),
            language=str(told["language"]),
        )


def reason_of(told: object) -> OfferReason | None:
    """A reason as it is recorded; none for an empty one."""
    return OfferReason(str(told)) if told else None


def limit_of(told: object) -> int | None:
    """The number behind a reason, if there is one."""
    return told if isinstance(told, int) else None
