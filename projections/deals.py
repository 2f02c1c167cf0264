"""Deals: lists of them by any filter, boards of stages, and what happened to one."""

from collections.abc import Sequence
from typing import LiteralString, NamedTuple
from uuid import UUID

import msgspec

from projections import deal_contacts, deal_filters, deal_history, deal_rows, deal_slots
from projections.deal_contacts import CONTACTS
from projections.deal_filters import ALL, NEWEST, Wanted
from projections.deal_history import HISTORY, HistoryRow
from projections.deal_rows import DEALS, PHONES, DealRow
from projections.deal_slots import SEATS
from projections.projection import Fold, Page, ReadModel

_SELECT: LiteralString = """
    SELECT d.deal_id, d.number, d.pipeline_id, d.stage_id, d.title, d.fields, d.slot_id,
           s.person_id, d.contacts, d.names, d.kind, d.reason, d.executor_id, d.offer_id,
           d.executor, d.origin_id, d.links, d.failed_links, d.opened_at, d.moved_at,
           d.changed_at, d.entry, d.deleted
      FROM ("""
_ROWS: LiteralString = "SELECT * FROM read.deals WHERE workspace_id = %(workspace_id)s"
_SEATED: LiteralString = ") d LEFT JOIN read.deal_slots s USING (workspace_id, slot_id)"


class StandingRow(NamedTuple):
    """A deal that stands on a stage."""

    deal_id: UUID
    number: int


class StageCount(NamedTuple):
    """How many deals stand on a stage."""

    stage_id: UUID
    deals: int


class Deals(ReadModel):
    """Every deal of every workspace; what was deleted is in no list."""

    name = "deals"
    version = 1
    tables = (DEALS, CONTACTS, PHONES, SEATS, HISTORY)
    fold = Fold(deal_rows.fold, deal_contacts.fold, deal_slots.fold, deal_history.fold)

    async def page(
        self,
        workspace_id: UUID,
        *,
        wanted: Wanted = ALL,
        first: int = 50,
        after: int | None = None,
    ) -> Page[DealRow]:
        """Deals, the newest first; `after` is the `cursor` of the last row seen."""
        told = deal_filters.told(workspace_id, wanted, after)
        page = Page[DealRow]([], more=False)
        for question in deal_filters.looks(wanted, after):
            page = await self._ask_page(
                _deal,
                _SELECT + question + NEWEST + " LIMIT %(limit)s" + _SEATED + NEWEST,
                first,
                **told,
            )
            if page.more:
                break
        return page

    async def board(
        self,
        workspace_id: UUID,
        pipeline_id: UUID,
        person_id: UUID | None = None,
        viewer_id: UUID | None = None,
    ) -> dict[UUID, int]:
        """How many deals stand on each stage that has any: of whom and for whom as in `Wanted`."""
        question: LiteralString = """
            SELECT stage_id, count(*) FROM read.deals
             WHERE workspace_id = %(workspace_id)s AND NOT deleted"""
        question += deal_filters.CONDITIONS["pipeline_id"]
        if person_id is not None:
            question += deal_filters.CONDITIONS["person_id"]
        if viewer_id is not None:
            question += deal_filters.CONDITIONS["viewer_id"]
        rows = await self._ask(
            StageCount,
            question + " GROUP BY stage_id",
            workspace_id=workspace_id,
            pipeline_id=pipeline_id,
            person_id=person_id,
            viewer_id=viewer_id,
        )
        return dict(rows)

    async def one(self, workspace_id: UUID, deal_id: UUID) -> DealRow | None:
        """The deal, if the workspace has or had it."""
        return next(iter(await self.many(workspace_id, [deal_id])), None)

    async def many(self, workspace_id: UUID, deal_ids: Sequence[UUID]) -> list[DealRow]:
        """Those of the deals that the workspace has or had, in any order."""
        return await self._ask(
            _deal,
            _SELECT + _ROWS + " AND deal_id = ANY(%(ids)s)" + _SEATED,
            workspace_id=workspace_id,
            ids=list(deal_ids),
        )

    async def by_number(self, workspace_id: UUID, number: int) -> DealRow | None:
        """The deal with this number, also if it was deleted."""
        question = _SELECT + _ROWS + " AND number = %(number)s" + _SEATED
        return await self._ask_one(_deal, question, workspace_id=workspace_id, number=number)

    async def history(
        self, workspace_id: UUID, deal_id: UUID, *, first: int = 50, after: int | None = None
    ) -> Page[HistoryRow]:
        """What happened to a deal, the newest first; `after` is the `cursor` of the last seen."""
        question: LiteralString = """
            SELECT position, deal_id, at, what, by, data FROM read.deal_history
             WHERE workspace_id = %(workspace_id)s AND deal_id = %(deal_id)s"""
        if after is not None:
            question += " AND position < %(after)s"
        return await self._ask_page(
            HistoryRow,
            question + " ORDER BY position DESC LIMIT %(limit)s",
            first,
            workspace_id=workspace_id,
            deal_id=deal_id,
            after=after,
        )

    async def standing_on(
        self, workspace_id: UUID, stage_id: UUID, *, after: int = 0, limit: int = 1000
    ) -> list[StandingRow]:
        """Deals on a stage with numbers beyond `after`, the lowest first."""
        return await self._ask(
            StandingRow,
            """SELECT deal_id, number FROM read.deals
                WHERE workspace_id = %(workspace_id)s AND NOT deleted
                  AND stage_id = %(stage_id)s AND number > %(after)s
                ORDER BY number LIMIT %(limit)s""",
            workspace_id=workspace_id,
            stage_id=stage_id,
            after=after,
            limit=limit,
        )

    async def count_on(self, workspace_id: UUID, stage_id: UUID) -> int:
        """How many deals stand on a stage."""
        return (await self.counts_on(workspace_id, [stage_id])).get(stage_id, 0)

    async def counts_on(self, workspace_id: UUID, stage_ids: Sequence[UUID]) -> dict[UUID, int]:
        """How many deals stand on each of the stages that has any."""
        rows = await self._ask(
            StageCount,
            """SELECT stage_id, count(*) FROM read.deals
                WHERE workspace_id = %(workspace_id)s AND NOT deleted
                  AND stage_id = ANY(%(ids)s)
                GROUP BY stage_id""",
            workspace_id=workspace_id,
            ids=list(stage_ids),
        )
        return dict(rows)


def _deal(*told: object) -> DealRow:
    return msgspec.convert(told, DealRow)
