"""Deals as lists show them: one row each."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.cards import NUMBERS
from domain.deals import Deal
from domain.events import Recorded
from domain.stages import StageKind
from projections import phones, words
from projections.projection import Fold, Rows, Table


class DealRow(NamedTuple):
    """A deal as lists show it; `moved_at` is when it came to its stage, for the `entry`-th time.

    `person_id` sits in the slot now. `contacts` begin with the main one, `names` are theirs.
    `executor` is what the deal learned of its executor, `offer_id` what they claimed. `links` are
    the deals that rules made of this one, by rule; `failed_links` the fields that a deal lacked
    to be made.
    """

    deal_id: UUID
    number: int
    pipeline_id: UUID
    stage_id: UUID
    title: str
    fields: dict[str, str]
    slot_id: UUID | None
    person_id: UUID | None
    contacts: list[UUID]
    names: dict[UUID, str]
    kind: str
    reason: str
    executor_id: UUID | None
    offer_id: UUID | None
    executor: dict[str, str]
    origin_id: UUID | None
    links: dict[UUID, UUID]
    failed_links: dict[UUID, list[str]]
    opened_at: datetime
    moved_at: datetime
    changed_at: datetime
    entry: int
    deleted: bool

    @property
    def cursor(self) -> int:
        """What a page after this row gets as `after`."""
        return self.number


@dataclass(slots=True)
class StoredDeal:
    """What the table of deals keeps."""

    workspace_id: UUID
    deal_id: UUID
    number: int
    pipeline_id: UUID
    stage_id: UUID
    title: str
    fields: dict[str, str]
    slot_id: UUID | None
    contacts: list[str]
    origin_id: UUID | None
    opened_at: datetime
    moved_at: datetime
    changed_at: datetime
    words: str
    kind: str = StageKind.OPEN.value
    reason: str = ""
    names: dict[str, str] = field(default_factory=dict[str, str])
    executor_id: UUID | None = None
    offer_id: UUID | None = None
    executor: dict[str, str] = field(default_factory=dict[str, str])
    links: dict[str, str] = field(default_factory=dict[str, str])
    failed_links: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    entry: int = 1
    deleted: bool = False


DEALS = Table(
    "deals",
    StoredDeal,
    ("workspace_id", "deal_id"),
    (
        "(workspace_id, number)",
        "(workspace_id, pipeline_id, number) WHERE NOT deleted",
        "(workspace_id, stage_id, number) WHERE NOT deleted",
        "(workspace_id, slot_id, number) WHERE NOT deleted",
        "(workspace_id, executor_id, number) WHERE NOT deleted",
        "(workspace_id, opened_at) WHERE NOT deleted",
        "(workspace_id, moved_at) WHERE NOT deleted",
        "USING gin ((words::tsvector)) WHERE NOT deleted",
    ),
)

PHONES = phones.phones("deal_phones")
"""The owner is a contact, or a deal with a field that reads as a phone."""

fold = Fold()


@fold.on(Deal.Opened)
def _opened(_: Recorded, event: Deal.Opened, rows: Rows) -> None:
    deal = StoredDeal(
        event.workspace_id,
        event.originator_id,
        event.number,
        event.pipeline_id,
        event.stage_id,
        event.title,
        {},
        event.slot_id,
        [],
        event.origin_id,
        opened_at=event.timestamp,
        moved_at=event.timestamp,
        changed_at=event.timestamp,
        words="",
    )
    _know(deal, event.fields, rows)
    rows.put(DEALS, deal)


def change(event: Deal.Event, rows: Rows) -> StoredDeal:
    """The deal that an event happened to."""
    deal = rows.change(DEALS, event.workspace_id, event.originator_id)
    if deal is None:
        raise LookupError(f"the deal {event.originator_id} was never opened")
    deal.changed_at = event.timestamp
    return deal


def _know(deal: StoredDeal, fields: dict[str, str], rows: Rows) -> None:
    before, after = (
        list(filter(NUMBERS.fullmatch, told.values())) for told in (deal.fields, fields)
    )
    phones.swap(PHONES, (deal.workspace_id, deal.deal_id), before, after, rows)
    deal.fields = fields
    remember_words(deal)


def remember_words(deal: StoredDeal) -> None:
    """Let the deal be found by what it says now, and by the names of its contacts."""
    told = (deal.title, *deal.fields.values(), *deal.names.values())
    deal.words = words.kept(deal.workspace_id, deal.number, *told)


@fold.on(Deal.Renamed, reads=[DEALS])
def _renamed(_: Recorded, event: Deal.Renamed, rows: Rows) -> None:
    deal = change(event, rows)
    deal.title = event.title
    remember_words(deal)


@fold.on(Deal.FieldsChanged, reads=[DEALS])
def _fields_changed(_: Recorded, event: Deal.FieldsChanged, rows: Rows) -> None:
    deal = change(event, rows)
    merged = {**deal.fields, **event.fields}
    _know(deal, {key: value for key, value in merged.items() if value}, rows)


@fold.on(Deal.MovedToStage, reads=[DEALS])
def _moved_to_stage(_: Recorded, event: Deal.MovedToStage, rows: Rows) -> None:
    deal = change(event, rows)
    deal.stage_id, deal.moved_at = event.to_id, event.timestamp
    deal.entry += 1
    deal.failed_links = {}


@fold.on(Deal.Won, reads=[DEALS])
def _won(_: Recorded, event: Deal.Won, rows: Rows) -> None:
    deal = change(event, rows)
    deal.kind, deal.reason = StageKind.WON.value, ""


@fold.on(Deal.Lost, reads=[DEALS])
def _lost(_: Recorded, event: Deal.Lost, rows: Rows) -> None:
    deal = change(event, rows)
    deal.kind, deal.reason = StageKind.LOST.value, event.reason


@fold.on(Deal.Resumed, reads=[DEALS])
def _resumed(_: Recorded, event: Deal.Resumed, rows: Rows) -> None:
    deal = change(event, rows)
    deal.kind, deal.reason = StageKind.OPEN.value, ""


@fold.on(Deal.ResponsibleChanged, reads=[DEALS])
def _responsible_changed(_: Recorded, event: Deal.ResponsibleChanged, rows: Rows) -> None:
    change(event, rows).slot_id = event.to_id


@fold.on(Deal.ExecutorFound, reads=[DEALS])
def _executor_found(_: Recorded, event: Deal.ExecutorFound, rows: Rows) -> None:
    deal = change(event, rows)
    deal.executor_id, deal.offer_id = event.executor_id, event.offer_id
    deal.executor = event.told


@fold.on(Deal.ExecutorLeft, reads=[DEALS])
def _executor_left(_: Recorded, event: Deal.ExecutorLeft, rows: Rows) -> None:
    deal = change(event, rows)
    deal.executor_id = deal.offer_id = None
    deal.executor = {}


@fold.on(Deal.Linked, reads=[DEALS])
def _linked(_: Recorded, event: Deal.Linked, rows: Rows) -> None:
    deal = change(event, rows)
    deal.links[str(event.rule_id)] = str(event.deal_id)
    deal.failed_links.pop(str(event.rule_id), None)


@fold.on(Deal.LinkFailed, reads=[DEALS])
def _link_failed(_: Recorded, event: Deal.LinkFailed, rows: Rows) -> None:
    change(event, rows).failed_links[str(event.rule_id)] = event.missing


@fold.on(Deal.CommentAdded, Deal.OutcomeHeld, reads=[DEALS])
def _noted(_: Recorded, event: Deal.CommentAdded | Deal.OutcomeHeld, rows: Rows) -> None:
    change(event, rows)


@fold.on(Deal.Deleted, reads=[DEALS])
def _deleted(_: Recorded, event: Deal.Deleted, rows: Rows) -> None:
    change(event, rows).deleted = True
