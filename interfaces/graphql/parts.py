"""What the API is made of, and what it expects of the outside."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeAlias
from uuid import UUID

from application.desk import Desk
from interfaces.graphql.bots import BotOffice, BotTurns, Inspector
from interfaces.graphql.masking import Masking
from projections.audit import Audit
from projections.feed import Feed
from projections.freshness import Freshness
from projections.models import Models


class Keys(Protocol):
    """Issues keys; the same for the same name."""

    async def admin(self, workspace_id: UUID, name: str) -> str:
        """A key for an admin of the workspace."""
        ...

    def invitation(self, workspace_id: UUID, name: str) -> str:
        """The secret code of an invitation."""
        ...


class Subject(NamedTuple):
    """An aggregate after some event: its kind and what its fields were, as JSON."""

    subject: UUID
    kind: str
    version: int
    data: Mapping[str, Any]


Past: TypeAlias = Callable[[UUID, UUID, int | None, int | None], Awaitable[Subject | None]]
"""An aggregate of a workspace, up to and with a version or a position of the log."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the API is made of, shared by all requests."""

    desk: Desk
    models: Models
    audit: Audit
    freshness: Freshness
    feed: Feed
    past: Past
    keys: Keys
    bots: BotOffice
    turns: BotTurns
    inspector: Inspector
    now: Callable[[], datetime]
    masked: Masking
