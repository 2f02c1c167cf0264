"""A batch: the same change to many deals, at a pace, that can be stopped and goes on by itself."""

from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused

FASTEST: Final = 1000


class BatchState(StrEnum):
    """Whether a batch goes on."""

    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"


class BadRate(Refused):
    """A batch changes 1 to 1000 deals a second."""


class BatchIsOver(Refused):
    """This batch has been carried out; plan another one."""


class Batch(Aggregate):
    """The deals of a retired stage go to its successor; `rate` is how many a second at most."""

    class Planned(Aggregate.Created):
        """Deals are to leave a stage."""

        pipeline_id: UUID
        from_id: UUID
        to_id: UUID
        rate: int
        by: UUID | None

    class ItemsSettled(Aggregate.Event):
        """So many were moved since the last word; `skipped` tells of each other deal why not.

        Why is a refusal and what it named, `FieldsMissing: Phone`; nothing: it was moved after all.
        """

        moved: int
        skipped: dict[str, str]

    class Paused(Aggregate.Event):
        """Somebody wants the batch to wait."""

        by: UUID | None

    class Resumed(Aggregate.Event):
        """The batch goes on."""

        by: UUID | None

    class Completed(Aggregate.Event):
        """No deal is left to be changed."""

    @event(Planned)
    def __init__(  # noqa: PLR0913 - the fields of the event
        self,
        id: UUID,
        workspace_id: UUID,
        timestamp: datetime,
        pipeline_id: UUID,
        from_id: UUID,
        to_id: UUID,
        rate: int,
        by: UUID | None,
    ) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.pipeline_id = pipeline_id
        self.from_id = from_id
        self.to_id = to_id
        self.rate = rate
        self.by = by
        self.state = BatchState.RUNNING
        self.moved = 0
        self.skipped: dict[str, str] = {}

    def settle(self, moved: int, skipped: dict[str, str]) -> None:
        """Know how many deals were moved in all, and how some of the others fared."""
        more = max(0, moved - self.moved)
        news = {id: why for id, why in skipped.items() if self.skipped.get(id, "") != why}
        if more or news:
            self._items_settled(more, news)

    def pause(self, by: UUID | None) -> None:
        """Wait."""
        if self.state is BatchState.COMPLETED:
            raise BatchIsOver
        if self.state is BatchState.RUNNING:
            self._paused(by)

    def resume(self, by: UUID | None) -> None:
        """Go on."""
        if self.state is BatchState.COMPLETED:
            raise BatchIsOver
        if self.state is BatchState.PAUSED:
            self._resumed(by)

    def complete(self) -> None:
        """Be done."""
        if self.state is not BatchState.COMPLETED:
            self._completed()

    @event(ItemsSettled)
    def _items_settled(self, moved: int, skipped: dict[str, str]) -> None:
        self.moved += moved
        told = {**self.skipped, **skipped}
        self.skipped = {id: why for id, why in told.items() if why}

    @event(Paused)
    def _paused(self, by: UUID | None) -> None:
        self.state = BatchState.PAUSED

    @event(Resumed)
    def _resumed(self, by: UUID | None) -> None:
        self.state = BatchState.RUNNING

    @event(Completed)
    def _completed(self) -> None:
        self.state = BatchState.COMPLETED


def must_be_rate(rate: int) -> None:
    """Refuse a pace at which nothing or everything would happen."""
    if not 1 <= rate <= FASTEST:
        raise BadRate


def retirement_of(stage_id: UUID, n: int) -> UUID:
    """The id of the batch that empties a stage after its n-th retirement, from 1."""
    return uuid5(stage_id, f"retirement:{n}")
