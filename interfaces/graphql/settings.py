# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Settings: the rules by which the company works."""

from enum import StrEnum
from typing import NamedTuple

import strawberry

from projections.rules import RulesRow


@strawberry.enum
class TextKind(StrEnum):
    """What a company may say in its own words."""

    GREETING = "greeting"
    ACCEPTED = "accepted"
    OUT_OF_HOURS = "out_of_hours"
    RATE_PLEASE = "rate_please"
    BLOCKED = "blocked"


@strawberry.enum
class ReportEvery(StrEnum):
    """How often a report is wanted."""

    NEVER = "never"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@strawberry.enum
class PresenceMode(StrEnum):
    """How it is known who is at work: by what they say, or by what they do as well."""

    MANUAL = "manual"
    ACTIVITY = "activity"


@strawberry.enum
class RoutingRule(StrEnum):
    """Who answers for a new ticket: the first to comment, who claims it, who has least to do."""

    FIRST_ANSWER = "first_answer"
    MANUAL = "manual"
    AUTOMATIC = "automatic"


class OwnText(NamedTuple):
    """One thing that the company says in its own words."""

    kind: str
    text: str


@strawberry.type
class SettingText:
    """What the company says in its own words; all else is said in ours."""

    kind: TextKind
    text: str


async def _texts(row: strawberry.Parent[RulesRow]) -> list[OwnText]:
    return [OwnText(kind, text) for kind, text in row.texts.items()]


@strawberry.type
class Settings:
    """The rules in force; targets, `silence` and `reopenWithin` in minutes, `answer` in seconds.

    Without a `zone` the company is there around the clock; `week` has each day's intervals, from
    Monday. A client may reopen a ticket for `reopenWithin` minutes (0: never). In the mode ACTIVITY
    who is silent for `silence` minutes is asked, and is gone without an answer in `answer` seconds.
    """

    zone: str | None
    week: list[list[str]]
    first_reaction: int | None
    closing: int | None
    texts: list[SettingText] = strawberry.field(resolver=_texts, graphql_type=list[SettingText])
    report_every: ReportEvery
    report_at: str
    presence: PresenceMode
    silence: int
    answer: int
    routing: RoutingRule
    reopen_within: int
    reopen_by_reply: bool
    signing: bool = strawberry.field(description="Whether managers may name themselves to clients.")
