"""Pipelines: what kinds of deals a company has, and by which rules they go."""

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

import msgspec

from projections import pipeline_rows
from projections.pipeline_rows import PIPELINES, PipelineRow
from projections.projection import ReadModel

_SELECT: LiteralString = """
    SELECT pipeline_id, name, stages, fields, retired_fields, requirements, lost_reasons, links,
           offerings, defined_at
      FROM read.pipelines WHERE workspace_id = %(workspace_id)s"""


class Pipelines(ReadModel):
    """Every pipeline of every workspace."""

    name = "pipelines"
    version = 1
    tables = (PIPELINES,)
    fold = pipeline_rows.fold

    async def of_workspace(self, workspace_id: UUID) -> list[PipelineRow]:
        """All pipelines, the first one first."""
        return await self._ask(
            _pipeline,
            _SELECT + " ORDER BY defined_at, pipeline_id",
            workspace_id=workspace_id,
        )

    async def one(self, workspace_id: UUID, pipeline_id: UUID) -> PipelineRow | None:
        """The pipeline, if the workspace has it."""
        return next(iter(await self.many(workspace_id, [pipeline_id])), None)

    async def many(self, workspace_id: UUID, pipeline_ids: Sequence[UUID]) -> list[PipelineRow]:
        """Those of the pipelines that the workspace has, in any order."""
        return await self._ask(
            _pipeline,
            _SELECT + " AND pipeline_id = ANY(%(ids)s)",
            workspace_id=workspace_id,
            ids=list(pipeline_ids),
        )


def _pipeline(*told: object) -> PipelineRow:
    return msgspec.convert(told, PipelineRow)
