"""Clients: who they are, whether they can be reached, and how many tickets they have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

from domain.clients import Client
from domain.events import Recorded
from domain.tickets import Ticket
from projections.projection import Fold, Page, ReadModel, Rows, Table


class ClientRow(NamedTuple):
    """A client of a workspace; `ticket_id` is where their next message goes."""

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
    blocked: bool = False
    reachable: bool = True
    ticket_id: UUID | None = None


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
    ("(workspace_id, registered_at, client_id)", "(workspace_id, telegram_id)"),
)
TICKETS = Table(
    "client_tickets",
    StoredTicket,
    ("workspace_id", "ticket_id"),
    ("(workspace_id, client_id, open)",),
)

_SELECT: LiteralString = """
    SELECT c.client_id, c.name, c.username, c.telegram_id, c.bot_id, c.language, c.blocked,
           c.reachable, c.registered_at, c.ticket_id, t.tickets, t.open
      FROM read.clients c
     CROSS JOIN LATERAL (
           SELECT count(*) AS tickets, count(*) FILTER (WHERE open) AS open
             FROM read.client_tickets o
            WHERE o.workspace_id = c.workspace_id AND o.client_id = c.client_id) t
     WHERE c.workspace_id = %(workspace_id)s"""

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


@fold.on(Client.ConversationChosen, reads=[CLIENTS])
def _conversation_chosen(_: Recorded, event: Client.ConversationChosen, rows: Rows) -> None:
    _change(event, rows).ticket_id = event.ticket_id


@fold.on(Client.Blocked, reads=[CLIENTS])
def _blocked(_: Recorded, event: Client.Blocked, rows: Rows) -> None:
    _change(event, rows).blocked = True


@fold.on(Client.Unblocked, reads=[CLIENTS])
def _unblocked(_: Recorded, event: Client.Unblocked, rows: Rows) -> None:
    _change(event, rows).blocked = False


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


class Clients(ReadModel):
    """The clients of every workspace."""

    name = "clients"
    version = 1
    tables = (CLIENTS, TICKETS)
    fold = fold

    async def page(
        self,
        workspace_id: UUID,
        *,
        blocked: bool | None = None,
        first: int = 50,
        after: tuple[datetime, UUID] | None = None,
    ) -> Page[ClientRow]:
        """Clients, the newest first; `after` is the `cursor` of the last row seen."""
        question = _SELECT
        if blocked is not None:
            question += " AND c.blocked = %(blocked)s"
        if after is not None:
            question += " AND (c.registered_at, c.client_id) < (%(registered_at)s, %(client_id)s)"
        return await self._ask_page(
            ClientRow,
            question + " ORDER BY c.registered_at DESC, c.client_id DESC LIMIT %(limit)s",
            first,
            workspace_id=workspace_id,
            blocked=blocked,
            registered_at=after[0] if after else None,
            client_id=after[1] if after else None,
        )

    async def one(self, workspace_id: UUID, client_id: UUID) -> ClientRow | None:
        """The client, if the workspace has them."""
        return next(iter(await self.many(workspace_id, [client_id])), None)

    async def many(self, workspace_id: UUID, client_ids: Sequence[UUID]) -> list[ClientRow]:
        """Those of the clients that the workspace has, in any order."""
        return await self._ask(
            ClientRow,
            _SELECT + " AND c.client_id = ANY(%(ids)s)",
            workspace_id=workspace_id,
            ids=list(client_ids),
        )

    async def by_telegram(
        self, workspace_id: UUID, telegram_id: int, bot_id: int | None = None
    ) -> ClientRow | None:
        """The client behind a Telegram account, by one bot or by the bot they came to last."""
        question = _SELECT + " AND c.telegram_id = %(telegram_id)s"
        if bot_id is not None:
            question += " AND c.bot_id = %(bot_id)s"
        return await self._ask_one(
            ClientRow,
            question + " ORDER BY c.registered_at DESC LIMIT 1",
            workspace_id=workspace_id,
            telegram_id=telegram_id,
            bot_id=bot_id,
        )
