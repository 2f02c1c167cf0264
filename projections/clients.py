"""Clients: who they are, whether they can be reached, and how many tickets they have."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from projections import client_rows, words
from projections.client_rows import CLIENTS, TICKETS, ClientRow
from projections.projection import Page, ReadModel

_SELECT: LiteralString = """
    SELECT c.client_id, c.name, c.username, c.telegram_id, c.bot_id, c.language, c.blocked,
           c.reachable, c.registered_at, c.ticket_id, t.tickets, t.open, c.blocked_at,
           c.blocked_reason, c.topic, c.held
      FROM ("""
_ROWS: LiteralString = "SELECT * FROM read.clients WHERE workspace_id = %(workspace_id)s"
_COUNTED: LiteralString = """) c
     CROSS JOIN LATERAL (
           SELECT count(*) AS tickets, count(*) FILTER (WHERE open) AS open
             FROM read.client_tickets o
            WHERE o.workspace_id = c.workspace_id AND o.client_id = c.client_id) t"""
_NEWEST: LiteralString = " ORDER BY registered_at DESC, client_id DESC"


class Clients(ReadModel):
    """The clients of every workspace."""

    name = "clients"
    version = 3
    tables = (CLIENTS, TICKETS)
    fold = client_rows.fold

    async def page(
        self,
        workspace_id: UUID,
        *,
        blocked: bool | None = None,
        search: str | None = None,
        first: int = 50,
        after: tuple[datetime, UUID] | None = None,
    ) -> Page[ClientRow]:
        """Clients, the newest first; `after` is the `cursor` of the last row seen.

        A `search` finds beginnings of words in name, username and Telegram id.
        """
        rows = _ROWS
        if blocked is not None:
            rows += " AND blocked = %(blocked)s"
        if after is not None:
            rows += " AND (registered_at, client_id) < (%(registered_at)s, %(client_id)s)"
        page = Page[ClientRow]([], more=False)
        for question in words.looks(rows, _NEWEST, search):
            page = await self._ask_page(
                ClientRow,
                _SELECT + question + _NEWEST + " LIMIT %(limit)s" + _COUNTED + _NEWEST,
                first,
                workspace_id=workspace_id,
                blocked=blocked,
                words=words.wanted(workspace_id, search or ""),
                registered_at=after[0] if after else None,
                client_id=after[1] if after else None,
            )
            if page.more:
                break
        return page

    async def one(self, workspace_id: UUID, client_id: UUID) -> ClientRow | None:
        """The client, if the workspace has them."""
        return next(iter(await self.many(workspace_id, [client_id])), None)

    async def many(self, workspace_id: UUID, client_ids: Sequence[UUID]) -> list[ClientRow]:
        """Those of the clients that the workspace has, in any order."""
        return await self._ask(
            ClientRow,
            _SELECT + _ROWS + " AND client_id = ANY(%(ids)s)" + _COUNTED,
            workspace_id=workspace_id,
            ids=list(client_ids),
        )

    async def by_telegram(
        self, workspace_id: UUID, telegram_id: int, bot_id: int | None = None
    ) -> ClientRow | None:
        """The client behind a Telegram account, by one bot or by the bot they came to last."""
        question = _ROWS + " AND telegram_id = %(telegram_id)s"
        if bot_id is not None:
            question += " AND bot_id = %(bot_id)s"
        return await self._ask_one(
            ClientRow,
            _SELECT + question + _NEWEST + " LIMIT 1" + _COUNTED,
            workspace_id=workspace_id,
            telegram_id=telegram_id,
            bot_id=bot_id,
        )
