"""Stages: the steps of a pipeline, and what stands in the way onto one."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.aggregate import Refused


class StageKind(StrEnum):
    """What it means for a deal to stand on a stage."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a pipeline; a retired one has a `successor_id` and takes no more deals."""

    id: UUID
    name: str
    kind: StageKind = StageKind.OPEN
    successor_id: UUID | None = None


class NoSuchStage(Refused):
    """The pipeline has no such stage; look at its stages again."""


class StageIsRetired(Refused):
    """This stage takes no more deals; use the one that followed it."""


class FieldsMissing(Refused):
    """Fill in these fields first."""


class LostReasonNeeded(Refused):
    """Say why the deal was lost, by one of the reasons."""
