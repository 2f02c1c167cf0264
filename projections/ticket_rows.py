"""Tickets as lists show them: one row each, with the place of its thread."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.cycles import Status
from domain.events import Recorded
from domain.tickets import Ticket
from domain.triage import Priority
from projections import cycles, threads, words
from projections.names import names, naming
from projections.projection import Fold, Key, Rows, Table


class TicketRow(NamedTuple):
    """A ticket as lists show it; `stars` are of the present cycle, None before a rating.

    `waiting_since` is when the client's first unanswered message came. The post stands in the
    channel, `root_id` is its copy in the group (or the post there, or the topic), the card holds
    the ticket's buttons. It is found by its number, its topic, and what its client was called when
    it was opened.
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
    priority: str
    tags: list[str]
    channel_id: int | None
    post_id: int | None
    group_id: int | None
    root_id: int | None
    thread_missed: bool
    surface: str
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
    words: str
    holder_id: UUID | None = None
    closed_at: datetime | None = None
    cycle: int = 1
    stars: int | None = None
    last_message_at: datetime | None = None
    waiting_since: datetime | None = None
    priority: str = Priority.NORMAL.value
    tags: list[str] = field(default_factory=list[str])


TICKETS = Table(
    "tickets",
    StoredTicket,
    ("workspace_id", "ticket_id"),
    (
        "(workspace_id, number)",
        "(workspace_id, status, number)",
        "(workspace_id, holder_id, number)",
        "(workspace_id, client_id, number)",
        "USING gin ((words::tsvector))",
    ),
)
NAMES = names("ticket_clients")

fold = Fold(cycles.fold, threads.fold, naming(NAMES))


def _client(event: Ticket.Opened) -> Key:
    return event.workspace_id, event.client_id


@fold.on(Ticket.Opened, reads=[(NAMES, _client)])
def _opened(_: Recorded, event: Ticket.Opened, rows: Rows) -> None:
    client = rows.look(NAMES, *_client(event))
    called = (client.name, client.username) if client else ()
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
            words.kept(event.workspace_id, event.number, event.topic, *called),
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


@fold.on(Ticket.Released, reads=[TICKETS])
def _released(_: Recorded, event: Ticket.Released, rows: Rows) -> None:
    _change(event, rows).holder_id = None


@fold.on(Ticket.Tagged, reads=[TICKETS])
def _tagged(_: Recorded, event: Ticket.Tagged, rows: Rows) -> None:
    ticket = _change(event, rows)
    ticket.tags = [*ticket.tags, event.tag]


@fold.on(Ticket.Untagged, reads=[TICKETS])
def _untagged(_: Recorded, event: Ticket.Untagged, rows: Rows) -> None:
    ticket = _change(event, rows)
    ticket.tags = [tag for tag in ticket.tags if tag != event.tag]


@fold.on(Ticket.PriorityChanged, reads=[TICKETS])
def _priority_changed(_: Recorded, event: Ticket.PriorityChanged, rows: Rows) -> None:
    _change(event, rows).priority = event.priority


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
