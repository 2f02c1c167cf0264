# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Claims: who tried to become a ticket's holder, and the order that makes somebody one."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import strawberry

from application.claims import ClaimTicket
from interfaces.graphql.bounds import page_size, some_uuid, uuid_of
from interfaces.graphql.connections import Connection, Cursors, Slice, Whole
from interfaces.graphql.context import Context, Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, number_of, reached
from interfaces.graphql.places import ThreadInput, ticket_named
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.staff import Person, person_of
from projections.claims import ClaimRow
from projections.roster import PersonRow

CURSORS = Cursors[int]("claims", Whole)


@strawberry.enum
class ClaimOutcome(StrEnum):
    """How an attempt to claim a ticket ended."""

    WON = "won"
    LOST = "lost"
    REPEATED = "repeated"


async def _by(info: Info, row: strawberry.Parent[ClaimRow]) -> PersonRow | None:
    return await person_of(info, row.by)


async def _holder(info: Info, row: strawberry.Parent[ClaimRow]) -> PersonRow | None:
    return await person_of(info, row.holder_id)


@strawberry.type
class Claim:
    """One attempt, `seconds` after the ticket was opened; `holder` held the ticket after it."""

    ticket_id: strawberry.ID
    number: int
    by: Person = strawberry.field(resolver=_by, graphql_type=Person)
    outcome: ClaimOutcome
    holder: Person = strawberry.field(resolver=_holder, graphql_type=Person)
    at: datetime
    seconds: float


@strawberry.input
class ClaimTicketInput(CommandInput):
    """Become the one who answers for the ticket of `thread` or `ticketId`, if nobody is yet."""

    ticket_id: strawberry.ID | None = None
    thread: ThreadInput | None = None


async def _winner(info: Info, root: strawberry.Parent["ClaimTicketPayload"]) -> PersonRow | None:
    return await person_of(info, uuid_of(root.holder_id))


@strawberry.type
class ClaimTicketPayload(CommandPayload):
    """How the attempt ended, and who holds the ticket now."""

    outcome: ClaimOutcome
    number: int
    holder: Person = strawberry.field(resolver=_winner, graphql_type=Person)
    holder_id: strawberry.Private[str]


async def claims_of(  # noqa: PLR0913 - each narrows the list
    context: Context,
    first: int,
    after: str | None,
    *,
    ticket_id: UUID | None = None,
    by: UUID | None = None,
    outcome: ClaimOutcome | None = None,
) -> Slice[ClaimRow]:
    """A page of attempts, the newest first."""
    model, key = context.models.claims, CURSORS.decode(after)
    page = await model.page(
        context.workspace_id,
        ticket_id=ticket_id,
        by=by,
        outcome=outcome,
        first=page_size(first),
        after=key,
    )
    return context.slice(model, page, CURSORS)


@strawberry.type
class ClaimQueries:
    """Questions about claims."""

    @strawberry.field(graphql_type=Connection[Claim])
    async def claims(  # noqa: PLR0913 - the arguments of the field
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        ticket_id: strawberry.ID | None = None,
        by_id: strawberry.ID | None = None,
        outcome: ClaimOutcome | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[ClaimRow]:
        """Every attempt to claim a ticket, the newest first."""
        await info.context.wait_for(min_position)
        return await claims_of(
            info.context,
            first,
            after,
            ticket_id=some_uuid(ticket_id),
            by=some_uuid(by_id),
            outcome=outcome,
        )


@strawberry.type
class ClaimMutations:
    """Who answers for a ticket."""

    @strawberry.mutation
    async def claim_ticket(self, info: Info, input: ClaimTicketInput) -> ClaimTicketPayload:
        """Become the one who answers for the ticket; losers are told who won."""
        context = info.context
        command = ClaimTicket(
            **context.order(input.command_id),
            ticket_id=await ticket_named(context, input.ticket_id, input.thread),
            by=context.manager(),
        )
        done = await context.execute(command)
        return ClaimTicketPayload(
            position=reached(done),
            replayed=done.replayed,
            outcome=ClaimOutcome(str(done.answer["outcome"])),
            number=number_of(done),
            holder_id=str(done.answer["holder"]),
        )
