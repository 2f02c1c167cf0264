"""The roster: who works here, what they may do, and how much they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, LiteralString, NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.staff import Person, Presence, Role
from projections import holdings
from projections.projection import Fold, Page, ReadModel, Rows, Table

LEADERS: Final = frozenset({str(Role.OWNER), str(Role.ADMIN)})
"""Roles whose holders set up the workspace."""


class PersonRow(NamedTuple):
    """A member of the staff; `load` counts the open tickets that they hold.

    `presence` is what they said last of themselves, and `presence_since` when.
    """

    person_id: UUID
    name: str
    roles: list[str]
    telegram_id: int | None
    username: str | None
    working: bool
    joined_at: datetime
    presence: str
    presence_since: datetime
    language: str | None
    load: int

    @property
    def cursor(self) -> tuple[datetime, UUID]:
        """What a page after this row gets as `after`."""
        return self.joined_at, self.person_id


class LedWorkspace(NamedTuple):
    """A workspace that somebody leads, and as whom."""

    workspace_id: UUID
    person_id: UUID
    roles: list[str]


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
    presence: str
    presence_since: datetime
    language: str | None = None
    working: bool = True


PEOPLE = Table(
    "people",
    StoredPerson,
    ("workspace_id", "person_id"),
    (
        "(workspace_id, joined_at, person_id)",
        "(workspace_id, telegram_id)",
        "(telegram_id) WHERE working",
    ),
)
_SELECT: LiteralString = """
    SELECT p.person_id, p.name, p.roles, p.telegram_id, p.username, p.working, p.joined_at,
           p.presence, p.presence_since, p.language,
           (SELECT count(*) FROM read.holdings h
             WHERE h.workspace_id = p.workspace_id AND h.holder_id = p.person_id AND h.open)
      FROM read.people p
     WHERE p.workspace_id = %(workspace_id)s"""

fold = Fold(holdings.fold)


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
            Presence.HERE.value,
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


@fold.on(Person.LanguageChosen, reads=[PEOPLE])
def _language_chosen(_: Recorded, event: Person.LanguageChosen, rows: Rows) -> None:
    _change(event, rows).language = event.language


@fold.on(Person.PresenceStated, reads=[PEOPLE])
def _presence_stated(_: Recorded, event: Person.PresenceStated, rows: Rows) -> None:
    person = _change(event, rows)
    person.presence, person.presence_since = event.presence, event.timestamp


@fold.on(Person.Left, reads=[PEOPLE])
def _left(_: Recorded, event: Person.Left, rows: Rows) -> None:
    _change(event, rows).working = False


class Roster(ReadModel):
    """The staff of every workspace."""

    name = "roster"
    version = 2
    tables = (PEOPLE, holdings.HOLDINGS)
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

    async def leader(self, workspace_id: UUID, telegram_id: int) -> PersonRow | None:
        """The working owner or admin behind a Telegram account."""
        return await self._ask_one(
            PersonRow,
            _SELECT + " AND p.telegram_id = %(telegram_id)s AND p.working"
            " AND p.roles ?| %(leaders)s ORDER BY p.joined_at DESC LIMIT 1",
            workspace_id=workspace_id,
            telegram_id=telegram_id,
            leaders=sorted(LEADERS),
        )

    async def workspaces_of(self, telegram_id: int) -> list[LedWorkspace]:
        """Where a Telegram account belongs to a working owner or admin, by the time of joining.

        The settings bot asks it for its user, before a workspace is chosen; nobody else may.
        """
        return await self._ask(
            LedWorkspace,
            """SELECT workspace_id, person_id, roles FROM read.people
                WHERE telegram_id = %(telegram_id)s AND working AND roles ?| %(leaders)s
                ORDER BY joined_at, workspace_id, person_id""",
            telegram_id=telegram_id,
            leaders=sorted(LEADERS),
        )

    async def working(self, workspace_id: UUID) -> list[PersonRow]:
        """Everybody who works here, in the order of joining."""
        return await self._ask(
            PersonRow,
            _SELECT + " AND p.working ORDER BY p.joined_at, p.person_id",
            workspace_id=workspace_id,
        )
