"""A pipeline: the stages that deals of one kind go through, and what is asked on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from eventsourcing.domain import event

from domain import fields
from domain.aggregate import Aggregate, Refused
from domain.cards import must_be_template
from domain.fields import Field, NoSuchField
from domain.links import BadLink, LinkRule
from domain.offering import BadOffering, Offering
from domain.stages import (
    FieldsMissing,
    LostReasonNeeded,
    NoSuchStage,
    Stage,
    StageIsRetired,
    StageKind,
)

LONGEST_NAME: Final = 60
STAGES: Final = 100
REASONS: Final = 50


class BadName(Refused):
    """A name has 1 to 60 signs, and no two things of one kind have the same."""


class StageIsNeeded(Refused):
    """A pipeline keeps an open stage, and a retired stage leads to one that still takes deals."""


class Pipeline(Aggregate):
    """Stages in order, the fields of its deals, and rules; the first open stage takes new deals.

    `offered_on` are the stages whose deals are or once were offered; `retirements` count how often
    a stage got a successor.
    """

    class Defined(Aggregate.Created):
        """A company has a new kind of deals."""

        name: str

    class Renamed(Aggregate.Event):
        """The pipeline is called so from now on."""

        name: str

    class StageAdded(Aggregate.Event):
        """Deals may stand on this stage, too; `before_id` None: it is the last one."""

        stage_id: UUID
        name: str
        kind: str
        before_id: UUID | None = None

    class StageRenamed(Aggregate.Event):
        """The stage is called so from now on."""

        stage_id: UUID
        name: str

    class StageRetired(Aggregate.Event):
        """The stage takes no more deals; those that stand there go to its successor."""

        stage_id: UUID
        successor_id: UUID

    class FieldDefined(Aggregate.Event):
        """This is wanted to be known of deals: a new field, or a known one in another form."""

        field: Field

    class FieldRetired(Aggregate.Event):
        """This is no longer asked; what was answered stays."""

        key: str

    class RequirementSet(Aggregate.Event):
        """On entering the stage a deal must have these fields."""

        stage_id: UUID
        keys: list[str]

    class LostReasonsSet(Aggregate.Event):
        """Whoever loses a deal says which of these it was."""

        reasons: list[str]

    class LinkRuleSet(Aggregate.Event):
        """Deals begin in another pipeline, and their outcome comes back."""

        rule: LinkRule

    class LinkRuleRemoved(Aggregate.Event):
        """The rule makes no more deals; the outcome of those that it has made still comes back."""

        rule_id: UUID

    class OfferingSet(Aggregate.Event):
        """Deals on this stage are offered to executors."""

        stage_id: UUID
        offering: Offering

    class OfferingEnded(Aggregate.Event):
        """Deals on this stage are no longer offered."""

        stage_id: UUID

    @event(Defined)
    def __init__(self, id: UUID, workspace_id: UUID, timestamp: datetime, name: str) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.name = name
        self.stages: dict[UUID, Stage] = {}
        self.fields: dict[str, Field] = {}
        self.retired_fields: dict[str, Field] = {}
        self.retirements: dict[UUID, int] = {}
        self.requirements: dict[UUID, list[str]] = {}
        self.lost_reasons: list[str] = []
        self.links: dict[UUID, LinkRule] = {}
        self.ended_links: dict[UUID, LinkRule] = {}
        self.offerings: dict[UUID, Offering] = {}
        self.offered_on: set[UUID] = set()

    def rename(self, name: str) -> None:
        """Call the pipeline so."""
        must_be_name(name, [])
        if name != self.name:
            self._renamed(name)

    def add_stage(self, stage_id: UUID, name: str, kind: StageKind, before_id: UUID | None) -> None:
        """Let deals stand on another stage."""
        if stage_id in self.stages:
            return
        if before_id is not None:
            self.stage(before_id)
        must_be_name(name, [one.name for one in self.active()])
        if len(self.stages) >= STAGES:
            raise BadName
        self._stage_added(stage_id, name, kind, before_id)

    def rename_stage(self, stage_id: UUID, name: str) -> None:
        """Call a stage so."""
        known = self.stage(stage_id)
        must_be_name(name, [one.name for one in self.active() if one.id != stage_id])
        if name != known.name:
            self._stage_renamed(stage_id, name)

    def retire_stage(self, stage_id: UUID, successor_id: UUID) -> bool:
        """Let a stage take no more deals; whether that is news."""
        retiring, successor = self.stage(stage_id), self.stage(successor_id)
        if retiring.successor_id == successor_id:
            return False
        left = [one for one in self.active() if one.id != stage_id]
        if successor.successor_id is not None or successor not in left:
            raise StageIsNeeded
        if not any(one.kind is StageKind.OPEN for one in left):
            raise StageIsNeeded
        self._stage_retired(stage_id, successor_id)
        return True

    def define_field(self, field: Field) -> None:
        """Want to know this of deals."""
        field.must_be_usable()
        others = [one.label for one in self.fields.values() if one.key != field.key]
        must_be_name(field.label, others)
        if self.fields.get(field.key) != field:
            self._field_defined(field)

    def retire_field(self, key: str) -> None:
        """Ask this no longer."""
        if key in self.fields:
            self._field_retired(key)

    def require(self, stage_id: UUID, keys: Sequence[str]) -> None:
        """Want these fields of a deal that enters the stage."""
        self.stage(stage_id)
        self._must_know(keys)
        wanted = list(dict.fromkeys(keys))
        if self.requirements.get(stage_id, []) != wanted:
            self._requirement_set(stage_id, wanted)

    def set_lost_reasons(self, reasons: Sequence[str]) -> None:
        """Let people choose among these reasons when a deal is lost."""
        told = [reason.strip() for reason in reasons]
        if len(told) > REASONS:
            raise BadName
        for n, reason in enumerate(told):
            must_be_name(reason, told[:n])
        if told != self.lost_reasons:
            self._lost_reasons_set(told)

    def set_link(self, rule: LinkRule) -> None:
        """Let deals begin in another pipeline; `rule.to_stage_id` is checked by who knows that."""
        for stage_id in (rule.stage_id, *rule.outcomes.values()):
            self.stage(stage_id)
        self._must_know(rule.copied)
        if rule.to_pipeline_id == self.id:
            raise BadLink
        if self.links.get(rule.id) != rule:
            self._link_rule_set(rule)

    def remove_link(self, rule_id: UUID) -> None:
        """Make no more deals by this rule."""
        if rule_id in self.links:
            self._link_rule_removed(rule_id)

    def offer_on(self, stage_id: UUID, offering: Offering) -> None:
        """Offer the deals on a stage to executors."""
        offering.must_be_usable()
        ends = [offering.claimed_stage_id, offering.expired_stage_id]
        if self.stage(stage_id).kind is not StageKind.OPEN or stage_id in ends:
            raise BadOffering
        for end in ends:
            if end is not None:
                self.stage(end)
        if stage_id in self._expiring(offering) or self._is_passed_on(stage_id, offering):
            raise BadOffering
        skill = [offering.skill_field] if offering.skill_field else []
        self._must_know([*offering.disclosed, *skill])
        must_be_template(offering.template, self.fields, offering.disclosed)
        if self.offerings.get(stage_id) != offering:
            self._offering_set(stage_id, offering)

    def _is_passed_on(self, stage_id: UUID, offering: Offering) -> bool:
        """Whether who claims would lose the order at once, because it is offered where it goes."""
        others = [rules for id, rules in self.offerings.items() if id != stage_id]
        claimed = [self.present(rules.claimed_stage_id).id for rules in others]
        return self.present(offering.claimed_stage_id).id in self.offerings or stage_id in claimed

    def _expiring(self, offering: Offering) -> list[UUID]:
        """The stages that a deal goes to by itself, one after the other, while nobody claims."""
        passed: list[UUID] = []
        following: Offering | None = offering
        while following is not None:
            stage_id = following.expired_stage_id
            if stage_id is None or stage_id in passed:
                break
            passed.append(stage_id)
            following = self.offerings.get(stage_id)
        return passed

    def end_offering(self, stage_id: UUID) -> None:
        """Offer the deals on a stage no longer."""
        if stage_id in self.offerings:
            self._offering_ended(stage_id)

    def active(self) -> list[Stage]:
        """The stages that take deals, in order."""
        return [stage for stage in self.stages.values() if stage.successor_id is None]

    def stage(self, stage_id: UUID) -> Stage:
        """One of the stages; raises NoSuchStage."""
        stage = self.stages.get(stage_id)
        if stage is None:
            raise NoSuchStage
        return stage

    def present(self, stage_id: UUID) -> Stage:
        """The stage, or the one that followed it."""
        stage = self.stage(stage_id)
        while stage.successor_id is not None:
            stage = self.stages[stage.successor_id]
        return stage

    def first(self) -> Stage:
        """Where new deals stand; raises NoSuchStage while there is no open stage."""
        for stage in self.active():
            if stage.kind is StageKind.OPEN:
                return stage
        raise NoSuchStage

    def missing(self, stage_id: UUID, values: Mapping[str, str]) -> list[str]:
        """The keys of the fields that a deal with these values lacks on entering a stage."""
        wanted = self.requirements.get(stage_id, [])
        return [key for key in wanted if key in self.fields and not values.get(key)]

    def admit(self, stage_id: UUID, values: Mapping[str, str], reason: str | None) -> Stage:
        """The stage that a deal with these values enters; raises what stands in the way.

        `reason` None: a rule moves the deal, which cannot be asked why it was lost.
        """
        stage = self.stage(stage_id)
        if stage.successor_id is not None:
            raise StageIsRetired(self.present(stage_id).name)
        missing = self.missing(stage_id, values)
        if missing:
            raise FieldsMissing(*fields.labels(self.fields, missing))
        asked = stage.kind is StageKind.LOST and self.lost_reasons and reason is not None
        if asked and reason not in self.lost_reasons:
            raise LostReasonNeeded(*self.lost_reasons)
        return stage

    def rule(self, rule_id: UUID) -> LinkRule | None:
        """A link rule, also one that makes no more deals."""
        return self.links.get(rule_id) or self.ended_links.get(rule_id)

    def _must_know(self, keys: Sequence[str]) -> None:
        unknown = [key for key in keys if key not in self.fields]
        if unknown:
            raise NoSuchField(*unknown)

    @event(Renamed)
    def _renamed(self, name: str) -> None:
        self.name = name

    @event(StageAdded)
    def _stage_added(
        self, stage_id: UUID, name: str, kind: str, before_id: UUID | None = None
    ) -> None:
        order = list(self.stages.values())
        place = next((n for n, one in enumerate(order) if one.id == before_id), len(order))
        order.insert(place, Stage(stage_id, name, StageKind(kind)))
        self.stages = {stage.id: stage for stage in order}

    @event(StageRenamed)
    def _stage_renamed(self, stage_id: UUID, name: str) -> None:
        self.stages = {
            id: replace(one, name=name) if id == stage_id else one
            for id, one in self.stages.items()
        }

    @event(StageRetired)
    def _stage_retired(self, stage_id: UUID, successor_id: UUID) -> None:
        self.stages = {
            id: replace(one, successor_id=successor_id) if id == stage_id else one
            for id, one in self.stages.items()
        }
        self.retirements[stage_id] = self.retirements.get(stage_id, 0) + 1
        self.offerings.pop(stage_id, None)

    @event(FieldDefined)
    def _field_defined(self, field: Field) -> None:
        self.fields[field.key] = field
        self.retired_fields.pop(field.key, None)

    @event(FieldRetired)
    def _field_retired(self, key: str) -> None:
        if known := self.fields.pop(key, None):
            self.retired_fields[key] = known

    @event(RequirementSet)
    def _requirement_set(self, stage_id: UUID, keys: list[str]) -> None:
        self.requirements[stage_id] = keys

    @event(LostReasonsSet)
    def _lost_reasons_set(self, reasons: list[str]) -> None:
        self.lost_reasons = reasons

    @event(LinkRuleSet)
    def _link_rule_set(self, rule: LinkRule) -> None:
        self.links[rule.id] = rule
        self.ended_links.pop(rule.id, None)

    @event(LinkRuleRemoved)
    def _link_rule_removed(self, rule_id: UUID) -> None:
        if known := self.links.pop(rule_id, None):
            self.ended_links[rule_id] = known

    @event(OfferingSet)
    def _offering_set(self, stage_id: UUID, offering: Offering) -> None:
        self.offerings[stage_id] = offering
        self.offered_on.add(stage_id)

    @event(OfferingEnded)
    def _offering_ended(self, stage_id: UUID) -> None:
        self.offerings.pop(stage_id, None)


def must_be_name(name: str, others: Sequence[str]) -> None:
    """Refuse what people could not call something, or call something else already."""
    if not 0 < len(name.strip()) <= LONGEST_NAME or name in others:
        raise BadName
