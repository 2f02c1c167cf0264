# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Claims: who tried to become a ticket's holder, and the orders that make somebody one."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import strawberry

from application.tickets import ClaimTicket, TransferTicket
from interfaces.graphql.bounds import page_size, said, some_uuid, uuid_of
from interfaces.graphql.connections import Connection, Cursors, Slice, Whole
from interfaces.graphql.context import Context, Info
from interfaces.graphql.payloads import (
    CommandInput,
    CommandPayload,
    TicketPayload,
    reached,
    ticket_payload,
)
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.staff import Person, person_of
from projections.claims import ClaimRow
from projections.roster import PersonRow

CURSORS = Cursors[int]("claims", Whole)
CAUSE = 1_000


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
    """Become the one who answers for the ticket, if nobody is yet."""

    ticket_id: strawberry.ID


@strawberry.input
class TransferTicketInput(CommandInput):
    """Hand the ticket to another manager."""

    ticket_id: strawberry.ID
    to_id: strawberry.ID
    cause: str = ""


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
        order = info.context.order(input.command_id)
        command = ClaimTicket(
            **order, ticket_id=uuid_of(input.ticket_id), by=info.context.manager()
        )
        done = await info.context.execute(command)
        return ClaimTicketPayload(
            position=reached(done),
            replayed=done.replayed,
            outcome=ClaimOutcome(str(done.answer["outcome"])),
            number=int(done.answer["number"] or 0),
            holder_id=str(done.answer["holder"]),
        )

    @strawberry.mutation
    async def transfer_ticket(self, info: Info, input: TransferTicketInput) -> TicketPayload:
        """Hand the ticket to another manager."""
        order = info.context.order(input.command_id)
        command = TransferTicket(
            **order,
            ticket_id=uuid_of(input.ticket_id),
            to_id=uuid_of(input.to_id),
            by=info.context.by,
            reason=said(input.cause, "cause", CAUSE),
        )
        return ticket_payload(await info.context.execute(command))
