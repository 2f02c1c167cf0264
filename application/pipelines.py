"""What can be done about pipelines: their stages, fields and rules."""

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Command, Draft
from domain.batches import Batch, must_be_rate, retirement_of
from domain.fields import Field, FieldKind, NoSuchField
from domain.links import LinkRule
from domain.offering import Act, Datum, Offering, Step
from domain.pipelines import Pipeline, must_be_name
from domain.slots import Slot
from domain.stages import NoSuchStage, StageKind
from domain.workspaces import Workspace

__all__ = [
    "Act",
    "Datum",
    "Field",
    "FieldKind",
    "LinkRule",
    "NoSuchField",
    "NoSuchStage",
    "Offering",
    "StageKind",
    "Step",
]


@dataclass(frozen=True, kw_only=True)
class PipelineCommand(Command):
    """An order about one pipeline."""

    pipeline_id: UUID

    @property
    @override
    def subject(self) -> UUID:
        return self.pipeline_id

    async def pipeline(self, draft: Draft) -> Pipeline:
        """The pipeline that the order is about."""
        return await draft.get(Pipeline, self.pipeline_id)


@dataclass(frozen=True, kw_only=True)
class DefinePipeline(PipelineCommand):
    """Have a pipeline of this name; one that is there is called so from now on."""

    name: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        must_be_name(self.name, [])
        await draft.look(Workspace, self.workspace_id)
        known = await draft.find(Pipeline, self.pipeline_id)
        if known is not None:
            known.rename(self.name)
        else:
            draft.add(
                Pipeline(
                    id=self.pipeline_id,
                    workspace_id=self.workspace_id,
                    timestamp=draft.at,
                    name=self.name,
                )
            )
        return {}


@dataclass(frozen=True, kw_only=True)
class AddStage(PipelineCommand):
    """Let deals stand on another stage, before `before_id` or as the last one."""

    stage_id: UUID
    name: str
    kind: StageKind = StageKind.OPEN
    before_id: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        pipeline = await self.pipeline(draft)
        pipeline.add_stage(self.stage_id, self.name, self.kind, self.before_id)
        return {}


@dataclass(frozen=True, kw_only=True)
class RenameStage(PipelineCommand):
    """Call a stage so."""

    stage_id: UUID
    name: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.pipeline(draft)).rename_stage(self.stage_id, self.name)
        return {}


@dataclass(frozen=True, kw_only=True)
class RetireStage(PipelineCommand):
    """Let a stage take no more deals; a batch moves those that stand there, at most `rate` a second."""  # noqa: E501 - one sentence

    stage_id: UUID
    successor_id: UUID
    rate: int = 100
    by: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        must_be_rate(self.rate)
        pipeline = await self.pipeline(draft)
        news = pipeline.retire_stage(self.stage_id, self.successor_id)
        batch_id = retirement_of(self.stage_id, pipeline.retirements[self.stage_id])
        if news:
            draft.add(
                Batch(
                    id=batch_id,
                    workspace_id=self.workspace_id,
                    timestamp=draft.at,
                    pipeline_id=self.pipeline_id,
                    from_id=self.stage_id,
                    to_id=self.successor_id,
                    rate=self.rate,
                    by=self.by,
                )
            )
        return {"batch": str(batch_id)}


@dataclass(frozen=True, kw_only=True)
class DefineField(PipelineCommand):
    """Want to know this of deals."""

    field: Field

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.pipeline(draft)).define_field(self.field)
        return {}


@dataclass(frozen=True, kw_only=True)
class RetireField(PipelineCommand):
    """Ask this no longer."""

    key: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.pipeline(draft)).retire_field(self.key)
        return {}


@dataclass(frozen=True, kw_only=True)
class RequireFields(PipelineCommand):
    """Want exactly these fields of a deal that enters the stage."""

    stage_id: UUID
    keys: tuple[str, ...]

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.pipeline(draft)).require(self.stage_id, self.keys)
        return {}


@dataclass(frozen=True, kw_only=True)
class SetLostReasons(PipelineCommand):
    """Let people choose among these when a deal is lost."""

    reasons: tuple[str, ...]

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.pipeline(draft)).set_lost_reasons(self.reasons)
        return {}


@dataclass(frozen=True, kw_only=True)
class SetLinkRule(PipelineCommand):
    """Let deals of this pipeline begin deals in another one."""

    rule: LinkRule

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        other = await draft.look(Pipeline, self.rule.to_pipeline_id)
        for stage_id in (self.rule.to_stage_id, *map(UUID, self.rule.outcomes)):
            other.stage(stage_id)
        if self.rule.slot_id is not None:
            await draft.look(Slot, self.rule.slot_id)
        (await self.pipeline(draft)).set_link(self.rule)
        return {}


@dataclass(frozen=True, kw_only=True)
class RemoveLinkRule(PipelineCommand):
    """Make no more deals by a rule."""

    rule_id: UUID

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.pipeline(draft)).remove_link(self.rule_id)
        return {}


@dataclass(frozen=True, kw_only=True)
class SetOffering(PipelineCommand):
    """Offer the deals on a stage to executors, by these rules."""

    stage_id: UUID
    offering: Offering

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.pipeline(draft)).offer_on(self.stage_id, self.offering)
        return {}


@dataclass(frozen=True, kw_only=True)
class EndOffering(PipelineCommand):
    """Offer the deals on a stage no longer; offers that stand stay as they are."""

    stage_id: UUID

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.pipeline(draft)).end_offering(self.stage_id)
        return {}
