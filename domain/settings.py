"""Settings: by which rules a company works; until one is set, those of `Rules`."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused
from domain.hours import Hours, must_be_hours

WEEK: Final = 7 * 24 * 60  # minutes
LONGEST: Final = 366 * 24 * 60  # minutes
LONGEST_TEXT: Final = 1000
CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
EVERY: Final = frozenset({"never", "day", "week", "month"})
MODES: Final = frozenset({"manual", "activity"})


class Routing(StrEnum):
    """Who answers for a new ticket: the first to comment, who claims it, or who has least to do."""

    FIRST_ANSWER = "first_answer"
    MANUAL = "manual"
    AUTOMATIC = "automatic"


class Text(StrEnum):
    """What a company may say in its own words."""

    GREETING = "greeting"
    ACCEPTED = "accepted"
    OUT_OF_HOURS = "out_of_hours"
    RATE_PLEASE = "rate_please"
    BLOCKED = "blocked"


class BadSetting(Refused):
    """This value cannot be used: times are whole minutes up to a year, texts up to 1000 signs."""


@dataclass(slots=True)
class Rules:
    """The rules in force; `hours` None is around the clock, targets are minutes or None.

    A client may reopen a ticket for `reopen_within` minutes after its closing (0: never), by a
    reply to it too if `reopen_by_reply`. `signing`: managers may name themselves to clients.
    Who is silent for `silence` minutes is asked, and is gone without an answer in `answer` seconds
    (only in the mode `activity`).
    """

    hours: Hours | None = None
    first_reaction: int | None = None
    closing: int | None = None
    texts: dict[str, str] = field(default_factory=dict[str, str])
    report_every: str = "never"
    report_at: str = "09:00"
    presence: str = "manual"
    silence: int = 15
    answer: int = 60
    routing: Routing = Routing.FIRST_ANSWER
    reopen_within: int = WEEK
    reopen_by_reply: bool = True
    signing: bool = False


def settings_of(workspace_id: UUID) -> UUID:
    """The id of the company's settings."""
    return uuid5(workspace_id, "settings")


class Settings(Aggregate):
    """One for each workspace, from the first change on."""

    class Begun(Aggregate.Created):
        """The company began to set rules of its own."""

    class HoursSet(Aggregate.Event):
        """The company is there at these hours: a zone, and each weekday's intervals from Monday."""

        zone: str
        week: list[list[str]]

    class TargetsSet(Aggregate.Event):
        """In so many minutes a client should be answered first, and a ticket closed."""

        first_reaction: int | None
        closing: int | None

    class TextsSet(Aggregate.Event):
        """The company says these things in its own words."""

        texts: dict[str, str]

    class ReportScheduled(Aggregate.Event):
        """A report is wanted every day, week or month (or never), at this time of the company."""

        every: str
        clock: str

    class PresencePolicySet(Aggregate.Event):
        """Presence is stated by hand, or asked after so many minutes without activity."""

        mode: str
        silence: int
        answer: int

    class RoutingPolicySet(Aggregate.Event):
        """New tickets find their manager by this rule."""

        rule: str

    class ReopeningSet(Aggregate.Event):
        """Clients may reopen a ticket for so many minutes, by a reply to it as well or not."""

        within: int
        by_reply: bool

    class SigningSet(Aggregate.Event):
        """Managers may, or may not, name themselves to clients."""

        allowed: bool

    @event(Begun)
    def __init__(self, id: UUID, workspace_id: UUID, timestamp: datetime) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.rules = Rules()

    def set_hours(self, zone: str, week: list[list[str]]) -> None:
        """Be there at these hours."""
        must_be_hours(zone, week)
        if self.rules.hours != Hours(zone, week):
            self._hours_set(zone, week)

    def set_targets(self, first_reaction: int | None, closing: int | None) -> None:
        """Want the first answer and the closing in so many minutes."""
        for target in (first_reaction, closing):
            _must_be(target is None or 1 <= target <= LONGEST)
        if (first_reaction, closing) != (self.rules.first_reaction, self.rules.closing):
            self._targets_set(first_reaction, closing)

    def set_texts(self, texts: dict[str, str]) -> None:
        """Say these things in the company's own words, and all others in ours."""
        told = {kind: text.strip() for kind, text in texts.items() if text.strip()}
        _must_be(set(texts) <= set(Text) and all(len(t) <= LONGEST_TEXT for t in told.values()))
        if told != self.rules.texts:
            self._texts_set(told)

    def schedule_report(self, every: str, clock: str) -> None:
        """Want a report so often, at this time of day."""
        _must_be(every in EVERY and CLOCK.fullmatch(clock) is not None)
        if (every, clock) != (self.rules.report_every, self.rules.report_at):
            self._report_scheduled(every, clock)

    def set_presence_policy(self, mode: str, silence: int, answer: int) -> None:
        """Ask who is silent for so many minutes, and give them so many seconds."""
        _must_be(mode in MODES and 1 <= silence <= LONGEST and 1 <= answer <= LONGEST)
        if (mode, silence, answer) != (self.rules.presence, self.rules.silence, self.rules.answer):
            self._presence_policy_set(mode, silence, answer)

    def set_routing_policy(self, rule: Routing) -> None:
        """Let new tickets find their manager by this rule."""
        if rule is not self.rules.routing:
            self._routing_policy_set(rule)

    def set_reopening(self, within: int, *, by_reply: bool) -> None:
        """Let clients reopen a ticket for so many minutes, 0: never."""
        _must_be(0 <= within <= LONGEST)
        if (within, by_reply) != (self.rules.reopen_within, self.rules.reopen_by_reply):
            self._reopening_set(within, by_reply)

    def set_signing(self, *, allowed: bool) -> None:
        """Allow managers to name themselves, or not."""
        if allowed != self.rules.signing:
            self._signing_set(allowed)

    @event(HoursSet)
    def _hours_set(self, zone: str, week: list[list[str]]) -> None:
        self.rules.hours = Hours(zone, week)

    @event(TargetsSet)
    def _targets_set(self, first_reaction: int | None, closing: int | None) -> None:
        self.rules.first_reaction, self.rules.closing = first_reaction, closing

    @event(TextsSet)
    def _texts_set(self, texts: dict[str, str]) -> None:
        self.rules.texts = texts

    @event(ReportScheduled)
    def _report_scheduled(self, every: str, clock: str) -> None:
        self.rules.report_every, self.rules.report_at = every, clock

    @event(PresencePolicySet)
    def _presence_policy_set(self, mode: str, silence: int, answer: int) -> None:
        self.rules.presence, self.rules.silence, self.rules.answer = mode, silence, answer

    @event(RoutingPolicySet)
    def _routing_policy_set(self, rule: str) -> None:
        self.rules.routing = Routing(rule)

    @event(ReopeningSet)
    def _reopening_set(self, within: int, by_reply: bool) -> None:  # noqa: FBT001
        self.rules.reopen_within, self.rules.reopen_by_reply = within, by_reply

    @event(SigningSet)
    def _signing_set(self, allowed: bool) -> None:  # noqa: FBT001
        self.rules.signing = allowed


def _must_be(true: bool) -> None:  # noqa: FBT001
    if not true:
        raise BadSetting
