"""Contests: how attempts to claim an offer end, and why."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Outcome(StrEnum):
    """How a press of «claim» ended; `waiting` until a fair window is over."""

    WON = "won"
    LOST = "lost"
    REPEATED = "repeated"
    WAITING = "waiting"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why somebody did not get an offer, or not a phone."""

    NONE = ""
    TAKEN = "taken"
    WAITED_LESS = "waited_less"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    GIVEN_BACK = "given_back"
    NOT_MEMBER = "not_member"
    BARRED = "barred"
    NOT_ALLOWED = "not_allowed"
    LACKS_SKILL = "lacks_skill"
    TOO_MANY = "too_many"
    COOLING_DOWN = "cooling_down"
    TOO_MANY_PHONES = "too_many_phones"
    NO_PHONE = "no_phone"


class Contender(NamedTuple):
    """Somebody who waits in a fair window: when they last got an order, what hinders them now."""

    won_at: datetime | None
    hindrance: Reason


class Attempt(NamedTuple):
    """What whoever pressed is told; `winner_id` has the order then."""

    outcome: Outcome
    reason: Reason = Reason.NONE
    winner_id: UUID | None = None
