"""Triage: how much a ticket matters, and the words that mark it."""

from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.aggregate import Aggregate, Refused

TAGS: Final = 20
TAG_LENGTH: Final = 40


class Priority(StrEnum):
    """How much a ticket matters; the order is that of the queue."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class TooManyTags(Refused):
    """A ticket has at most twenty tags of up to 40 characters; remove one first."""


class Tagged(Aggregate.Event):
    """The staff marked the ticket with a word."""

    tag: str
    by: UUID | None


class Untagged(Aggregate.Event):
    """The staff took a mark away."""

    tag: str
    by: UUID | None


class PriorityChanged(Aggregate.Event):
    """The staff gave the ticket another priority."""

    priority: str
    by: UUID | None
