"""Stages: the steps of a pipeline."""

from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

import strawberry

from application.pipelines import AddStage, RenameStage, RetireStage
from application.pipelines import Offering as StageOffering
from application.pipelines import StageKind as DealStageKind
from interfaces.graphql.bounds import chosen_id, line, some_uuid, uuid_of
from interfaces.graphql.context import Context, Info
from interfaces.graphql.offerings import Offering
from interfaces.graphql.ownership import leading
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload, reached
from interfaces.graphql.refusals import NotYet
from projections.pipeline_rows import PipelineRow

NAME = 60


@strawberry.enum
class StageKind(StrEnum):
    """What it means for a deal to stand on a stage."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class StageRow(NamedTuple):
    """A stage with the rules of its pipeline for it."""

    id: UUID
    name: str
    kind: str
    successor_id: UUID | None
    required_keys: list[str]
    offering: StageOffering | None


@strawberry.type
class Stage:
    """One step of a pipeline; a retired one has a successor and takes no more deals.

    A deal that enters must have the fields of `requiredKeys`; with an `offering` it is offered to
    executors.
    """

    id: strawberry.ID
    name: str
    kind: StageKind
    successor_id: strawberry.ID | None
    required_keys: list[str]
    offering: Offering | None


@strawberry.input
class AddStageInput(CommandInput):
    """Let deals stand on another stage, before `beforeId` or as the last one."""

    pipeline_id: strawberry.ID
    stage_id: strawberry.ID | None = None
    name: str
    kind: StageKind = StageKind.OPEN
    before_id: strawberry.ID | None = None


@strawberry.input
class RenameStageInput(CommandInput):
    """Call a stage so."""

    pipeline_id: strawberry.ID
    stage_id: strawberry.ID
    name: str


@strawberry.input
class RetireStageInput(CommandInput):
    """Let a stage take no more deals; a batch moves those on it, at most `rate` a second."""

    pipeline_id: strawberry.ID
    stage_id: strawberry.ID
    successor_id: strawberry.ID
    rate: int = 100


@strawberry.type
class AddStagePayload(CommandPayload):
    """Which stage was added."""

    stage_id: strawberry.ID


@strawberry.type
class RetireStagePayload(CommandPayload):
    """Which batch empties the stage."""

    batch_id: strawberry.ID


@strawberry.type
class StageMutations:
    """Which way deals go."""

    @strawberry.mutation
    async def add_stage(self, info: Info, input: AddStageInput) -> AddStagePayload:
        """Let deals stand on another stage."""
        context = info.context
        order = leading(context, input.command_id)
        stage_id = chosen_id(input.stage_id, context.workspace_id, f"stage:{input.command_id}")
        command = AddStage(
            **order,
            pipeline_id=uuid_of(input.pipeline_id),
            stage_id=stage_id,
            name=line(input.name, "name", NAME).strip(),
            kind=DealStageKind(input.kind.value),
            before_id=some_uuid(input.before_id),
        )
        done = await context.execute(command)
        return AddStagePayload(
            position=reached(done), replayed=done.replayed, stage_id=strawberry.ID(str(stage_id))
        )

    @strawberry.mutation
    async def rename_stage(self, info: Info, input: RenameStageInput) -> CommandPayload:
        """Call a stage so."""
        context = info.context
        command = RenameStage(
            **leading(context, input.command_id),
            pipeline_id=uuid_of(input.pipeline_id),
            stage_id=uuid_of(input.stage_id),
            name=line(input.name, "name", NAME).strip(),
        )
        return payload(await context.execute(command))

    @strawberry.mutation
    async def retire_stage(self, info: Info, input: RetireStageInput) -> RetireStagePayload:
        """Let a stage take no more deals, and those on it go to its successor, in a batch."""
        context = info.context
        command = RetireStage(
            **leading(context, input.command_id),
            pipeline_id=uuid_of(input.pipeline_id),
            stage_id=uuid_of(input.stage_id),
            successor_id=uuid_of(input.successor_id),
            rate=input.rate,
            by=context.by,
        )
        done = await context.execute(command)
        return RetireStagePayload(
            position=reached(done),
            replayed=done.replayed,
            batch_id=strawberry.ID(str(done.answer["batch"])),
        )


def stages_of(row: PipelineRow) -> list[StageRow]:
    """The stages of a pipeline in order, retired ones too."""
    return [
        StageRow(
            stage.id,
            stage.name,
            stage.kind,
            stage.successor_id,
            row.requirements.get(stage.id, []),
            row.offerings.get(stage.id),
        )
        for stage in row.stages
    ]


async def pipeline_of(context: Context, pipeline_id: UUID) -> PipelineRow:
    """The pipeline of a row, which must be there; raises NotYet."""
    row = await context.loaders.pipelines.load(pipeline_id)
    if row is None:
        raise NotYet
    return row


def stage_in(pipeline: PipelineRow, stage_id: UUID) -> StageRow:
    """The stage of a row, which must be there; raises NotYet."""
    found = next((stage for stage in stages_of(pipeline) if stage.id == stage_id), None)
    if found is None:
        raise NotYet
    return found
