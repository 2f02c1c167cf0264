# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Boards: how many deals stand on each stage of a pipeline."""

from typing import NamedTuple

import strawberry

from application.desk import NotFound
from interfaces.graphql.bounds import uuid_of
from interfaces.graphql.context import Info
from interfaces.graphql.ownership import viewer
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.stages import Stage, StageRow, stages_of


class ColumnRow(NamedTuple):
    """How many deals stand on a stage."""

    stage: StageRow
    deals: int


@strawberry.type
class BoardColumn:
    """How many deals that the caller may see stand on a stage."""

    stage: Stage
    deals: int = strawberry.field(name="count")


@strawberry.type
class BoardQueries:
    """Questions about boards."""

    @strawberry.field(graphql_type=list[BoardColumn])
    async def board(
        self,
        info: Info,
        pipeline_id: strawberry.ID,
        mine: bool = False,  # noqa: FBT001, FBT002 - the arguments of the field
        min_position: BigInt | None = None,
    ) -> list[ColumnRow]:
        """The stages of a pipeline in order; retired ones only while deals stand there."""
        context = info.context
        await context.wait_for(min_position)
        pipeline = await context.loaders.pipelines.load(uuid_of(pipeline_id))
        if pipeline is None:
            raise NotFound
        counts = await context.models.deals.board(
            context.workspace_id,
            pipeline.pipeline_id,
            context.manager() if mine else None,
            viewer(context),
        )
        columns = [ColumnRow(stage, counts.get(stage.id, 0)) for stage in stages_of(pipeline)]
        return [one for one in columns if one.deals or one.stage.successor_id is None]
