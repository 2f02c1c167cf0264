"""The roster: who works here, what they may do, and how much they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.staff import Person
from domain.tickets import Ticket
from projections.projection import Fold, Page, ReadModel, Rows, Table


class PersonRow(NamedTuple):
    """A member of the staff; `load` counts the open tickets that they hold."""

    person_id: UUID
    name: str
    roles: list[str]
    telegram_id: int | None
    username: str | None
    working: bool
    joined_at: datetime
    load: int

    @property
    def cursor(self) -> tuple[datetime, UUID]:
        """What a page after this row gets as `after`."""
        return self.joined_at, self.person_id


@dataclass(slots=True)
class StoredPerson:
    """What the table of people keeps."""

    workspace_id: UUID
    person_id: UUID
    name: str
    roles: list[str]
    telegram_id: int | None
    username: str | None
    joined_at: datetime
    working: bool = True


@dataclass(slots=True)
class StoredHolding:
    """Who holds a ticket, and whether it is open."""

    workspace_id: UUID
    ticket_id: UUID
    holder_id: UUID
    open: bool = True


PEOPLE = Table(
    "people",
    StoredPerson,
    ("workspace_id", "person_id"),
    ("(workspace_id, joined_at, person_id)", "(workspace_id, telegram_id)"),
)
HOLDINGS = Table(
    "holdings",
    StoredHolding,
    ("workspace_id", "ticket_id"),
    ("(workspace_id, holder_id) WHERE open",),
)

_SELECT: LiteralString = """
    SELECT p.person_id, p.name, p.roles, p.telegram_id, p.username, p.working, p.joined_at,
           (SELECT count(*) FROM read.holdings h
             WHERE h.workspace_id = p.workspace_id AND h.holder_id = p.person_id AND h.open)
      FROM read.people p
     WHERE p.workspace_id = %(workspace_id)s"""

fold = Fold()


@fold.on(Person.Joined)
def _joined(_: Recorded, event: Person.Joined, rows: Rows) -> None:
    rows.put(
        PEOPLE,
        StoredPerson(
            event.workspace_id,
            event.originator_id,
            event.name,
            event.roles,
            event.telegram_id,
            event.username,
            event.timestamp,
        ),
    )


def _change(event: Person.Event, rows: Rows) -> StoredPerson:
    person = rows.change(PEOPLE, event.workspace_id, event.originator_id)
    if person is None:
        raise LookupError(f"{event.originator_id} never joined")
    return person


@fold.on(Person.RolesChanged, reads=[PEOPLE])
def _roles_changed(_: Recorded, event: Person.RolesChanged, rows: Rows) -> None:
    _change(event, rows).roles = event.roles


@fold.on(Person.TelegramLinked, reads=[PEOPLE])
def _telegram_linked(_: Recorded, event: Person.TelegramLinked, rows: Rows) -> None:
    person = _change(event, rows)
    person.telegram_id, person.username = event.telegram_id, event.username


@fold.on(Person.Left, reads=[PEOPLE])
def _left(_: Recorded, event: Person.Left, rows: Rows) -> None:
    _change(event, rows).working = False


@fold.on(Ticket.Claimed)
def _claimed(_: Recorded, event: Ticket.Claimed, rows: Rows) -> None:
    rows.put(HOLDINGS, StoredHolding(event.workspace_id, event.originator_id, event.by))


@fold.on(Ticket.Transferred)
def _transferred(_: Recorded, event: Ticket.Transferred, rows: Rows) -> None:
    rows.put(HOLDINGS, StoredHolding(event.workspace_id, event.originator_id, event.to_id))


@fold.on(Ticket.Closed, reads=[HOLDINGS])
def _closed(_: Recorded, event: Ticket.Closed, rows: Rows) -> None:
    if holding := rows.change(HOLDINGS, event.workspace_id, event.originator_id):
        holding.open = False


@fold.on(Ticket.Reopened, reads=[HOLDINGS])
def _reopened(_: Recorded, event: Ticket.Reopened, rows: Rows) -> None:
    if holding := rows.change(HOLDINGS, event.workspace_id, event.originator_id):
        holding.open = True


class Roster(ReadModel):
    """The staff of every workspace."""

    name = "roster"
    version = 1
    tables = (PEOPLE, HOLDINGS)
    fold = fold

    async def page(
        self,
        workspace_id: UUID,
        *,
        working: bool | None = None,
        first: int = 50,
        after: tuple[datetime, UUID] | None = None,
    ) -> Page[PersonRow]:
        """People in the order in which they joined; `after` is the `cursor` of the last seen."""
        question = _SELECT
        if working is not None:
            question += " AND p.working = %(working)s"
        if after is not None:
            question += " AND (p.joined_at, p.person_id) > (%(joined_at)s, %(person_id)s)"
        return await self._ask_page(
            PersonRow,
            question + " ORDER BY p.joined_at, p.person_id LIMIT %(limit)s",
            first,
            workspace_id=workspace_id,
            working=working,
            joined_at=after[0] if after else None,
            person_id=after[1] if after else None,
        )

    async def one(self, workspace_id: UUID, person_id: UUID) -> PersonRow | None:
        """The person, if they are or were on the workspace's staff."""
        return next(iter(await self.many(workspace_id, [person_id])), None)

    async def many(self, workspace_id: UUID, person_ids: Sequence[UUID]) -> list[PersonRow]:
        """Those of the people who are or were on the workspace's staff, in any order."""
        return await self._ask(
            PersonRow,
            _SELECT + " AND p.person_id = ANY(%(ids)s)",
            workspace_id=workspace_id,
            ids=list(person_ids),
        )

    async def by_telegram(self, workspace_id: UUID, telegram_id: int) -> PersonRow | None:
        """The person behind a Telegram account; who works here goes before who has left."""
        return await self._ask_one(
            PersonRow,
            _SELECT + " AND p.telegram_id = %(telegram_id)s"
            " ORDER BY p.working DESC, p.joined_at DESC LIMIT 1",
            workspace_id=workspace_id,
            telegram_id=telegram_id,
        )
