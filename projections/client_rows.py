"""Clients as lists show them: one row each, and whose every ticket is."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.clients import Client
from domain.events import Recorded
from domain.tickets import Ticket
from projections import words
from projections.projection import Fold, Rows, Table


class ClientRow(NamedTuple):
    """A client of a workspace.

    `ticket_id` is where their next message goes, or `topic` ("": any) what it begins a ticket
    about; `held` messages wait until they have said where they belong.
    """

    client_id: UUID
    name: str
    username: str | None
    telegram_id: int
    bot_id: int
    language: str
    blocked: bool
    reachable: bool
    registered_at: datetime
    ticket_id: UUID | None
    tickets: int
    open_tickets: int
    blocked_at: datetime | None
    blocked_reason: str
    topic: str | None
    held: int

    @property
    def cursor(self) -> tuple[datetime, UUID]:
        """What a page after this row gets as `after`."""
        return self.registered_at, self.client_id


@dataclass(slots=True)
class StoredClient:
    """What the table of clients keeps."""

    workspace_id: UUID
    client_id: UUID
    name: str
    username: str | None
    telegram_id: int
    bot_id: int
    language: str
    registered_at: datetime
    words: str
    blocked: bool = False
    reachable: bool = True
    ticket_id: UUID | None = None
    blocked_at: datetime | None = None
    blocked_reason: str = ""
    topic: str | None = None
    held: int = 0


@dataclass(slots=True)
class StoredTicket:
    """Whose a ticket is, and whether it is open."""

    workspace_id: UUID
    ticket_id: UUID
    client_id: UUID
    open: bool = True


CLIENTS = Table(
    "clients",
    StoredClient,
    ("workspace_id", "client_id"),
    (
        "(workspace_id, registered_at, client_id)",
        "(workspace_id, registered_at, client_id) WHERE blocked",
        "(workspace_id, telegram_id)",
        "USING gin ((words::tsvector))",
    ),
)
TICKETS = Table(
    "client_tickets",
    StoredTicket,
    ("workspace_id", "ticket_id"),
    ("(workspace_id, client_id, open)",),
)

fold = Fold()


@fold.on(Client.Registered)
def _registered(_: Recorded, event: Client.Registered, rows: Rows) -> None:
    rows.put(
        CLIENTS,
        StoredClient(
            event.workspace_id,
            event.originator_id,
            event.name,
            event.username,
            event.telegram_id,
            event.bot_id,
            event.language,
            event.timestamp,
            words.kept(event.workspace_id, event.name, event.username, event.telegram_id),
        ),
    )


def _change(event: Client.Event, rows: Rows) -> StoredClient:
    client = rows.change(CLIENTS, event.workspace_id, event.originator_id)
    if client is None:
        raise LookupError(f"the client {event.originator_id} was never registered")
    return client


@fold.on(Client.Renamed, reads=[CLIENTS])
def _renamed(_: Recorded, event: Client.Renamed, rows: Rows) -> None:
    client = _change(event, rows)
    client.name, client.username = event.name, event.username
    client.words = words.kept(event.workspace_id, event.name, event.username, client.telegram_id)


@fold.on(Client.ConversationChosen, reads=[CLIENTS])
def _conversation_chosen(_: Recorded, event: Client.ConversationChosen, rows: Rows) -> None:
    client = _change(event, rows)
    client.ticket_id, client.topic = event.ticket_id, None


@fold.on(Client.TopicChosen, reads=[CLIENTS])
def _topic_chosen(_: Recorded, event: Client.TopicChosen, rows: Rows) -> None:
    _change(event, rows).topic = event.topic


@fold.on(Client.MessageHeld, reads=[CLIENTS])
def _message_held(_: Recorded, event: Client.MessageHeld, rows: Rows) -> None:
    _change(event, rows).held += 1


@fold.on(Client.MessagesPlaced, reads=[CLIENTS])
def _messages_placed(_: Recorded, event: Client.MessagesPlaced, rows: Rows) -> None:
    _change(event, rows).held = 0


@fold.on(Client.LanguageChosen, reads=[CLIENTS])
def _language_chosen(_: Recorded, event: Client.LanguageChosen, rows: Rows) -> None:
    _change(event, rows).language = event.language


@fold.on(Client.Blocked, reads=[CLIENTS])
def _blocked(_: Recorded, event: Client.Blocked, rows: Rows) -> None:
    client = _change(event, rows)
    client.blocked, client.blocked_at = True, event.timestamp
    client.blocked_reason = event.reason


@fold.on(Client.Unblocked, reads=[CLIENTS])
def _unblocked(_: Recorded, event: Client.Unblocked, rows: Rows) -> None:
    client = _change(event, rows)
    client.blocked, client.blocked_at, client.blocked_reason = False, None, ""


@fold.on(Client.BecameUnreachable, reads=[CLIENTS])
def _became_unreachable(_: Recorded, event: Client.BecameUnreachable, rows: Rows) -> None:
    _change(event, rows).reachable = False


@fold.on(Client.BecameReachable, reads=[CLIENTS])
def _became_reachable(_: Recorded, event: Client.BecameReachable, rows: Rows) -> None:
    _change(event, rows).reachable = True


@fold.on(Ticket.Opened)
def _opened(_: Recorded, event: Ticket.Opened, rows: Rows) -> None:
    rows.put(TICKETS, StoredTicket(event.workspace_id, event.originator_id, event.client_id))


@fold.on(Ticket.Closed, Ticket.Reopened, reads=[TICKETS])
def _turned(_: Recorded, event: Ticket.Closed | Ticket.Reopened, rows: Rows) -> None:
    ticket = rows.change(TICKETS, event.workspace_id, event.originator_id)
    if ticket is None:
        raise LookupError(f"the ticket {event.originator_id} was never opened")
    ticket.open = isinstance(event, Ticket.Reopened)
