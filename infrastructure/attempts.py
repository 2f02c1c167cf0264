"""What is known of one piece of work in a lane: how it came, and how the attempt ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple, TypeAlias

LONGEST_REST: Final = 60.0

Lane: TypeAlias = tuple[int, int]
"""A bot's id and a chat's id."""


class Tried(StrEnum):
    """What is known of a try that did not settle the item."""

    NEVER = "never"
    """Nothing was done."""
    KEPT = "kept"
    """As before."""
    NOW = "now"
    """It may have been done."""


class Attempt(NamedTuple):
    """An item to work on; `since` is how many seconds ago a try began whose end is unknown."""

    bot_id: int
    chat_id: int
    id: int
    attempts: int
    since: float | None
    content: tuple[Any, ...]

    @property
    def doubt(self) -> Tried:
        """What is still known when this try did nothing: an earlier one may have done it."""
        return Tried.NEVER if self.since is None else Tried.KEPT


class Sent(NamedTuple):
    """What Telegram made of a letter: the bot that it took it from, and its messages in order."""

    bot_id: int
    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class End:
    """How an attempt ended: with an `outcome` the item is settled, else it is tried again.

    The lane rests for `rest` seconds in any case. `sent` is kept with a letter, so that only its
    report is made again.
    """

    outcome: str | None = None
    error: str | None = None
    rest: float = 0.0
    counted: bool = True
    tried: Tried = Tried.KEPT
    sent: Sent | None = None


def later(error: str, rest: float, *, counted: bool = True, tried: Tried = Tried.NEVER) -> End:
    """Try the same item again after a rest."""
    return End(None, error, rest, counted=counted, tried=tried)


def not_yet(attempt: Attempt, rest: float) -> End:
    """It was too soon: the same item after a rest, as if nobody had looked at it."""
    return End(None, None, rest, counted=False, tried=attempt.doubt)


def endings(items: Sequence[tuple[int, End]]) -> dict[str, list[Any]]:
    """How these items ended, by id, as the columns that a queue settles from."""
    return {
        "ids": [id_ for id_, _ in items],
        "outcomes": [end.outcome for _, end in items],
        "errors": [end.error for _, end in items],
        "counted": [int(end.counted) for _, end in items],
        "tried": [end.tried.value for _, end in items],
        "senders": [end.sent and end.sent.bot_id for _, end in items],
        "pieces": [end.sent and _array(end.sent.messages) for _, end in items],
    }


def _array(numbers: Sequence[int]) -> str:
    return f"{{{','.join(map(str, numbers))}}}"


def back_off(attempts: int) -> float:
    """The rest after so many failures, in seconds: 0.5, 1, 2 … 60."""
    return min(0.5 * 2.0 ** min(attempts, 10), LONGEST_REST)
