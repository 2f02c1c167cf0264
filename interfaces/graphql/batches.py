# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Batches: mass changes of deals, how far they are, and stopping one for a while."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

import strawberry

from application.batches import PauseBatch, ResumeBatch
from interfaces.graphql.bounds import page_size, uuid_of
from interfaces.graphql.context import Info
from interfaces.graphql.deals import Deal
from interfaces.graphql.ownership import deal_seen, leading
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload
from interfaces.graphql.pipelines import Pipeline
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.stages import Stage, StageRow, pipeline_of, stage_in
from projections.batches import BatchRow
from projections.deal_rows import DealRow
from projections.pipeline_rows import PipelineRow


@strawberry.enum
class BatchState(StrEnum):
    """Whether a batch goes on."""

    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"


class SkippedRow(NamedTuple):
    """A deal that a batch could not change, and why not."""

    deal_id: UUID
    reason: str


async def _deal(info: Info, row: strawberry.Parent[SkippedRow]) -> DealRow | None:
    return await deal_seen(info.context, row.deal_id)


@strawberry.type
class SkippedDeal:
    """A deal that a batch could not change, and why not; `deal` if the caller may see it."""

    deal_id: strawberry.ID
    deal: Deal | None = strawberry.field(resolver=_deal, graphql_type=Deal | None)
    reason: str


async def _pipeline(info: Info, row: strawberry.Parent[BatchRow]) -> PipelineRow:
    return await pipeline_of(info.context, row.pipeline_id)


async def _from(info: Info, row: strawberry.Parent[BatchRow]) -> StageRow:
    return stage_in(await pipeline_of(info.context, row.pipeline_id), row.from_id)


async def _to(info: Info, row: strawberry.Parent[BatchRow]) -> StageRow:
    return stage_in(await pipeline_of(info.context, row.pipeline_id), row.to_id)


async def _left(info: Info, row: strawberry.Parent[BatchRow]) -> int:
    return await info.context.loaders.stage_counts.load(row.from_id)


async def _skipped(row: strawberry.Parent[BatchRow], first: int = 50) -> list[SkippedRow]:
    rows = [SkippedRow(deal_id, reason) for deal_id, reason in row.skipped.items()]
    return rows[: page_size(first)]


async def _skipped_count(row: strawberry.Parent[BatchRow]) -> int:
    return len(row.skipped)


@strawberry.type
class Batch:
    """Deals that go from a retired stage to its successor, at most `rate` a second.

    `moved` went already, `left` still stand there, those among them that were skipped too.
    """

    batch_id: strawberry.ID = strawberry.field(name="id")
    pipeline: Pipeline = strawberry.field(resolver=_pipeline, graphql_type=Pipeline)
    from_stage: Stage = strawberry.field(name="from", resolver=_from, graphql_type=Stage)
    to_stage: Stage = strawberry.field(name="to", resolver=_to, graphql_type=Stage)
    rate: int
    state: BatchState
    moved: int
    left: int = strawberry.field(resolver=_left)
    skipped: list[SkippedDeal] = strawberry.field(resolver=_skipped, graphql_type=list[SkippedDeal])
    skipped_count: int = strawberry.field(resolver=_skipped_count)
    planned_at: datetime
    completed_at: datetime | None


@strawberry.input
class PauseBatchInput(CommandInput):
    """Let a batch wait."""

    batch_id: strawberry.ID


@strawberry.input
class ResumeBatchInput(CommandInput):
    """Let a batch go on."""

    batch_id: strawberry.ID


@strawberry.type
class BatchQueries:
    """Questions about batches."""

    @strawberry.field(graphql_type=list[Batch])
    async def batches(
        self, info: Info, first: int = 20, min_position: BigInt | None = None
    ) -> list[BatchRow]:
        """The last batches of the company, the newest first."""
        context = info.context
        await context.wait_for(min_position)
        return await context.models.batches.of_workspace(context.workspace_id, page_size(first))

    @strawberry.field(graphql_type=Batch | None)
    async def batch(
        self, info: Info, id: strawberry.ID, min_position: BigInt | None = None
    ) -> BatchRow | None:
        """One batch of the company."""
        context, model, batch_id = info.context, info.context.models.batches, uuid_of(id)
        await context.wait_for(min_position)
        return await context.found(model, lambda: model.one(context.workspace_id, batch_id))


@strawberry.type
class BatchMutations:
    """Stopping batches, and letting them go on."""

    @strawberry.mutation
    async def pause_batch(self, info: Info, input: PauseBatchInput) -> CommandPayload:
        """Let a batch wait."""
        context = info.context
        order, batch_id = leading(context, input.command_id), uuid_of(input.batch_id)
        return payload(await context.execute(PauseBatch(**order, batch_id=batch_id, by=context.by)))

    @strawberry.mutation
    async def resume_batch(self, info: Info, input: ResumeBatchInput) -> CommandPayload:
        """Let a batch go on."""
        context = info.context
        order, batch_id = leading(context, input.command_id), uuid_of(input.batch_id)
        command = ResumeBatch(**order, batch_id=batch_id, by=context.by)
        return payload(await context.execute(command))
