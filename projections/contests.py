"""Contests: the ledger of who tried to get which order, whom they could call, and who got it."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from projections import attempts, disclosures
from projections.attempts import ATTEMPTS, CONTESTS, AttemptRow
from projections.contention import ContenderRow, ContentionRow
from projections.disclosures import DISCLOSURES, DisclosureRow
from projections.projection import Fold, Page, ReadModel


class Contests(ReadModel):
    """Every attempt to claim an offer, and every question for a phone."""

    name = "contests"
    version = 1
    tables = (CONTESTS, ATTEMPTS, DISCLOSURES)
    fold = Fold(attempts.fold, disclosures.fold)

    async def attempts(  # noqa: PLR0913 - each narrows the list
        self,
        workspace_id: UUID,
        *,
        offer_id: UUID | None = None,
        by: UUID | None = None,
        outcome: str | None = None,
        first: int = 50,
        after: int | None = None,
    ) -> Page[AttemptRow]:
        """Presses, the newest first; `after` is the `cursor` of the last row seen."""
        question: LiteralString = """
            SELECT position, offer_id, deal_id, number, by, outcome, reason, winner_id, at,
                   decided_at, seconds, behind
              FROM read.claim_attempts WHERE workspace_id = %(workspace_id)s"""
        if offer_id is not None:
            question += " AND offer_id = %(offer_id)s"
        if by is not None:
            question += " AND by = %(by)s"
        if outcome is not None:
            question += " AND outcome = %(outcome)s"
        if after is not None:
            question += " AND position < %(after)s"
        return await self._ask_page(
            AttemptRow,
            question + " ORDER BY position DESC LIMIT %(limit)s",
            first,
            workspace_id=workspace_id,
            offer_id=offer_id,
            by=by,
            outcome=outcome,
            after=after,
        )

    async def disclosures(  # noqa: PLR0913 - each narrows the list
        self,
        workspace_id: UUID,
        *,
        offer_id: UUID | None = None,
        to_id: UUID | None = None,
        told: bool | None = None,
        claimed: bool | None = None,
        first: int = 50,
        after: int | None = None,
    ) -> Page[DisclosureRow]:
        """Questions for phones, the newest first; `after` is the `cursor` of the last row seen.

        Who looked and never claimed: `told=True, claimed=False`.
        """
        question: LiteralString = """
            SELECT d.position, d.offer_id, d.deal_id, d.number, d.to_id, d.told, d.reason, d.again,
                   d.at, d.seconds, c.executor_id IS NOT DISTINCT FROM d.to_id
              FROM read.disclosures d
              JOIN read.contests c USING (workspace_id, offer_id)
             WHERE d.workspace_id = %(workspace_id)s"""
        if offer_id is not None:
            question += " AND d.offer_id = %(offer_id)s"
        if to_id is not None:
            question += " AND d.to_id = %(to_id)s"
        if told is not None:
            question += " AND d.told = %(told)s"
        if claimed is not None:
            question += " AND (c.executor_id IS NOT DISTINCT FROM d.to_id) = %(claimed)s"
        if after is not None:
            question += " AND d.position < %(after)s"
        return await self._ask_page(
            DisclosureRow,
            question + " ORDER BY d.position DESC LIMIT %(limit)s",
            first,
            workspace_id=workspace_id,
            offer_id=offer_id,
            to_id=to_id,
            told=told,
            claimed=claimed,
            after=after,
        )

    async def contention(
        self, workspace_id: UUID, since: datetime, until: datetime
    ) -> ContentionRow:
        """The figures of the offers published from `since` on and before `until`."""
        period = {"workspace_id": workspace_id, "since": since, "until": until}
        contenders = await self._ask(
            ContenderRow,
            """WITH offer AS (
                 SELECT offer_id, executor_id, standing FROM read.contests
                  WHERE workspace_id = %(workspace_id)s
                    AND published_at >= %(since)s AND published_at < %(until)s),
               pressed AS (
                 SELECT a.by AS id, count(*) AS presses,
                        count(*) FILTER (WHERE a.outcome = 'won') AS won,
                        count(*) FILTER (WHERE a.outcome = 'lost') AS lost,
                        count(*) FILTER (WHERE a.outcome = 'refused') AS refused,
                        count(*) FILTER (WHERE a.outcome = 'repeated') AS repeated,
                        percentile_cont(0.5) WITHIN GROUP (ORDER BY a.seconds)
                          FILTER (WHERE a.outcome <> 'repeated') AS reaction
                   FROM offer JOIN read.claim_attempts a USING (offer_id)
                  WHERE a.workspace_id = %(workspace_id)s GROUP BY a.by),
               seen AS (
                 SELECT d.to_id AS id, count(DISTINCT d.offer_id) AS phones
                   FROM offer JOIN read.disclosures d USING (offer_id)
                  WHERE d.workspace_id = %(workspace_id)s AND d.told GROUP BY d.to_id),
               had AS (
                 SELECT executor_id AS id,
                        count(*) FILTER (WHERE standing = 'given_back') AS given_back,
                        count(*)::float / sum(count(*)) OVER () AS share
                   FROM offer WHERE executor_id IS NOT NULL GROUP BY executor_id)
               SELECT id, coalesce(presses, 0), coalesce(won, 0), coalesce(lost, 0),
                      coalesce(refused, 0), coalesce(repeated, 0), coalesce(given_back, 0),
                      coalesce(phones, 0), coalesce(share, 0), reaction
                 FROM pressed FULL JOIN seen USING (id) FULL JOIN had USING (id)
                ORDER BY coalesce(won, 0) DESC, id""",
            **period,
        )
        (totals,) = await self._ask(
            ContentionRow,
            """WITH offer AS (
                 SELECT c.*, p.presses, p.pressers FROM read.contests c
                  CROSS JOIN LATERAL (
                        SELECT count(*) AS presses, count(DISTINCT a.by) AS pressers
                          FROM read.claim_attempts a
                         WHERE a.workspace_id = c.workspace_id AND a.offer_id = c.offer_id) p
                  WHERE c.workspace_id = %(workspace_id)s
                    AND c.published_at >= %(since)s AND c.published_at < %(until)s),
               lost AS (
                 SELECT percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY a.behind) AS behind
                   FROM offer JOIN read.claim_attempts a USING (workspace_id, offer_id)
                  WHERE a.outcome = 'lost'),
               asked AS (
                 SELECT min(d.seconds) AS seconds
                   FROM offer JOIN read.disclosures d USING (workspace_id, offer_id)
                  WHERE d.told GROUP BY d.offer_id, d.to_id)
               SELECT count(*), count(claimed_at), count(*) FILTER (WHERE pressers > 1),
                      count(*) FILTER (WHERE standing = 'expired'),
                      count(*) FILTER (WHERE standing = 'withdrawn'),
                      count(*) FILTER (WHERE standing = 'given_back'),
                      coalesce(sum(presses), 0)::bigint, coalesce(max(presses), 0),
                      percentile_cont(0.5) WITHIN GROUP (
                        ORDER BY extract(epoch FROM claimed_at - published_at)::float),
                      percentile_cont(0.9) WITHIN GROUP (
                        ORDER BY extract(epoch FROM claimed_at - published_at)::float),
                      (SELECT behind[1] FROM lost), (SELECT behind[2] FROM lost),
                      (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FROM asked),
                      '[]'::jsonb
                 FROM offer""",
            **period,
        )
        return totals._replace(contenders=contenders)
