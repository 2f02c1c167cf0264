"""Batches: mass changes of deals, how far they are and what they could not change."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

import msgspec

from domain.batches import Batch, BatchState
from domain.events import Recorded
from projections.projection import MOST, Fold, ReadModel, Rows, Table


class BatchRow(NamedTuple):
    """Deals that go from a stage to another, `rate` a second at most.

    `skipped` tells of each deal that was not moved why not.
    """

    batch_id: UUID
    pipeline_id: UUID
    from_id: UUID
    to_id: UUID
    rate: int
    by: UUID | None
    state: str
    moved: int
    skipped: dict[UUID, str]
    planned_at: datetime
    changed_at: datetime
    completed_at: datetime | None


class RunningBatch(NamedTuple):
    """A batch that is to be carried out."""

    workspace_id: UUID
    batch_id: UUID


@dataclass(slots=True)
class StoredBatch:
    """What the table of batches keeps."""

    workspace_id: UUID
    batch_id: UUID
    pipeline_id: UUID
    from_id: UUID
    to_id: UUID
    rate: int
    by: UUID | None
    planned_at: datetime
    changed_at: datetime
    state: str = BatchState.RUNNING.value
    moved: int = 0
    skipped: dict[str, str] = field(default_factory=dict[str, str])
    completed_at: datetime | None = None


BATCHES = Table(
    "batches",
    StoredBatch,
    ("workspace_id", "batch_id"),
    ("(workspace_id, planned_at, batch_id)", "(planned_at) WHERE state = 'running'"),
)
_SELECT: LiteralString = """
    SELECT batch_id, pipeline_id, from_id, to_id, rate, by, state, moved, skipped, planned_at,
           changed_at, completed_at
      FROM read.batches WHERE workspace_id = %(workspace_id)s"""

fold = Fold()


@fold.on(Batch.Planned)
def _planned(_: Recorded, event: Batch.Planned, rows: Rows) -> None:
    rows.put(
        BATCHES,
        StoredBatch(
            event.workspace_id,
            event.originator_id,
            event.pipeline_id,
            event.from_id,
            event.to_id,
            event.rate,
            event.by,
            event.timestamp,
            event.timestamp,
        ),
    )


def _change(event: Batch.Event, rows: Rows) -> StoredBatch:
    batch = rows.change(BATCHES, event.workspace_id, event.originator_id)
    if batch is None:
        raise LookupError(f"the batch {event.originator_id} was never planned")
    batch.changed_at = event.timestamp
    return batch


@fold.on(Batch.ItemsSettled, reads=[BATCHES])
def _items_settled(_: Recorded, event: Batch.ItemsSettled, rows: Rows) -> None:
    batch = _change(event, rows)
    batch.moved += event.moved
    told = batch.skipped | event.skipped
    batch.skipped = {id: why for id, why in told.items() if why}


@fold.on(Batch.Paused, reads=[BATCHES])
def _paused(_: Recorded, event: Batch.Paused, rows: Rows) -> None:
    _change(event, rows).state = BatchState.PAUSED.value


@fold.on(Batch.Resumed, reads=[BATCHES])
def _resumed(_: Recorded, event: Batch.Resumed, rows: Rows) -> None:
    _change(event, rows).state = BatchState.RUNNING.value


@fold.on(Batch.Completed, reads=[BATCHES])
def _completed(_: Recorded, event: Batch.Completed, rows: Rows) -> None:
    batch = _change(event, rows)
    batch.state, batch.completed_at = BatchState.COMPLETED.value, event.timestamp


class Batches(ReadModel):
    """The batches of every workspace."""

    name = "batches"
    version = 1
    tables = (BATCHES,)
    fold = fold

    async def of_workspace(self, workspace_id: UUID, first: int = 50) -> list[BatchRow]:
        """The last batches, the newest first."""
        return await self._ask(
            _batch,
            _SELECT + " ORDER BY planned_at DESC, batch_id DESC LIMIT %(first)s",
            workspace_id=workspace_id,
            first=max(0, min(first, MOST)),
        )

    async def one(self, workspace_id: UUID, batch_id: UUID) -> BatchRow | None:
        """The batch, if the workspace has it."""
        return await self._ask_one(
            _batch,
            _SELECT + " AND batch_id = %(batch_id)s",
            workspace_id=workspace_id,
            batch_id=batch_id,
        )

    async def running(self) -> list[RunningBatch]:
        """What is to be carried out in all workspaces, for who does so; nobody else may ask."""
        return await self._ask(
            RunningBatch,
            """SELECT workspace_id, batch_id FROM read.batches WHERE state = 'running'
                ORDER BY planned_at, batch_id""",
        )


def _batch(*told: object) -> BatchRow:
    return msgspec.convert(told, BatchRow)
