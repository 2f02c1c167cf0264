"""Offering: by which rules the deals of a search stage are offered to executors."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.aggregate import Refused

LONGEST: Final = 366 * 24 * 60  # minutes
WINDOW: Final = 600  # seconds
STEPS: Final = 10
TEMPLATE: Final = 3000


class Act(StrEnum):
    """What is done when nobody claims for a while."""

    REPEAT = "repeat"
    CHAT = "chat"
    MANAGER = "manager"


class Datum(StrEnum):
    """What the deal may learn of its executor."""

    NAME = "name"
    USERNAME = "username"
    PHONE = "phone"
    TELEGRAM_ID = "telegram_id"


class BadOffering(Refused):
    """These rules cannot be used: minutes are whole and up to a year, a fair window is up to 600 seconds."""  # noqa: E501 - one sentence for people


@dataclass(frozen=True, slots=True)
class Step:
    """So many minutes after the publication, while nobody has claimed: this; `chat_id` for CHAT."""

    after: int
    act: Act
    chat_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """How deals of one stage are offered; the claimed ones go to `claimed_stage_id`.

    `chat_id` None is the company's main executors' chat. `template` is the card, with `{title}`,
    `{number}` and the keys of fields in braces; empty: all fields that may be shown. `disclosed`
    are keys of fields told only in private, with the phone. `sent` is what the deal learns of its
    executor. `skill_field`: the field that names the skill that is needed. An executor may hold
    `at_once` orders, waits `cool_down` minutes after giving one back, and sees `reveals` phones an
    hour (0: any number). `window` seconds from the first press on, the one who waited longest
    for an order wins; 0: who presses first. After `expires` minutes (0: never) the offer ends, and
    the deal goes to `expired_stage_id`.
    """

    claimed_stage_id: UUID
    chat_id: int | None = None
    template: str = ""
    disclosed: list[str] = field(default_factory=list[str])
    sent: list[Datum] = field(default_factory=lambda: list(Datum))
    tells_winner: bool = True
    skill_field: str = ""
    allow_listed: bool = False
    at_once: int = 0
    cool_down: int = 0
    reveals: int = 20
    window: int = 0
    ladder: list[Step] = field(default_factory=list[Step])
    expires: int = 0
    expired_stage_id: UUID | None = None

    def must_be_usable(self) -> None:
        """Refuse rules that nobody could work by."""
        numbers = (self.at_once, self.cool_down, self.reveals, self.expires)
        after = [step.after for step in self.ladder]
        fit = all(0 <= number <= LONGEST for number in [*numbers, *after])
        rising = after == sorted(after) and all(after) and len(after) <= STEPS
        placed = all((step.act is Act.CHAT) is (step.chat_id is not None) for step in self.ladder)
        short = len(self.template) <= TEMPLATE and 0 <= self.window <= WINDOW
        if not (fit and rising and placed and short):
            raise BadOffering
