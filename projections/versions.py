"""Versions of messages that were edited: what each read, from the first."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from projections.projection import Table


class VersionRow(NamedTuple):
    """What a message read from a moment on; an album reads as its items' captions together."""

    message_id: UUID
    version: int
    at: datetime
    text: str


@dataclass(slots=True)
class StoredVersion:
    """What the table of versions keeps."""

    workspace_id: UUID
    message_id: UUID
    version: int
    at: datetime
    text: str


VERSIONS = Table("message_versions", StoredVersion, ("workspace_id", "message_id", "version"))
