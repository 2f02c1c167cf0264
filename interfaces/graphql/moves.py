"""Moves: which stage a deal stands on, and whose it is."""

import strawberry

from application.deals import MoveDeal
from application.ownership import AssignDeal
from interfaces.graphql.bounds import line, some_uuid, uuid_of
from interfaces.graphql.context import Info
from interfaces.graphql.deal_changes import DealPayload, deal_payload
from interfaces.graphql.fields import FieldInput, values_of
from interfaces.graphql.payloads import CommandInput
from interfaces.graphql.refusals import BadRequest

REASON = 60


@strawberry.input
class MoveDealInput(CommandInput):
    """Let a deal stand on a stage, and know these fields with that, if it still is on `fromId`.

    On a lost stage `reason` is one of the pipeline's, if there are any.
    """

    deal_id: strawberry.ID
    stage_id: strawberry.ID
    from_id: strawberry.ID | None = None
    fields: list[FieldInput] = strawberry.field(default_factory=list[FieldInput])
    reason: str = ""


@strawberry.input
class AssignDealInput(CommandInput):
    """Give a deal to a person, who has a slot for it, or to a certain slot."""

    deal_id: strawberry.ID
    person_id: strawberry.ID | None = None
    slot_id: strawberry.ID | None = None


@strawberry.type
class MoveMutations:
    """Where a deal stands and whose it is."""

    @strawberry.mutation
    async def move_deal(self, info: Info, input: MoveDealInput) -> DealPayload:
        """Let a deal stand on a stage; refused with the names of all fields that it lacks."""
        context = info.context
        command = MoveDeal(
            **context.order(input.command_id),
            deal_id=uuid_of(input.deal_id),
            by=context.by,
            stage_id=uuid_of(input.stage_id),
            from_id=some_uuid(input.from_id),
            fields=values_of(input.fields),
            reason=line(input.reason, "reason", REASON).strip(),
        )
        return deal_payload(await context.execute(command))

    @strawberry.mutation
    async def assign_deal(self, info: Info, input: AssignDealInput) -> DealPayload:
        """Give a deal to somebody."""
        context = info.context
        if (input.person_id is None) == (input.slot_id is None):
            raise BadRequest("A deal is given to a person or to a slot.")
        command = AssignDeal(
            **context.order(input.command_id),
            deal_id=uuid_of(input.deal_id),
            by=context.by,
            person_id=some_uuid(input.person_id),
            slot_id=some_uuid(input.slot_id),
        )
        return deal_payload(await context.execute(command))
