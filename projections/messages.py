"""Threads of tickets: what was said, by whom, and whether it arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import LiteralString, NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.tickets import Ticket
from projections import deliveries
from projections.projection import MOST, Fold, Page, ReadModel, Rows, Table


class Way(StrEnum):
    """Where a message of a thread goes."""

    IN = "in"
    OUT = "out"
    NOTE = "note"


class MessageRow(NamedTuple):
    """A message of a thread: the client's (`in`), a manager's answer (`out`) or a note.

    `by` is the manager, None for the client. The place is where it was written, the delivered
    place where its copy stands; `failure` tells why there is none.
    """

    message_id: UUID
    ticket_id: UUID
    position: int
    way: str
    by: UUID | None
    at: datetime
    kind: str
    text: str
    entities: list[dict[str, str | int]]
    file_id: str | None
    file_name: str | None
    bot_id: int | None
    chat_id: int | None
    telegram_id: int | None
    delivered_at: datetime | None
    delivered_bot_id: int | None
    delivered_chat_id: int | None
    delivered_telegram_id: int | None
    failure: str | None

    @property
    def cursor(self) -> int:
        """What a page after this row gets as `after`."""
        return self.position


class Standing(NamedTuple):
    """Which message of which ticket stands at a place in Telegram."""

    ticket_id: UUID
    message_id: UUID


@dataclass(slots=True)
class StoredMessage:
    """What the table of messages keeps; `telegram_id` is the message's id in its chat."""

    workspace_id: UUID
    message_id: UUID
    ticket_id: UUID
    position: int
    way: str
    by: UUID | None
    at: datetime
    kind: str
    text: str
    entities: list[dict[str, str | int]]
    file_id: str | None
    file_name: str | None
    bot_id: int | None
    chat_id: int | None
    telegram_id: int | None


MESSAGES = Table(
    "messages",
    StoredMessage,
    ("workspace_id", "message_id"),
    (
        "(workspace_id, ticket_id, position)",
        "(workspace_id, bot_id, chat_id, telegram_id) WHERE telegram_id IS NOT NULL",
    ),
    written_once=True,
)
_SELECT: LiteralString = """
    SELECT m.message_id, m.ticket_id, m.position, m.way, m.by, m.at, m.kind, m.text, m.entities,
           m.file_id, m.file_name, m.bot_id, m.chat_id, m.telegram_id,
           CASE WHEN d.failure IS NULL THEN d.at END, d.bot_id, d.chat_id, d.telegram_id, d.failure
      FROM read.messages m
      LEFT JOIN read.deliveries d USING (workspace_id, message_id)
     WHERE m.workspace_id = %(workspace_id)s"""

fold = Fold(deliveries.fold)


def _message(
    recorded: Recorded,
    event: Ticket.MessageReceived | Ticket.MessageSent | Ticket.NoteAdded,
    way: Way,
    by: UUID | None,
) -> StoredMessage:
    content, place = event.content, event.place
    return StoredMessage(
        event.workspace_id,
        event.message_id,
        event.originator_id,
        recorded.position,
        way.value,
        by,
        event.timestamp,
        content.kind.value,
        content.text,
        content.entities,
        content.file_id,
        content.file_name,
        place.bot_id if place else None,
        place.chat_id if place else None,
        place.message_id if place else None,
    )


@fold.on(Ticket.MessageReceived)
def _received(recorded: Recorded, event: Ticket.MessageReceived, rows: Rows) -> None:
    rows.put(MESSAGES, _message(recorded, event, Way.IN, None))


@fold.on(Ticket.MessageSent)
def _sent(recorded: Recorded, event: Ticket.MessageSent, rows: Rows) -> None:
    rows.put(MESSAGES, _message(recorded, event, Way.OUT, event.by))


@fold.on(Ticket.NoteAdded)
def _noted(recorded: Recorded, event: Ticket.NoteAdded, rows: Rows) -> None:
    rows.put(MESSAGES, _message(recorded, event, Way.NOTE, event.by))


class Messages(ReadModel):
    """Every message of every ticket."""

    name = "messages"
    version = 1
    tables = (MESSAGES, deliveries.DELIVERIES)
    fold = fold

    async def thread(
        self, workspace_id: UUID, ticket_id: UUID, *, first: int = 50, after: int | None = None
    ) -> Page[MessageRow]:
        """A ticket's messages in the order in which they came; `after` is a row's `cursor`."""
        return await self._ask_page(
            MessageRow,
            _SELECT + " AND m.ticket_id = %(ticket_id)s AND m.position > %(after)s"
            " ORDER BY m.position LIMIT %(limit)s",
            first,
            workspace_id=workspace_id,
            ticket_id=ticket_id,
            after=after or 0,
        )

    async def threads(
        self, workspace_id: UUID, ticket_ids: Sequence[UUID], *, first: int = 50
    ) -> dict[UUID, Page[MessageRow]]:
        """The first messages of each of the tickets, by one statement."""
        first = max(0, min(first, MOST))
        found = await self._ask(
            MessageRow,
            "SELECT thread.* FROM unnest(%(ids)s::uuid[]) AS ticket (id) CROSS JOIN LATERAL ("  # noqa: S608 - constants
            + _SELECT
            + " AND m.ticket_id = ticket.id ORDER BY m.position LIMIT %(limit)s) thread",
            workspace_id=workspace_id,
            ids=list(ticket_ids),
            limit=first + 1,
        )
        rows: dict[UUID, list[MessageRow]] = {ticket_id: [] for ticket_id in ticket_ids}
        for row in found:
            rows[row.ticket_id].append(row)
        return {id: Page(of[:first], len(of) > first) for id, of in rows.items()}

    async def many(self, workspace_id: UUID, message_ids: Sequence[UUID]) -> list[MessageRow]:
        """Those of the messages that the workspace has, in any order."""
        return await self._ask(
            MessageRow,
            _SELECT + " AND m.message_id = ANY(%(ids)s)",
            workspace_id=workspace_id,
            ids=list(message_ids),
        )

    async def by_place(
        self, workspace_id: UUID, bot_id: int, chat_id: int, telegram_id: int
    ) -> Standing | None:
        """What stands at a place, be it written there or delivered there: whose reply it is."""
        return await self._ask_one(
            Standing,
            """SELECT ticket_id, message_id FROM read.messages
                WHERE workspace_id = %(workspace_id)s AND bot_id = %(bot_id)s
                  AND chat_id = %(chat_id)s AND telegram_id = %(telegram_id)s
                UNION ALL
               SELECT ticket_id, message_id FROM read.deliveries
                WHERE workspace_id = %(workspace_id)s AND bot_id = %(bot_id)s
                  AND chat_id = %(chat_id)s AND telegram_id = %(telegram_id)s
                LIMIT 1""",
            workspace_id=workspace_id,
            bot_id=bot_id,
            chat_id=chat_id,
            telegram_id=telegram_id,
        )
