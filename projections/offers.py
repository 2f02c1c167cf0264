"""Offers: what waits for an executor, who has it, and where its cards stand."""

from collections.abc import Sequence
from typing import LiteralString, NamedTuple
from uuid import UUID

import msgspec

from projections import offer_rows
from projections.offer_rows import OFFERS, OfferRow
from projections.projection import Page, ReadModel

_SELECT: LiteralString = """
    SELECT offer_id, position, deal_id, number, entry, stage_id, standing, card, skill,
           published_at, claimed_at, ended_at, executor_id, settled, problem, decides_at, steps,
           attempts, losers, cards, tells_winner, disclosed
      FROM read.offers WHERE workspace_id = %(workspace_id)s"""
_NEWEST: LiteralString = " ORDER BY position DESC"


class NamedOffer(NamedTuple):
    """The id of an offer alone."""

    offer_id: UUID


class Offers(ReadModel):
    """Every offer of every workspace."""

    name = "offers"
    version = 1
    tables = (OFFERS,)
    fold = offer_rows.fold

    async def page(  # noqa: PLR0913 - each narrows the list
        self,
        workspace_id: UUID,
        *,
        standing: str | None = None,
        deal_id: UUID | None = None,
        executor_id: UUID | None = None,
        first: int = 50,
        after: int | None = None,
    ) -> Page[OfferRow]:
        """Offers, the newest first; `after` is the `cursor` of the last row seen."""
        question = _SELECT
        if standing is not None:
            question += " AND standing = %(standing)s"
        if deal_id is not None:
            question += " AND deal_id = %(deal_id)s"
        if executor_id is not None:
            question += " AND executor_id = %(executor_id)s"
        if after is not None:
            question += " AND position < %(after)s"
        return await self._ask_page(
            _offer,
            question + _NEWEST + " LIMIT %(limit)s",
            first,
            workspace_id=workspace_id,
            standing=standing,
            deal_id=deal_id,
            executor_id=executor_id,
            after=after,
        )

    async def one(self, workspace_id: UUID, offer_id: UUID) -> OfferRow | None:
        """The offer, if the workspace has it."""
        return next(iter(await self.many(workspace_id, [offer_id])), None)

    async def many(self, workspace_id: UUID, offer_ids: Sequence[UUID]) -> list[OfferRow]:
        """Those of the offers that the workspace has, in any order."""
        return await self._ask(
            _offer,
            _SELECT + " AND offer_id = ANY(%(ids)s)",
            workspace_id=workspace_id,
            ids=list(offer_ids),
        )

    async def of_deals(
        self, workspace_id: UUID, deal_ids: Sequence[UUID]
    ) -> dict[UUID, list[OfferRow]]:
        """The offers that each of the deals ever was, the newest first."""
        found = await self._ask(
            _offer,
            _SELECT + " AND deal_id = ANY(%(ids)s)" + _NEWEST,
            workspace_id=workspace_id,
            ids=list(deal_ids),
        )
        rows: dict[UUID, list[OfferRow]] = {deal_id: [] for deal_id in deal_ids}
        for row in found:
            rows[row.deal_id].append(row)
        return rows

    async def of_deal(self, workspace_id: UUID, deal_id: UUID) -> list[OfferRow]:
        """The offers that a deal ever was, the newest first."""
        return (await self.of_deals(workspace_id, [deal_id]))[deal_id]

    async def open_ids(self, workspace_id: UUID) -> list[UUID]:
        """The offers that nobody has yet, the oldest first."""
        rows = await self._ask(
            NamedOffer,
            """SELECT offer_id FROM read.offers
                WHERE workspace_id = %(workspace_id)s AND standing = 'open' ORDER BY position""",
            workspace_id=workspace_id,
        )
        return [row.offer_id for row in rows]


def _offer(*told: object) -> OfferRow:
    return msgspec.convert(told, OfferRow)
