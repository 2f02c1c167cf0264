"""Aggregates as they were, folded from their events: the answer behind GraphQL's `state`."""

from uuid import UUID

import msgspec

from domain.events import Recorded, UnknownTopic, fold
from interfaces.graphql.parts import Subject
from projections.audit import Audit


class History:
    """Asks the log for all that happened to one aggregate."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit

    async def __call__(
        self, workspace_id: UUID, stream_id: UUID, version: int | None, position: int | None
    ) -> Subject | None:
        """The aggregate up to and with a version or a position; None before its first event."""
        aggregate = None
        entries = await self._audit.history(
            workspace_id, stream_id, version=version, position=position
        )
        for entry in entries:
            if not isinstance(entry, Recorded):
                raise UnknownTopic(entry.topic)
            aggregate = fold(aggregate, entry.event)
        if aggregate is None:
            return None
        told = {name: value for name, value in vars(aggregate).items() if name[0] != "_"}
        data = msgspec.to_builtins(told, str_keys=True)
        return Subject(stream_id, type(aggregate).__name__, aggregate.version, data)
