"""Contention: how hard a company's orders are fought for, and who gets them."""

from typing import NamedTuple
from uuid import UUID


class ContenderRow(NamedTuple):
    """How one executor fared; `share` is their part of all claimed offers, 0 to 1.

    `reaction` is the median of the seconds from a publication to their press.
    """

    executor_id: UUID
    presses: int
    won: int
    lost: int
    refused: int
    repeated: int
    given_back: int
    phones: int
    share: float
    reaction: float | None


class ContentionRow(NamedTuple):
    """What became of the offers that were published in a period; all times are in seconds.

    `contested` had presses of more than one executor. `claim_*` pass from the publication to the
    claim, `phone_median` to an executor's first question for the phone; `behind_*` are how much
    later than the winner the losers pressed.
    """

    published: int
    claimed: int
    contested: int
    expired: int
    withdrawn: int
    given_back: int
    presses: int
    most_presses: int
    claim_median: float | None
    claim_p90: float | None
    behind_median: float | None
    behind_p90: float | None
    phone_median: float | None
    contenders: list[ContenderRow]
