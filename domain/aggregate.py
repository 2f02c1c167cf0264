"""What every aggregate shares: its workspace, its clock, and refusals told in the field's words."""

from datetime import datetime
from typing import Any
from uuid import UUID

from eventsourcing.domain import Aggregate as EventSourcedAggregate
from typing_extensions import override


class Refused(Exception):
    """The domain says no; the docstring of the refusal is told to whoever asked.

    `named` are the things that stand in the way, as people call them.
    """

    def __init__(self, *named: str) -> None:
        told = type(self).__doc__ or ""
        super().__init__(f"{told.rstrip('.')}: {', '.join(named)}." if named else told)
        self.named = named


class Aggregate(EventSourcedAggregate):
    """Something with an identity in one workspace, whose state is what happened to it.

    `at` is the moment of the command that is being carried out, and while an event is applied the
    moment of that event; whoever hands the aggregate to a command sets it, so that no decision
    asks a clock.
    """

    workspace_id: UUID
    at: datetime

    class Event(EventSourcedAggregate.Event):
        """Something that happened in a workspace; recorded once, never changed."""

        workspace_id: UUID

        @override
        def mutate(self, aggregate: Any) -> Any:
            if aggregate is not None:
                aggregate.at = self.timestamp
            return super().mutate(aggregate)

    class Created(Event, EventSourcedAggregate.Created):
        """The first thing that happened."""

    @override
    def trigger_event(self, event_class: type[Any], **kwargs: Any) -> None:
        super().trigger_event(
            event_class, workspace_id=self.workspace_id, timestamp=self.at, **kwargs
        )
