"""The queue: what is open, for whom it waits, and since when."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, LiteralString, NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.tickets import Ticket
from domain.triage import Priority
from projections.names import names, naming
from projections.projection import Fold, Page, ReadModel, Rows, Table

RANKS: Final = tuple(priority.value for priority in Priority)


class WaitingRow(NamedTuple):
    """An open ticket; `waiting_since` is None when the client has been answered.

    `unanswered` counts the client's messages since the last answer; `rank` is the place of the
    priority, 0 for the most urgent.
    """

    ticket_id: UUID
    number: int
    client_id: UUID
    client_name: str
    topic: str
    holder_id: UUID | None
    opened_at: datetime
    waiting_since: datetime | None
    unanswered: int
    rank: int
    tags: list[str]

    @property
    def priority(self) -> str:
        """How much the ticket matters."""
        return RANKS[self.rank]

    @property
    def cursor(self) -> tuple[int, datetime | None, int]:
        """What a page after this row gets as `after`."""
        return self.rank, self.waiting_since, self.number


class QueueTotals(NamedTuple):
    """Open tickets of a workspace: all, those without a holder, those whose client waits."""

    open: int
    unclaimed: int
    waiting: int
    oldest: datetime | None


@dataclass(slots=True)
class StoredWaiting:
    """What the table of the queue keeps; closed tickets stay, since they may be reopened."""

    workspace_id: UUID
    ticket_id: UUID
    number: int
    client_id: UUID
    topic: str
    opened_at: datetime
    holder_id: UUID | None = None
    open: bool = True
    waiting_since: datetime | None = None
    unanswered: int = 0
    rank: int = RANKS.index(Priority.NORMAL)
    tags: list[str] = field(default_factory=list[str])


QUEUE = Table(
    "queue",
    StoredWaiting,
    ("workspace_id", "ticket_id"),
    (
        "(workspace_id, rank, coalesce(waiting_since, 'infinity'), number) WHERE open",
        "(workspace_id, holder_id, rank, coalesce(waiting_since, 'infinity'), number) WHERE open",
    ),
)
NAMES = names("queue_clients")

_SELECT: LiteralString = """
    SELECT q.ticket_id, q.number, q.client_id, coalesce(n.name, ''), q.topic, q.holder_id,
           q.opened_at, q.waiting_since, q.unanswered, q.rank, q.tags
      FROM read.queue q
      LEFT JOIN read.queue_clients n USING (workspace_id, client_id)
     WHERE q.workspace_id = %(workspace_id)s AND q.open"""

fold = Fold(naming(NAMES))


@fold.on(Ticket.Opened)
def _opened(_: Recorded, event: Ticket.Opened, rows: Rows) -> None:
    place = (event.workspace_id, event.originator_id, event.number, event.client_id)
    rows.put(QUEUE, StoredWaiting(*place, event.topic, event.timestamp))


def _change(event: Ticket.Event, rows: Rows) -> StoredWaiting:
    waiting = rows.change(QUEUE, event.workspace_id, event.originator_id)
    if waiting is None:
        raise LookupError(f"the ticket {event.originator_id} was never opened")
    return waiting


@fold.on(Ticket.MessageReceived, reads=[QUEUE])
def _message_received(_: Recorded, event: Ticket.MessageReceived, rows: Rows) -> None:
    waiting = _change(event, rows)
    waiting.waiting_since = waiting.waiting_since or event.timestamp
    waiting.unanswered += 1


@fold.on(Ticket.MessageSent, reads=[QUEUE])
def _message_sent(_: Recorded, event: Ticket.MessageSent, rows: Rows) -> None:
    waiting = _change(event, rows)
    waiting.waiting_since, waiting.unanswered = None, 0


@fold.on(Ticket.Claimed, reads=[QUEUE])
def _claimed(_: Recorded, event: Ticket.Claimed, rows: Rows) -> None:
    _change(event, rows).holder_id = event.by


@fold.on(Ticket.Transferred, reads=[QUEUE])
def _transferred(_: Recorded, event: Ticket.Transferred, rows: Rows) -> None:
    _change(event, rows).holder_id = event.to_id


@fold.on(Ticket.Released, reads=[QUEUE])
def _released(_: Recorded, event: Ticket.Released, rows: Rows) -> None:
    _change(event, rows).holder_id = None


@fold.on(Ticket.Tagged, reads=[QUEUE])
def _tagged(_: Recorded, event: Ticket.Tagged, rows: Rows) -> None:
    waiting = _change(event, rows)
    waiting.tags = [*waiting.tags, event.tag]


@fold.on(Ticket.Untagged, reads=[QUEUE])
def _untagged(_: Recorded, event: Ticket.Untagged, rows: Rows) -> None:
    waiting = _change(event, rows)
    waiting.tags = [tag for tag in waiting.tags if tag != event.tag]


@fold.on(Ticket.PriorityChanged, reads=[QUEUE])
def _priority_changed(_: Recorded, event: Ticket.PriorityChanged, rows: Rows) -> None:
    _change(event, rows).rank = RANKS.index(event.priority)


@fold.on(Ticket.Closed, reads=[QUEUE])
def _closed(_: Recorded, event: Ticket.Closed, rows: Rows) -> None:
    waiting = _change(event, rows)
    waiting.open = False
    waiting.waiting_since, waiting.unanswered = None, 0


@fold.on(Ticket.Reopened, reads=[QUEUE])
def _reopened(_: Recorded, event: Ticket.Reopened, rows: Rows) -> None:
    _change(event, rows).open = True


class Queue(ReadModel):
    """What waits, in every workspace."""

    name = "queue"
    version = 2
    tables = (QUEUE, NAMES)
    fold = fold

    async def waiting(
        self,
        workspace_id: UUID,
        *,
        holder_id: UUID | None = None,
        unclaimed: bool = False,
        first: int = 50,
        after: tuple[int, datetime | None, int] | None = None,
    ) -> Page[WaitingRow]:
        """Open tickets by priority, then whoever waits longest first and the answered ones last.

        Of one holder, or `unclaimed` only; `after` is the `cursor` of the last row seen.
        """
        question = _SELECT
        if unclaimed:
            question += " AND q.holder_id IS NULL"
        if holder_id is not None:
            question += " AND q.holder_id = %(holder_id)s"
        if after is not None:
            question += """
                AND (q.rank, coalesce(q.waiting_since, 'infinity'), q.number)
                  > (%(rank)s, coalesce(%(since)s::timestamptz, 'infinity'), %(number)s)"""
        return await self._ask_page(
            WaitingRow,
            question
            + " ORDER BY q.rank, coalesce(q.waiting_since, 'infinity'), q.number LIMIT %(limit)s",
            first,
            workspace_id=workspace_id,
            holder_id=holder_id,
            rank=after[0] if after else None,
            since=after[1] if after else None,
            number=after[2] if after else None,
        )

    async def totals(self, workspace_id: UUID) -> QueueTotals:
        """How much is open, unclaimed, waiting, and since when the longest wait lasts."""
        rows = await self._ask(
            QueueTotals,
            """SELECT count(*), count(*) FILTER (WHERE holder_id IS NULL),
                      count(waiting_since), min(waiting_since)
                 FROM read.queue WHERE workspace_id = %(workspace_id)s AND open""",
            workspace_id=workspace_id,
        )
        return rows[0]
