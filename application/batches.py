"""What can be done about batches, and what they do."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Command, Draft
from domain.batches import Batch, BatchState
from domain.deals import Deal
from domain.pipelines import Pipeline

__all__ = ["BatchState"]

ACTOR: Final = "batch:"
"""How the actor of what a batch does begins; its id follows."""


@dataclass(frozen=True, kw_only=True)
class BatchCommand(Command):
    """An order about one batch."""

    batch_id: UUID

    @property
    @override
    def subject(self) -> UUID:
        return self.batch_id

    async def batch(self, draft: Draft) -> Batch:
        """The batch that the order is about."""
        return await draft.get(Batch, self.batch_id)


@dataclass(frozen=True, kw_only=True)
class PauseBatch(BatchCommand):
    """Let a batch wait."""

    by: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.batch(draft)).pause(self.by)
        return {}


@dataclass(frozen=True, kw_only=True)
class ResumeBatch(BatchCommand):
    """Let a batch go on."""

    by: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.batch(draft)).resume(self.by)
        return {}


@dataclass(frozen=True, kw_only=True)
class SettleItems(BatchCommand):
    """Know how many deals were moved in all, and why others were not; a retry may know more."""

    moved: int = field(metadata={"incidental": True})
    skipped: dict[str, str] = field(metadata={"incidental": True})

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.batch(draft)).settle(self.moved, self.skipped)
        return {}


@dataclass(frozen=True, kw_only=True)
class CompleteBatch(BatchCommand):
    """Know that there is nothing left to do."""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.batch(draft)).complete()
        return {}


@dataclass(frozen=True, kw_only=True)
class MigrateDeal(Command):
    """Take one deal from a retired stage to the one that followed it.

    The stage's requirements hold here too: who lacks a field is refused, and stays.
    """

    deal_id: UUID
    from_id: UUID

    @property
    @override
    def subject(self) -> UUID:
        return self.deal_id

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        deal = await draft.get(Deal, self.deal_id)
        if deal.deleted or deal.stage_id != self.from_id:
            return {"moved": False}
        pipeline = await draft.look(Pipeline, deal.pipeline_id)
        stage = pipeline.admit(pipeline.present(self.from_id).id, deal.fields, None)
        deal.move(stage.id, stage.kind, deal.reason, None)
        return {"moved": True}
