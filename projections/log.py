"""Entries of the event log as readers see them: decoded, or told why they cannot be."""

from collections.abc import Iterable
from datetime import datetime
from typing import LiteralString, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

from domain.events import Recorded, UnknownTopic, decode

COLUMNS: LiteralString = (
    "notification_id, recorded_at, workspace_id, originator_id, originator_version,"
    " topic, state, command_id, actor, cause"
)

RawEntry: TypeAlias = tuple[
    int, datetime, UUID, UUID, int, str, bytes, str, str, int | None
]  # in the order of COLUMNS


class Undecodable(NamedTuple):
    """An event that this release cannot read, as it stands in the log."""

    position: int
    recorded_at: datetime
    workspace_id: UUID
    stream_id: UUID
    version: int
    topic: str
    state: bytes
    error: str
    command_id: str = ""
    actor: str = ""
    cause: int | None = None


Entry: TypeAlias = Recorded | Undecodable


def read(rows: Iterable[RawEntry]) -> list[Entry]:
    """Each row of `COLUMNS` as an entry; an event that cannot be decoded is no error here."""
    return [_entry(*row) for row in rows]


def _entry(  # noqa: PLR0913 - the columns of the log
    position: int,
    recorded_at: datetime,
    workspace_id: UUID,
    stream_id: UUID,
    version: int,
    topic: str,
    state: bytes,
    command_id: str,
    actor: str,
    cause: int | None,
) -> Entry:
    try:
        event = decode(topic, state, workspace_id, stream_id, version)
    except (UnknownTopic, msgspec.MsgspecError, ValueError, TypeError, LookupError) as error:
        told = f"{type(error).__name__}: {error}"
        place = (position, recorded_at, workspace_id, stream_id, version, topic, state)
        return Undecodable(*place, told, command_id, actor, cause)
    return Recorded(position, recorded_at, event, command_id, actor, cause)


def stream_of(entry: Entry) -> tuple[UUID, UUID]:
    """The workspace and the aggregate that the entry belongs to."""
    if isinstance(entry, Undecodable):
        return entry.workspace_id, entry.stream_id
    return entry.event.workspace_id, entry.event.originator_id
