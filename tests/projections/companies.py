"""Companies of the market: what each has, and with what it begins."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.batches import Batch
from domain.contacts import Contact
from domain.deals import Deal
from domain.executors import Executor
from domain.fields import Field, FieldKind
from domain.offers import Offer
from domain.pipelines import Pipeline
from domain.slots import Slot
from domain.stages import StageKind

KINDS = (StageKind.OPEN, StageKind.OPEN, StageKind.WON, StageKind.LOST)


@dataclass
class Company:
    """What one company has on the market."""

    id: UUID
    pipelines: list[Pipeline]
    slots: list[Slot]
    contacts: list[Contact] = field(default_factory=list[Contact])
    executors: list[Executor] = field(default_factory=list[Executor])
    deals: list[Deal] = field(default_factory=list[Deal])
    offers: list[Offer] = field(default_factory=list[Offer])
    batches: list[Batch] = field(default_factory=list[Batch])


def found(new_id: Callable[[], UUID], now: datetime) -> Company:
    """A company with two pipelines of four stages, and three slots."""
    company = new_id()
    pipelines = [Pipeline(new_id(), company, now, name) for name in ("Sales", "Works")]
    for pipeline in pipelines:
        for n, kind in enumerate(KINDS):
            pipeline.add_stage(new_id(), f"Stage {n}", kind, None)
        pipeline.define_field(Field("phone", "Phone", FieldKind.PHONE))
        pipeline.define_field(Field("note", "Note"))
        pipeline.set_lost_reasons(["price"])
    slots = [Slot(new_id(), company, now, f"Seat {n}", new_id()) for n in range(3)]
    return Company(company, pipelines, slots)
