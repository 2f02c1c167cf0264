"""Tickets: lists of them, one ticket with the place of its thread, and its cycles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.tickets import Status, Ticket
from projections import cycles, threads
from projections.cycles import CycleRow
from projections.names import names, naming
from projections.projection import Fold, Page, ReadModel, Rows, Table


class TicketRow(NamedTuple):
    """A ticket as lists show it; `stars` are of the present cycle, None before a rating.

    `waiting_since` is when the client's first unanswered message came. The post stands in the
    channel, `root_id` is its copy in the group, the card holds the ticket's buttons.
    """

    ticket_id: UUID
    number: int
    client_id: UUID
    client_name: str
    topic: str
    status: str
    holder_id: UUID | None
    opened_at: datetime
    closed_at: datetime | None
    cycle: int
    stars: int | None
    last_message_at: datetime | None
    waiting_since: datetime | None
    channel_id: int | None
    post_id: int | None
    group_id: int | None
    root_id: int | None
    thread_missed: bool
    card_bot_id: int | None
    card_chat_id: int | None
    card_message_id: int | None

    @property
    def cursor(self) -> int:
        """What a page after this row gets as `after`."""
        return self.number


@dataclass(slots=True)
class StoredTicket:
    """What the table of tickets keeps."""

    workspace_id: UUID
    ticket_id: UUID
    number: int
    client_id: UUID
    topic: str
    status: str
    opened_at: datetime
    holder_id: UUID | None = None
    closed_at: datetime | None = None
    cycle: int = 1
    stars: int | None = None
    last_message_at: datetime | None = None
    waiting_since: datetime | None = None


TICKETS = Table(
    "tickets",
    StoredTicket,
    ("workspace_id", "ticket_id"),
    (
        "(workspace_id, number)",
        "(workspace_id, status, number)",
        "(workspace_id, holder_id, number)",
        "(workspace_id, client_id, number)",
    ),
)
NAMES = names("ticket_clients")

_SELECT: LiteralString = """
    SELECT t.ticket_id, t.number, t.client_id, coalesce(n.name, ''), t.topic, t.status,
           t.holder_id, t.opened_at, t.closed_at, t.cycle, t.stars,
           t.last_message_at, t.waiting_since,
           p.channel_id, p.post_id, p.group_id, p.root_id, coalesce(p.missed, false),
           p.card_bot_id, p.card_chat_id, p.card_message_id
      FROM read.tickets t
      LEFT JOIN read.ticket_clients n USING (workspace_id, client_id)
      LEFT JOIN read.ticket_threads p USING (workspace_id, ticket_id)
     WHERE t.workspace_id = %(workspace_id)s"""

fold = Fold(cycles.fold, threads.fold, naming(NAMES))


@fold.on(Ticket.Opened)
def _opened(_: Recorded, event: Ticket.Opened, rows: Rows) -> None:
    rows.put(
        TICKETS,
        StoredTicket(
            event.workspace_id,
            event.originator_id,
            event.number,
            event.client_id,
            event.topic,
            Status.OPEN.value,
            event.timestamp,
        ),
    )


def _change(event: Ticket.Event, rows: Rows) -> StoredTicket:
    ticket = rows.change(TICKETS, event.workspace_id, event.originator_id)
    if ticket is None:
        raise LookupError(f"the ticket {event.originator_id} was never opened")
    return ticket


@fold.on(Ticket.MessageReceived, reads=[TICKETS])
def _message_received(_: Recorded, event: Ticket.MessageReceived, rows: Rows) -> None:
    ticket = _change(event, rows)
    ticket.last_message_at = event.timestamp
    ticket.waiting_since = ticket.waiting_since or event.timestamp


@fold.on(Ticket.MessageSent, reads=[TICKETS])
def _message_sent(_: Recorded, event: Ticket.MessageSent, rows: Rows) -> None:
    ticket = _change(event, rows)
    ticket.last_message_at = event.timestamp
    ticket.waiting_since = None


@fold.on(Ticket.Claimed, reads=[TICKETS])
def _claimed(_: Recorded, event: Ticket.Claimed, rows: Rows) -> None:
    _change(event, rows).holder_id = event.by


@fold.on(Ticket.Transferred, reads=[TICKETS])
def _transferred(_: Recorded, event: Ticket.Transferred, rows: Rows) -> None:
    _change(event, rows).holder_id = event.to_id


@fold.on(Ticket.Closed, reads=[TICKETS])
def _closed(_: Recorded, event: Ticket.Closed, rows: Rows) -> None:
    ticket = _change(event, rows)
    ticket.status, ticket.closed_at = Status.CLOSED.value, event.timestamp
    ticket.waiting_since = None


@fold.on(Ticket.Reopened, reads=[TICKETS])
def _reopened(_: Recorded, event: Ticket.Reopened, rows: Rows) -> None:
    ticket = _change(event, rows)
    ticket.status, ticket.closed_at = Status.OPEN.value, None
    ticket.cycle, ticket.stars = event.cycle, None


@fold.on(Ticket.Rated, reads=[TICKETS])
def _rated(_: Recorded, event: Ticket.Rated, rows: Rows) -> None:
    _change(event, rows).stars = event.stars


class Tickets(ReadModel):
    """Every ticket of every workspace, as it stands now."""

    name = "tickets"
    version = 1
    tables = (TICKETS, NAMES, cycles.CYCLES, threads.THREADS)
    fold = fold

    async def page(  # noqa: PLR0913 - each narrows the list
        self,
        workspace_id: UUID,
        *,
        status: str | None = None,
        holder_id: UUID | None = None,
        client_id: UUID | None = None,
        first: int = 50,
        after: int | None = None,
    ) -> Page[TicketRow]:
        """Tickets, the newest first; `after` is the `cursor` of the last row seen."""
        question = _SELECT
        if status is not None:
            question += " AND t.status = %(status)s"
        if holder_id is not None:
            question += " AND t.holder_id = %(holder_id)s"
        if client_id is not None:
            question += " AND t.client_id = %(client_id)s"
        if after is not None:
            question += " AND t.number < %(after)s"
        return await self._ask_page(
            TicketRow,
            question + " ORDER BY t.number DESC LIMIT %(limit)s",
            first,
            workspace_id=workspace_id,
            status=status,
            holder_id=holder_id,
            client_id=client_id,
            after=after,
        )

    async def one(self, workspace_id: UUID, ticket_id: UUID) -> TicketRow | None:
        """The ticket, if the workspace has it."""
        return next(iter(await self.many(workspace_id, [ticket_id])), None)

    async def many(self, workspace_id: UUID, ticket_ids: Sequence[UUID]) -> list[TicketRow]:
        """Those of the tickets that the workspace has, in any order."""
        return await self._ask(
            TicketRow,
            _SELECT + " AND t.ticket_id = ANY(%(ids)s)",
            workspace_id=workspace_id,
            ids=list(ticket_ids),
        )

    async def by_number(self, workspace_id: UUID, number: int) -> TicketRow | None:
        """The ticket with this number."""
        question = _SELECT + " AND t.number = %(number)s"
        return await self._ask_one(TicketRow, question, workspace_id=workspace_id, number=number)

    async def by_thread(self, workspace_id: UUID, group_id: int, root_id: int) -> TicketRow | None:
        """The ticket that is discussed under this message of the group."""
        return await self._ask_one(
            TicketRow,
            _SELECT + " AND p.group_id = %(group_id)s AND p.root_id = %(root_id)s",
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
