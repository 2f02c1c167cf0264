"""Tickets: lists of them, one ticket with the place of its thread, and its cycles."""

from collections.abc import Mapping, Sequence
from typing import Final, LiteralString, NamedTuple
from uuid import UUID

from projections import ticket_rows, words
from projections.cycles import CYCLES, CycleRow
from projections.projection import MOST, Page, ReadModel
from projections.threads import THREADS
from projections.ticket_rows import NAMES, TICKETS, TicketRow


class Wanted(NamedTuple):
    """Which tickets a list is of: all that each of these allows; None: whatever it is."""

    status: str | None = None
    holder_id: UUID | None = None
    client_id: UUID | None = None
    tag: str | None = None
    priority: str | None = None
    search: str | None = None


class NamedTicket(NamedTuple):
    """The id of a ticket alone."""

    ticket_id: UUID


_SELECT: LiteralString = """
    SELECT t.ticket_id, t.number, t.client_id, coalesce(n.name, ''), t.topic, t.status,
           t.holder_id, t.opened_at, t.closed_at, t.cycle, t.stars,
           t.last_message_at, t.waiting_since, t.priority, t.tags,
           p.channel_id, p.post_id, p.group_id, p.root_id, coalesce(p.missed, false),
           coalesce(p.surface, 'channel'),
           p.card_bot_id, p.card_chat_id, p.card_message_id
      FROM ("""
_ROWS: LiteralString = "SELECT * FROM read.tickets WHERE workspace_id = %(workspace_id)s"
_PLACED: LiteralString = """) t
      LEFT JOIN read.ticket_clients n USING (workspace_id, client_id)
      LEFT JOIN read.ticket_threads p USING (workspace_id, ticket_id)"""
_NEWEST: LiteralString = " ORDER BY number DESC"
ALL: Final = Wanted()
CONDITIONS: Final[Mapping[str, LiteralString]] = {
    "status": " AND status = %(status)s",
    "holder_id": " AND holder_id = %(holder_id)s",
    "client_id": " AND client_id = %(client_id)s",
    "tag": " AND tags ? %(tag)s",
    "priority": " AND priority = %(priority)s",
}


class Tickets(ReadModel):
    """Every ticket of every workspace, as it stands now."""

    name = "tickets"
    version = 3
    tables = (TICKETS, NAMES, CYCLES, THREADS)
    fold = ticket_rows.fold

    async def page(
        self,
        workspace_id: UUID,
        *,
        wanted: Wanted = ALL,
        first: int = 50,
        after: int | None = None,
    ) -> Page[TicketRow]:
        """Tickets, the newest first; `after` is the `cursor` of the last row seen."""
        told = wanted._asdict()
        rows = _ROWS
        for name, condition in CONDITIONS.items():
            if told[name] is not None:
                rows += condition
        if after is not None:
            rows += " AND number < %(after)s"
        page = Page[TicketRow]([], more=False)
        for question in words.looks(rows, _NEWEST, wanted.search):
            page = await self._ask_page(
                TicketRow,
                _SELECT + question + _NEWEST + " LIMIT %(limit)s" + _PLACED + _NEWEST,
                first,
                workspace_id=workspace_id,
                after=after,
                words=words.wanted(workspace_id, wanted.search or ""),
                **told,
            )
            if page.more:
                break
        return page

    async def last(
        self, workspace_id: UUID, client_ids: Sequence[UUID], *, first: int
    ) -> dict[UUID, list[TicketRow]]:
        """The newest tickets of each of the clients, by one statement."""
        found = await self._ask(
            TicketRow,
            "SELECT mine.* FROM unnest(%(ids)s::uuid[]) AS client (id) CROSS JOIN LATERAL ("  # noqa: S608 - constants
            + _SELECT
            + _ROWS
            + " AND client_id = client.id"
            + _NEWEST
            + " LIMIT %(first)s"
            + _PLACED
            + ") mine"
            + _NEWEST,
            workspace_id=workspace_id,
            ids=list(client_ids),
            first=max(0, min(first, MOST)),
        )
        rows: dict[UUID, list[TicketRow]] = {client_id: [] for client_id in client_ids}
        for row in found:
            rows[row.client_id].append(row)
        return rows

    async def one(self, workspace_id: UUID, ticket_id: UUID) -> TicketRow | None:
        """The ticket, if the workspace has it."""
        return next(iter(await self.many(workspace_id, [ticket_id])), None)

    async def many(self, workspace_id: UUID, ticket_ids: Sequence[UUID]) -> list[TicketRow]:
        """Those of the tickets that the workspace has, in any order."""
        return await self._ask(
            TicketRow,
            _SELECT + _ROWS + " AND ticket_id = ANY(%(ids)s)" + _PLACED,
            workspace_id=workspace_id,
            ids=list(ticket_ids),
        )

    async def by_number(self, workspace_id: UUID, number: int) -> TicketRow | None:
        """The ticket with this number."""
        question = _SELECT + _ROWS + " AND number = %(number)s" + _PLACED
        return await self._ask_one(TicketRow, question, workspace_id=workspace_id, number=number)

    async def by_thread(self, workspace_id: UUID, group_id: int, root_id: int) -> TicketRow | None:
        """The ticket that is discussed under this message of the group, or under its card."""
        return await self._ask_one(
            TicketRow,
            _SELECT
            + _ROWS
            + _PLACED
            + """ WHERE p.workspace_id = %(workspace_id)s
                  AND (p.group_id = %(group_id)s AND p.root_id = %(root_id)s
                       OR p.card_chat_id = %(group_id)s AND p.card_message_id = %(root_id)s)""",
            workspace_id=workspace_id,
            group_id=group_id,
            root_id=root_id,
        )

    async def cycles(
        self, workspace_id: UUID, ticket_ids: Sequence[UUID]
    ) -> dict[UUID, list[CycleRow]]:
        """The cycles of each of the tickets, the first one first."""
        found = await self._ask(
            CycleRow,
            """SELECT ticket_id, cycle, opened_at, opened_by, closed_at, closed_by, by_client,
                      stars, comment
                 FROM read.ticket_cycles
                WHERE workspace_id = %(workspace_id)s AND ticket_id = ANY(%(ids)s)
                ORDER BY ticket_id, cycle""",
            workspace_id=workspace_id,
            ids=list(ticket_ids),
        )
        grouped: dict[UUID, list[CycleRow]] = {ticket_id: [] for ticket_id in ticket_ids}
        for row in found:
            grouped[row.ticket_id].append(row)
        return grouped

    async def open_ids(self, workspace_id: UUID, *, unclaimed: bool = False) -> list[UUID]:
        """Every open ticket, or those that nobody holds, the oldest first."""
        question: LiteralString = """SELECT ticket_id FROM read.tickets
                WHERE workspace_id = %(workspace_id)s AND status = 'open'"""
        if unclaimed:
            question += " AND holder_id IS NULL"
        rows = await self._ask(
            NamedTicket, question + " ORDER BY number", workspace_id=workspace_id
        )
        return [row.ticket_id for row in rows]

    async def held_by(self, workspace_id: UUID, person_id: UUID) -> list[UUID]:
        """The open tickets that a person holds, the oldest first."""
        rows = await self._ask(
            NamedTicket,
            """SELECT ticket_id FROM read.tickets
                WHERE workspace_id = %(workspace_id)s AND holder_id = %(person_id)s
                  AND status = 'open' ORDER BY number""",
            workspace_id=workspace_id,
            person_id=person_id,
        )
        return [row.ticket_id for row in rows]
