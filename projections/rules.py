"""Rules: how each company works; until one is set, those that everybody begins with."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple, Self
from uuid import UUID

from domain.events import Recorded
from domain.hours import Hours
from domain.settings import Rules, Settings
from projections.projection import Fold, Key, Rows, Table

USUAL: Final = Rules()


class RulesRow(NamedTuple):
    """The rules in force; see `domain.settings.Rules` for the units. No `zone`: always open."""

    workspace_id: UUID
    zone: str | None
    week: list[list[str]]
    first_reaction: int | None
    closing: int | None
    texts: dict[str, str]
    report_every: str
    report_at: str
    presence: str
    silence: int
    answer: int
    routing: str
    reopen_within: int
    reopen_by_reply: bool
    signing: bool

    @classmethod
    def usual(cls, workspace_id: UUID) -> Self:
        """The rules of a company that has set none."""
        stored = StoredRules(workspace_id)
        return cls(*(getattr(stored, name) for name in cls._fields))

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there for clients at this moment."""
        return self.zone is None or Hours(self.zone, self.week).are_open(at)

    def next_opening(self, at: datetime) -> datetime | None:
        """When somebody is there again; None if always or never."""
        return None if self.zone is None else Hours(self.zone, self.week).next_opening(at)


@dataclass(slots=True)
class StoredRules:
    """What the table of rules keeps."""

    workspace_id: UUID
    zone: str | None = None
    week: list[list[str]] = field(default_factory=list[list[str]])
    first_reaction: int | None = USUAL.first_reaction
    closing: int | None = USUAL.closing
    texts: dict[str, str] = field(default_factory=dict[str, str])
    report_every: str = USUAL.report_every
    report_at: str = USUAL.report_at
    presence: str = USUAL.presence
    silence: int = USUAL.silence
    answer: int = USUAL.answer
    routing: str = USUAL.routing.value
    reopen_within: int = USUAL.reopen_within
    reopen_by_reply: bool = USUAL.reopen_by_reply
    signing: bool = USUAL.signing


RULES = Table("workspace_rules", StoredRules, ("workspace_id",))
fold = Fold()


def _key(event: Settings.Event) -> Key:
    return (event.workspace_id,)


def _change(event: Settings.Event, rows: Rows) -> StoredRules:
    rules = rows.change(RULES, event.workspace_id)
    if rules is None:
        raise LookupError(f"the settings of {event.workspace_id} were never begun")
    return rules


@fold.on(Settings.Begun)
def _begun(_: Recorded, event: Settings.Begun, rows: Rows) -> None:
    rows.put(RULES, StoredRules(event.workspace_id))


@fold.on(Settings.HoursSet, reads=[(RULES, _key)])
def _hours_set(_: Recorded, event: Settings.HoursSet, rows: Rows) -> None:
    rules = _change(event, rows)
    rules.zone, rules.week = event.zone, event.week


@fold.on(Settings.TargetsSet, reads=[(RULES, _key)])
def _targets_set(_: Recorded, event: Settings.TargetsSet, rows: Rows) -> None:
    rules = _change(event, rows)
    rules.first_reaction, rules.closing = event.first_reaction, event.closing


@fold.on(Settings.TextsSet, reads=[(RULES, _key)])
def _texts_set(_: Recorded, event: Settings.TextsSet, rows: Rows) -> None:
    _change(event, rows).texts = event.texts


@fold.on(Settings.ReportScheduled, reads=[(RULES, _key)])
def _report_scheduled(_: Recorded, event: Settings.ReportScheduled, rows: Rows) -> None:
    rules = _change(event, rows)
    rules.report_every, rules.report_at = event.every, event.clock


@fold.on(Settings.PresencePolicySet, reads=[(RULES, _key)])
def _presence_policy_set(_: Recorded, event: Settings.PresencePolicySet, rows: Rows) -> None:
    rules = _change(event, rows)
    rules.presence, rules.silence, rules.answer = event.mode, event.silence, event.answer


@fold.on(Settings.RoutingPolicySet, reads=[(RULES, _key)])
def _routing_policy_set(_: Recorded, event: Settings.RoutingPolicySet, rows: Rows) -> None:
    _change(event, rows).routing = event.rule


@fold.on(Settings.ReopeningSet, reads=[(RULES, _key)])
def _reopening_set(_: Recorded, event: Settings.ReopeningSet, rows: Rows) -> None:
    rules = _change(event, rows)
    rules.reopen_within, rules.reopen_by_reply = event.within, event.by_reply


@fold.on(Settings.SigningSet, reads=[(RULES, _key)])
def _signing_set(_: Recorded, event: Settings.SigningSet, rows: Rows) -> None:
    _change(event, rows).signing = event.allowed
