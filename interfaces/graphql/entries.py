"""Entries of the log, as the API shows them."""

import dataclasses
from datetime import datetime
from uuid import UUID

import msgspec

from projections.log import Entry, Undecodable

IN_COLUMNS = {"originator_id", "originator_version", "originator_topic", "workspace_id"}


class EventRow:
    """An entry of the log as the API shows it; an unreadable one shows its raw text."""

    __slots__ = ("_entry",)

    def __init__(self, entry: Entry) -> None:
        self._entry = entry

    @property
    def cursor(self) -> int:
        """Where a page after this event begins."""
        return self._entry.position

    @property
    def position(self) -> int:
        """The place in the log."""
        return self._entry.position

    @property
    def kind(self) -> str:
        """The name, as `Ticket.Opened`."""
        if isinstance(self._entry, Undecodable):
            return self._entry.topic.partition("#")[0]
        return type(self._entry.event).__qualname__

    @property
    def subject(self) -> UUID:
        """The aggregate that it happened to."""
        if isinstance(self._entry, Undecodable):
            return self._entry.stream_id
        return self._entry.event.originator_id

    @property
    def version(self) -> int:
        """The place in the aggregate's own history."""
        if isinstance(self._entry, Undecodable):
            return self._entry.version
        return self._entry.event.originator_version

    @property
    def recorded_at(self) -> datetime:
        """When the log took it."""
        return self._entry.recorded_at

    @property
    def at(self) -> datetime | None:
        """When it happened, for whoever ordered it."""
        return None if isinstance(self._entry, Undecodable) else self._entry.event.timestamp

    @property
    def actor(self) -> str:
        """Who ordered it."""
        return self._entry.actor

    @property
    def cause(self) -> int | None:
        """The position of the event that led to it."""
        return self._entry.cause

    @property
    def command_id(self) -> str:
        """The order that it came from."""
        return self._entry.command_id

    @property
    def data(self) -> object:
        """Its own fields."""
        if isinstance(self._entry, Undecodable):
            raw = self._entry.state.decode("utf-8", "replace")
            return {"error": self._entry.error, "raw": raw}
        event = self._entry.event
        told = {
            f.name: event.__dict__[f.name]
            for f in dataclasses.fields(event)
            if f.name not in IN_COLUMNS and f.name != "timestamp"
        }
        return msgspec.to_builtins(told)
