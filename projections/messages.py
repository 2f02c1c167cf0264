"""Threads of tickets: what was said, by whom, what became of it, and whether it arrived."""

from collections.abc import Sequence
from typing import Final, LiteralString, NamedTuple
from uuid import UUID

from projections import deliveries, message_rows, places
from projections.message_rows import MESSAGES, MessageRow
from projections.places import PLACES
from projections.projection import MOST, Fold, Page, ReadModel
from projections.versions import VERSIONS, VersionRow

_SELECT: LiteralString = """
    SELECT m.message_id, m.ticket_id, m.position, m.way, m.by, m.at, m.kind, m.text, m.entities,
           m.file_id, m.file_name, m.file_size, m.mime_type, m.details, m.pieces, m.reply_to,
           m.quote, m.version, m.withdrawn_at, m.reactions, m.bot_id, m.chat_id, m.telegram_id,
           CASE WHEN d.failure IS NULL THEN d.at END, d.bot_id, d.chat_id, d.telegram_id, d.failure
      FROM read.messages m
      LEFT JOIN read.deliveries d USING (workspace_id, message_id)
     WHERE m.workspace_id = %(workspace_id)s"""
_FOR_CLIENT: Final = " AND m.way <> 'note' AND m.withdrawn_at IS NULL"


class Standing(NamedTuple):
    """Which message of which ticket stands at a place in Telegram.

    `copied`: what stands there is the copy that the other side sees. `piece` is the number of an
    album's item, from 0; `way` and `by` are those of the message.
    """

    ticket_id: UUID
    message_id: UUID
    piece: int | None
    copied: bool
    way: str
    by: UUID | None


class Messages(ReadModel):
    """Every message of every ticket."""

    name = "messages"
    version = 2
    tables = (MESSAGES, VERSIONS, PLACES, deliveries.DELIVERIES)
    fold = Fold(message_rows.fold, places.fold, deliveries.fold)

    async def thread(
        self,
        workspace_id: UUID,
        ticket_id: UUID,
        *,
        for_client: bool = False,
        first: int = 50,
        after: int | None = None,
    ) -> Page[MessageRow]:
        """A ticket's messages in the order in which they came; `after` is a row's `cursor`."""
        return await self._ask_page(
            MessageRow,
            _SELECT
            + (_FOR_CLIENT if for_client else "")
            + " AND m.ticket_id = %(ticket_id)s AND m.position > %(after)s"
            " ORDER BY m.position LIMIT %(limit)s",
            first,
            workspace_id=workspace_id,
            ticket_id=ticket_id,
            after=after or 0,
        )

    async def threads(
        self,
        workspace_id: UUID,
        ticket_ids: Sequence[UUID],
        *,
        for_client: bool = False,
        first: int = 50,
    ) -> dict[UUID, Page[MessageRow]]:
        """The first messages of each of the tickets, by one statement."""
        first = max(0, min(first, MOST))
        found = await self._ask(
            MessageRow,
            "SELECT thread.* FROM unnest(%(ids)s::uuid[]) AS ticket (id) CROSS JOIN LATERAL ("  # noqa: S608 - constants
            + _SELECT
            + (_FOR_CLIENT if for_client else "")
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

    async def versions(
        self, workspace_id: UUID, message_ids: Sequence[UUID]
    ) -> dict[UUID, list[VersionRow]]:
        """All versions of each of the messages that was edited, the first one first."""
        found = await self._ask(
            VersionRow,
            """SELECT message_id, version, at, text FROM read.message_versions
                WHERE workspace_id = %(workspace_id)s AND message_id = ANY(%(ids)s)
                ORDER BY message_id, version""",
            workspace_id=workspace_id,
            ids=list(message_ids),
        )
        grouped: dict[UUID, list[VersionRow]] = {id: [] for id in message_ids}
        for row in found:
            grouped[row.message_id].append(row)
        return grouped

    async def by_place(
        self, workspace_id: UUID, bot_id: int, chat_id: int, telegram_id: int
    ) -> Standing | None:
        """What stands at a place, be it written there or delivered there: whose reply it is.

        In a group (`chat_id` below 0) all bots know a message by the same number, in a private
        chat each by its own.
        """
        return await self._ask_one(
            Standing,
            """SELECT m.ticket_id, m.message_id, p.piece, p.copied, m.way, m.by
                 FROM read.message_places p
                 JOIN read.messages m USING (workspace_id, message_id)
                WHERE p.workspace_id = %(workspace_id)s AND p.chat_id = %(chat_id)s
                  AND p.telegram_id = %(telegram_id)s
                  AND (p.chat_id < 0 OR p.bot_id = %(bot_id)s)
                LIMIT 1""",
            workspace_id=workspace_id,
            bot_id=bot_id,
            chat_id=chat_id,
            telegram_id=telegram_id,
        )
