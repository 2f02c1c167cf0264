"""Executors: who takes a company's orders, what they can do, and how they fared."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from projections import executor_rows, words
from projections.executor_rows import EXECUTORS, ExecutorRow
from projections.projection import Page, ReadModel

_SELECT: LiteralString = """
    SELECT executor_id, telegram_id, name, username, phone, language, skills, admission,
           admission_reason, person_id, reachable, orders, won, gave_back, phones_seen,
           registered_at
      FROM ("""
_ROWS: LiteralString = "SELECT * FROM read.executors WHERE workspace_id = %(workspace_id)s"
_NEWEST: LiteralString = " ORDER BY registered_at DESC, executor_id DESC"


class Executors(ReadModel):
    """The executors of every workspace."""

    name = "executors"
    version = 1
    tables = (EXECUTORS,)
    fold = executor_rows.fold

    async def page(
        self,
        workspace_id: UUID,
        *,
        search: str | None = None,
        admission: str | None = None,
        first: int = 50,
        after: tuple[datetime, UUID] | None = None,
    ) -> Page[ExecutorRow]:
        """Executors, the newest first; `after` is the `cursor` of the last row seen.

        A `search` finds beginnings of words in name, username, phone, skills and Telegram id.
        """
        rows = _ROWS
        if admission is not None:
            rows += " AND admission = %(admission)s"
        if after is not None:
            rows += " AND (registered_at, executor_id) < (%(registered_at)s, %(executor_id)s)"
        page = Page[ExecutorRow]([], more=False)
        for question in words.looks(rows, _NEWEST, search):
            page = await self._ask_page(
                _executor,
                _SELECT + question + ") e" + _NEWEST + " LIMIT %(limit)s",
                first,
                workspace_id=workspace_id,
                admission=admission,
                words=words.wanted(workspace_id, search or ""),
                registered_at=after[0] if after else None,
                executor_id=after[1] if after else None,
            )
            if page.more:
                break
        return page

    async def one(self, workspace_id: UUID, executor_id: UUID) -> ExecutorRow | None:
        """The executor, if the workspace knows them."""
        return next(iter(await self.many(workspace_id, [executor_id])), None)

    async def many(self, workspace_id: UUID, executor_ids: Sequence[UUID]) -> list[ExecutorRow]:
        """Those of the executors that the workspace knows, in any order."""
        return await self._ask(
            _executor,
            _SELECT + _ROWS + " AND executor_id = ANY(%(ids)s)) e",
            workspace_id=workspace_id,
            ids=list(executor_ids),
        )

    async def by_telegram(self, workspace_id: UUID, telegram_id: int) -> ExecutorRow | None:
        """The executor behind a Telegram account."""
        question = _ROWS + " AND telegram_id = %(telegram_id)s"
        return await self._ask_one(
            _executor,
            _SELECT + question + ") e",
            workspace_id=workspace_id,
            telegram_id=telegram_id,
        )


def _executor(*told: object) -> ExecutorRow:
    return msgspec.convert(told, ExecutorRow)
