"""Pipelines as they are now: one row each, with stages, fields and rules."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain.events import Recorded
from domain.fields import Field
from domain.links import LinkRule
from domain.offering import Offering
from domain.pipelines import Pipeline
from domain.stages import Stage, StageKind
from projections.projection import Fold, Rows, Table


class PipelineRow(NamedTuple):
    """A pipeline with its stages in order, retired ones too.

    `requirements` are keys of fields by stage, `offerings` the rules of search stages; what was
    answered to `retired_fields` is still in deals.
    """

    pipeline_id: UUID
    name: str
    stages: list[Stage]
    fields: list[Field]
    retired_fields: list[Field]
    requirements: dict[UUID, list[str]]
    lost_reasons: list[str]
    links: list[LinkRule]
    offerings: dict[UUID, Offering]
    defined_at: datetime


@dataclass(slots=True)
class StoredPipeline:
    """What the table of pipelines keeps."""

    workspace_id: UUID
    pipeline_id: UUID
    name: str
    defined_at: datetime
    stages: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    fields: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    retired_fields: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    requirements: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    lost_reasons: list[str] = field(default_factory=list[str])
    links: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    offerings: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])


PIPELINES = Table("pipelines", StoredPipeline, ("workspace_id", "pipeline_id"))

fold = Fold()


@fold.on(Pipeline.Defined)
def _defined(_: Recorded, event: Pipeline.Defined, rows: Rows) -> None:
    place = (event.workspace_id, event.originator_id)
    rows.put(PIPELINES, StoredPipeline(*place, event.name, event.timestamp))


def _change(event: Pipeline.Event, rows: Rows) -> StoredPipeline:
    pipeline = rows.change(PIPELINES, event.workspace_id, event.originator_id)
    if pipeline is None:
        raise LookupError(f"the pipeline {event.originator_id} was never defined")
    return pipeline


@fold.on(Pipeline.Renamed, reads=[PIPELINES])
def _renamed(_: Recorded, event: Pipeline.Renamed, rows: Rows) -> None:
    _change(event, rows).name = event.name


@fold.on(Pipeline.StageAdded, reads=[PIPELINES])
def _stage_added(_: Recorded, event: Pipeline.StageAdded, rows: Rows) -> None:
    pipeline = _change(event, rows)
    order = [stage["id"] for stage in pipeline.stages]
    before = str(event.before_id)
    place = order.index(before) if before in order else len(order)
    stage = Stage(event.stage_id, event.name, StageKind(event.kind))
    pipeline.stages = [
        *pipeline.stages[:place],
        msgspec.to_builtins(stage),
        *pipeline.stages[place:],
    ]


def _change_stage(
    event: Pipeline.StageRenamed | Pipeline.StageRetired, rows: Rows
) -> dict[str, Any]:
    stages = _change(event, rows).stages
    return next(stage for stage in stages if stage["id"] == str(event.stage_id))


@fold.on(Pipeline.StageRenamed, reads=[PIPELINES])
def _stage_renamed(_: Recorded, event: Pipeline.StageRenamed, rows: Rows) -> None:
    _change_stage(event, rows)["name"] = event.name


@fold.on(Pipeline.StageRetired, reads=[PIPELINES])
def _stage_retired(_: Recorded, event: Pipeline.StageRetired, rows: Rows) -> None:
    _change_stage(event, rows)["successor_id"] = str(event.successor_id)
    _change(event, rows).offerings.pop(str(event.stage_id), None)


@fold.on(Pipeline.FieldDefined, reads=[PIPELINES])
def _field_defined(_: Recorded, event: Pipeline.FieldDefined, rows: Rows) -> None:
    pipeline, new = _change(event, rows), event.field
    by_key = {one["key"]: one for one in pipeline.fields}
    pipeline.fields = list({**by_key, new.key: msgspec.to_builtins(new)}.values())
    pipeline.retired_fields = [one for one in pipeline.retired_fields if one["key"] != new.key]


@fold.on(Pipeline.FieldRetired, reads=[PIPELINES])
def _field_retired(_: Recorded, event: Pipeline.FieldRetired, rows: Rows) -> None:
    pipeline = _change(event, rows)
    pipeline.retired_fields += [one for one in pipeline.fields if one["key"] == event.key]
    pipeline.fields = [one for one in pipeline.fields if one["key"] != event.key]


@fold.on(Pipeline.RequirementSet, reads=[PIPELINES])
def _requirement_set(_: Recorded, event: Pipeline.RequirementSet, rows: Rows) -> None:
    _change(event, rows).requirements[str(event.stage_id)] = event.keys


@fold.on(Pipeline.LostReasonsSet, reads=[PIPELINES])
def _lost_reasons_set(_: Recorded, event: Pipeline.LostReasonsSet, rows: Rows) -> None:
    _change(event, rows).lost_reasons = event.reasons


@fold.on(Pipeline.LinkRuleSet, reads=[PIPELINES])
def _link_rule_set(_: Recorded, event: Pipeline.LinkRuleSet, rows: Rows) -> None:
    pipeline = _change(event, rows)
    by_id = {rule["id"]: rule for rule in pipeline.links}
    told = {str(event.rule.id): msgspec.to_builtins(event.rule)}
    pipeline.links = list({**by_id, **told}.values())


@fold.on(Pipeline.LinkRuleRemoved, reads=[PIPELINES])
def _link_rule_removed(_: Recorded, event: Pipeline.LinkRuleRemoved, rows: Rows) -> None:
    pipeline = _change(event, rows)
    pipeline.links = [rule for rule in pipeline.links if rule["id"] != str(event.rule_id)]


@fold.on(Pipeline.OfferingSet, reads=[PIPELINES])
def _offering_set(_: Recorded, event: Pipeline.OfferingSet, rows: Rows) -> None:
    _change(event, rows).offerings[str(event.stage_id)] = msgspec.to_builtins(event.offering)


@fold.on(Pipeline.OfferingEnded, reads=[PIPELINES])
def _offering_ended(_: Recorded, event: Pipeline.OfferingEnded, rows: Rows) -> None:
    _change(event, rows).offerings.pop(str(event.stage_id), None)
