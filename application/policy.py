"""A policy: whenever this happened, these commands, letters and timers follow."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, TypeAlias, TypedDict
from uuid import UUID

from application.desk import Command
from application.ports import Letter, Past
from domain.events import Recorded


@dataclass(frozen=True, slots=True)
class Timer:
    """A command to be carried out when it falls due; its command id makes it unique."""

    due_at: datetime
    command: Command


Consequence: TypeAlias = Command | Letter | Timer


class Follow(TypedDict):
    """What every command that follows from an event is told."""

    workspace_id: UUID
    command_id: str
    actor: str
    at: datetime
    cause: int


class Policy(ABC):
    """A function of the log alone: the same event always has the same consequences."""

    name: ClassVar[str]

    def follow(self, happened: Recorded, n: int, at: datetime | None = None) -> Follow:
        """For the n-th command that follows from the event: the same at every repetition."""
        return Follow(
            workspace_id=happened.event.workspace_id,
            command_id=f"policy:{self.name}:{happened.position}:{n}",
            actor=f"policy:{self.name}",
            at=at or happened.recorded_at,
            cause=happened.position,
        )

    @abstractmethod
    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        """Say what must be done about it, if anything."""
