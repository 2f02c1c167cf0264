# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Pipelines: what kinds of deals a company has, and by which rules they go."""

import strawberry

from application.pipelines import DefinePipeline, SetLostReasons
from interfaces.graphql.bounds import chosen_id, line, uuid_of
from interfaces.graphql.context import Info
from interfaces.graphql.fields import Field, few
from interfaces.graphql.links import LinkRule
from interfaces.graphql.ownership import leading
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload, reached
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.stages import NAME, Stage, StageRow, stages_of
from projections.pipeline_rows import PipelineRow


async def _stages(row: strawberry.Parent[PipelineRow]) -> list[StageRow]:
    return stages_of(row)


@strawberry.type
class Pipeline:
    """Stages in order, retired ones too, and the fields of its deals.

    The first open stage takes new deals. Whoever loses a deal names one of `lostReasons`, if there
    are any.
    """

    pipeline_id: strawberry.ID = strawberry.field(name="id")
    name: str
    stages: list[Stage] = strawberry.field(resolver=_stages, graphql_type=list[Stage])
    fields: list[Field]
    lost_reasons: list[str]
    links: list[LinkRule]


@strawberry.input
class DefinePipelineInput(CommandInput):
    """Have a pipeline of this name; one that is there is called so from now on."""

    pipeline_id: strawberry.ID | None = None
    name: str


@strawberry.input
class SetLostReasonsInput(CommandInput):
    """Let people choose among these when a deal is lost."""

    pipeline_id: strawberry.ID
    reasons: list[str]


@strawberry.type
class PipelinePayload(CommandPayload):
    """Which pipeline it is."""

    pipeline_id: strawberry.ID


@strawberry.type
class PipelineQueries:
    """Questions about pipelines."""

    @strawberry.field(graphql_type=list[Pipeline])
    async def pipelines(self, info: Info, min_position: BigInt | None = None) -> list[PipelineRow]:
        """The pipelines of the company, the first one first."""
        context = info.context
        await context.wait_for(min_position)
        return await context.models.pipelines.of_workspace(context.workspace_id)

    @strawberry.field(graphql_type=Pipeline | None)
    async def pipeline(
        self, info: Info, id: strawberry.ID, min_position: BigInt | None = None
    ) -> PipelineRow | None:
        """One pipeline of the company."""
        await info.context.wait_for(min_position)
        return await info.context.loaders.pipelines.load(uuid_of(id))


@strawberry.type
class PipelineMutations:
    """What kinds of deals a company has."""

    @strawberry.mutation
    async def define_pipeline(self, info: Info, input: DefinePipelineInput) -> PipelinePayload:
        """Have a pipeline of this name."""
        context = info.context
        order = leading(context, input.command_id)
        pipeline_id = chosen_id(
            input.pipeline_id, context.workspace_id, f"pipeline:{input.command_id}"
        )
        name = line(input.name, "name", NAME).strip()
        done = await context.execute(DefinePipeline(**order, pipeline_id=pipeline_id, name=name))
        return PipelinePayload(
            position=reached(done),
            replayed=done.replayed,
            pipeline_id=strawberry.ID(str(pipeline_id)),
        )

    @strawberry.mutation
    async def set_lost_reasons(self, info: Info, input: SetLostReasonsInput) -> CommandPayload:
        """Let people choose among these when a deal is lost."""
        context = info.context
        command = SetLostReasons(
            **leading(context, input.command_id),
            pipeline_id=uuid_of(input.pipeline_id),
            reasons=few(input.reasons, "a reason", NAME),
        )
        return payload(await context.execute(command))
