"""A policy: whenever this happened, these commands, letters and timers follow."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, TypeAlias

from application.desk import Command
from application.ports import Letter, Past
from domain.events import Recorded


@dataclass(frozen=True, slots=True)
class Timer:
    """A command to be carried out when it falls due; its command id makes it unique."""

    due_at: datetime
    command: Command


Consequence: TypeAlias = Command | Letter | Timer


class Policy(ABC):
    """A function of the log alone: the same event always has the same consequences."""

    name: ClassVar[str]

    @abstractmethod
    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        """Say what must be done about it, if anything."""
