"""Links: a deal that comes to a stage makes a deal in another pipeline, and hears of its outcome.

No loop is possible: every move remembers the rules that led to it, a rule never acts on what it
has led to, and no chain is longer than `DEPTH`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.aggregate import Refused

DEPTH: Final = 8


class BadLink(Refused):
    """A link leads from a stage of this pipeline into another one, and back to stages of this."""


@dataclass(frozen=True, slots=True)
class LinkRule:
    """On `stage_id` a deal begins in `to_pipeline_id` on `to_stage_id`, with the `copied` fields.

    `outcomes`: when the linked deal comes to a stage (key, an id), the first one goes to another.
    `slot_id`: whose the linked deals are; None: nobody's yet.
    """

    id: UUID
    stage_id: UUID
    to_pipeline_id: UUID
    to_stage_id: UUID
    outcomes: dict[str, UUID]
    copied: list[str]
    slot_id: UUID | None = None


def may_follow(rule_id: UUID, trail: Sequence[UUID]) -> bool:
    """Whether a rule may act on a move that these rules have led to."""
    return rule_id not in trail and len(trail) < DEPTH
