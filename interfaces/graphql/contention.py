# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Contention: how hard a company's orders are fought for, and who gets them."""

from datetime import datetime, timedelta
from typing import Final

import strawberry

from interfaces.graphql.context import Info
from interfaces.graphql.executors import Executor, executor_of
from interfaces.graphql.scalars import BigInt
from projections.contention import ContenderRow, ContentionRow
from projections.executor_rows import ExecutorRow

USUAL: Final = timedelta(days=30)


async def _executor(info: Info, row: strawberry.Parent[ContenderRow]) -> ExecutorRow | None:
    return await executor_of(info, row.executor_id)


@strawberry.type
class Contender:
    """How one executor fared; `share` is their part of all claimed offers, 0 to 1.

    `reaction` is the median of the seconds from a publication to their press.
    """

    executor: Executor = strawberry.field(resolver=_executor, graphql_type=Executor)
    presses: int
    won: int
    lost: int
    refused: int
    repeated: int
    given_back: int
    phones: int
    share: float
    reaction: float | None


@strawberry.type
class Contention:
    """What became of the offers that were published in a period; all times are in seconds.

    `contested` had presses of more than one executor. `claim…` pass from the publication to the
    claim, `phoneMedian` to an executor's first question whom to call; `behind…` are how much later
    than the winner the losers pressed.
    """

    published: int
    claimed: int
    contested: int
    expired: int
    withdrawn: int
    given_back: int
    presses: int
    most_presses: int
    claim_median: float | None
    claim_p90: float | None
    behind_median: float | None
    behind_p90: float | None
    phone_median: float | None
    contenders: list[Contender] = strawberry.field(name="executors")


@strawberry.type
class ContentionQueries:
    """Questions about how orders are fought for."""

    @strawberry.field(graphql_type=Contention)
    async def contention(
        self,
        info: Info,
        since: datetime | None = None,
        until: datetime | None = None,
        min_position: BigInt | None = None,
    ) -> ContentionRow:
        """The figures of the offers published from `since` on and before `until`, for who leads.

        Without them: of the last 30 days.
        """
        context = info.context
        context.require_leader()
        await context.wait_for(min_position)
        end = until or context.parts.now()
        begin = since or end - USUAL
        return await context.models.contests.contention(context.workspace_id, begin, end)
