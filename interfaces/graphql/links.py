# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Links: rules by which a deal begins another one in another pipeline, and hears of its outcome."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import strawberry

from application.pipelines import LinkRule as DealLinkRule
from application.pipelines import RemoveLinkRule, SetLinkRule
from interfaces.graphql.bounds import chosen_id, some_uuid, uuid_of
from interfaces.graphql.context import Info
from interfaces.graphql.fields import KEY, few
from interfaces.graphql.ownership import leading
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload, reached
from interfaces.graphql.refusals import BadText

OUTCOMES = 100


class OutcomeRow(NamedTuple):
    """Where the first deal goes when the linked one comes to a stage."""

    stage_id: UUID
    moves_to_id: UUID


@strawberry.type
class LinkOutcome:
    """When the linked deal comes to `stageId`, the first one goes to `movesToId`."""

    stage_id: strawberry.ID
    moves_to_id: strawberry.ID


async def _outcomes(rule: strawberry.Parent[DealLinkRule]) -> list[OutcomeRow]:
    return [OutcomeRow(UUID(stage_id), to_id) for stage_id, to_id in rule.outcomes.items()]


@strawberry.type
class LinkRule:
    """On `stageId` a deal begins another one, with the fields of the keys `copied`.

    `slotId`: whose the linked deals are; null: nobody's yet.
    """

    id: strawberry.ID
    stage_id: strawberry.ID
    to_pipeline_id: strawberry.ID
    to_stage_id: strawberry.ID
    outcomes: list[LinkOutcome] = strawberry.field(
        resolver=_outcomes, graphql_type=list[LinkOutcome]
    )
    copied: list[str]
    slot_id: strawberry.ID | None


@strawberry.input
class LinkOutcomeInput:
    """When the linked deal comes to `stageId`, the first one goes to `movesToId`."""

    stage_id: strawberry.ID
    moves_to_id: strawberry.ID


@strawberry.input
class SetLinkRuleInput(CommandInput):
    """Let deals on a stage begin deals in another pipeline; a known rule reads so from now on."""

    pipeline_id: strawberry.ID
    rule_id: strawberry.ID | None = None
    stage_id: strawberry.ID
    to_pipeline_id: strawberry.ID
    to_stage_id: strawberry.ID
    outcomes: list[LinkOutcomeInput] = strawberry.field(default_factory=list[LinkOutcomeInput])
    copied: list[str] = strawberry.field(default_factory=list[str])
    slot_id: strawberry.ID | None = None


@strawberry.input
class RemoveLinkRuleInput(CommandInput):
    """Make no more deals by a rule; outcomes of those that it has made still come back."""

    pipeline_id: strawberry.ID
    rule_id: strawberry.ID


@strawberry.type
class SetLinkRulePayload(CommandPayload):
    """Which rule was set."""

    rule_id: strawberry.ID


@strawberry.type
class LinkMutations:
    """Which pipelines follow from each other."""

    @strawberry.mutation
    async def set_link_rule(self, info: Info, input: SetLinkRuleInput) -> SetLinkRulePayload:
        """Let deals on a stage begin deals in another pipeline."""
        context = info.context
        order = leading(context, input.command_id)
        rule = DealLinkRule(
            id=chosen_id(input.rule_id, context.workspace_id, f"link rule:{input.command_id}"),
            stage_id=uuid_of(input.stage_id),
            to_pipeline_id=uuid_of(input.to_pipeline_id),
            to_stage_id=uuid_of(input.to_stage_id),
            outcomes=_outcomes_of(input.outcomes),
            copied=list(few(input.copied, "a key", KEY)),
            slot_id=some_uuid(input.slot_id),
        )
        command = SetLinkRule(**order, pipeline_id=uuid_of(input.pipeline_id), rule=rule)
        done = await context.execute(command)
        return SetLinkRulePayload(
            position=reached(done), replayed=done.replayed, rule_id=strawberry.ID(str(rule.id))
        )

    @strawberry.mutation
    async def remove_link_rule(self, info: Info, input: RemoveLinkRuleInput) -> CommandPayload:
        """Make no more deals by a rule."""
        context = info.context
        command = RemoveLinkRule(
            **leading(context, input.command_id),
            pipeline_id=uuid_of(input.pipeline_id),
            rule_id=uuid_of(input.rule_id),
        )
        return payload(await context.execute(command))


def _outcomes_of(told: Sequence[LinkOutcomeInput]) -> dict[str, UUID]:
    outcomes = {str(uuid_of(one.stage_id)): uuid_of(one.moves_to_id) for one in told}
    if len(outcomes) < len(told) or len(told) > OUTCOMES:
        raise BadText(f"outcomes are up to {OUTCOMES}, for each stage once")
    return outcomes
