"""Executors as lists show them: one row each."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.contests import Reason
from domain.events import Recorded
from domain.executors import Admission, Executor
from projections import words
from projections.projection import Fold, Rows, Table


class ExecutorRow(NamedTuple):
    """Somebody independent who takes orders; `person_id` if they belong to the staff, too.

    `orders` are the offers that they have to do now; `won`, `gave_back` and `phones_seen` count
    offers for all time.
    """

    executor_id: UUID
    telegram_id: int
    name: str
    username: str | None
    phone: str
    language: str
    skills: list[str]
    admission: str
    admission_reason: str
    person_id: UUID | None
    reachable: bool
    orders: list[UUID]
    won: int
    gave_back: int
    phones_seen: int
    registered_at: datetime

    @property
    def cursor(self) -> tuple[datetime, UUID]:
        """What a page after this row gets as `after`."""
        return self.registered_at, self.executor_id


@dataclass(slots=True)
class StoredExecutor:
    """What the table of executors keeps."""

    workspace_id: UUID
    executor_id: UUID
    telegram_id: int
    name: str
    username: str | None
    language: str
    registered_at: datetime
    words: str
    phone: str = ""
    skills: list[str] = field(default_factory=list[str])
    admission: str = Admission.NEUTRAL.value
    admission_reason: str = ""
    person_id: UUID | None = None
    reachable: bool = False
    orders: list[str] = field(default_factory=list[str])
    won: int = 0
    gave_back: int = 0
    phones_seen: int = 0


EXECUTORS = Table(
    "executors",
    StoredExecutor,
    ("workspace_id", "executor_id"),
    (
        "(workspace_id, registered_at, executor_id)",
        "(workspace_id, admission, registered_at, executor_id)",
        "(workspace_id, telegram_id)",
        "USING gin ((words::tsvector))",
    ),
)

fold = Fold()


@fold.on(Executor.Registered)
def _registered(_: Recorded, event: Executor.Registered, rows: Rows) -> None:
    executor = StoredExecutor(
        event.workspace_id,
        event.originator_id,
        event.telegram_id,
        event.name,
        event.username,
        event.language,
        event.timestamp,
        words="",
    )
    _remember_words(executor)
    rows.put(EXECUTORS, executor)


def _change(event: Executor.Event, rows: Rows) -> StoredExecutor:
    executor = rows.change(EXECUTORS, event.workspace_id, event.originator_id)
    if executor is None:
        raise LookupError(f"the executor {event.originator_id} was never registered")
    return executor


def _remember_words(executor: StoredExecutor) -> None:
    executor.words = words.kept(
        executor.workspace_id,
        executor.name,
        executor.username,
        executor.telegram_id,
        executor.phone,
        *executor.skills,
    )


@fold.on(Executor.Renamed, reads=[EXECUTORS])
def _renamed(_: Recorded, event: Executor.Renamed, rows: Rows) -> None:
    executor = _change(event, rows)
    executor.name, executor.username = event.name, event.username
    _remember_words(executor)


@fold.on(Executor.Started, reads=[EXECUTORS])
def _started(_: Recorded, event: Executor.Started, rows: Rows) -> None:
    _change(event, rows).reachable = True


@fold.on(Executor.BecameUnreachable, reads=[EXECUTORS])
def _became_unreachable(_: Recorded, event: Executor.BecameUnreachable, rows: Rows) -> None:
    _change(event, rows).reachable = False


@fold.on(Executor.LanguageChosen, reads=[EXECUTORS])
def _language_chosen(_: Recorded, event: Executor.LanguageChosen, rows: Rows) -> None:
    _change(event, rows).language = event.language


@fold.on(Executor.PhoneShared, reads=[EXECUTORS])
def _phone_shared(_: Recorded, event: Executor.PhoneShared, rows: Rows) -> None:
    executor = _change(event, rows)
    executor.phone = event.phone
    _remember_words(executor)


@fold.on(Executor.SkillsSet, reads=[EXECUTORS])
def _skills_set(_: Recorded, event: Executor.SkillsSet, rows: Rows) -> None:
    executor = _change(event, rows)
    executor.skills = event.skills
    _remember_words(executor)


@fold.on(Executor.AdmissionSet, reads=[EXECUTORS])
def _admission_set(_: Recorded, event: Executor.AdmissionSet, rows: Rows) -> None:
    executor = _change(event, rows)
    executor.admission, executor.admission_reason = event.admission, event.reason


@fold.on(Executor.PersonLinked, reads=[EXECUTORS])
def _person_linked(_: Recorded, event: Executor.PersonLinked, rows: Rows) -> None:
    _change(event, rows).person_id = event.person_id


@fold.on(Executor.ContactSeen, reads=[EXECUTORS])
def _contact_seen(_: Recorded, event: Executor.ContactSeen, rows: Rows) -> None:
    _change(event, rows).phones_seen += 1


@fold.on(Executor.OfferTaken, reads=[EXECUTORS])
def _offer_taken(_: Recorded, event: Executor.OfferTaken, rows: Rows) -> None:
    executor = _change(event, rows)
    executor.orders = [*executor.orders, str(event.offer_id)]
    executor.won += 1


@fold.on(Executor.OfferLeft, reads=[EXECUTORS])
def _offer_left(_: Recorded, event: Executor.OfferLeft, rows: Rows) -> None:
    executor = _change(event, rows)
    executor.orders = [id for id in executor.orders if id != str(event.offer_id)]
    executor.gave_back += event.reason == Reason.GIVEN_BACK
