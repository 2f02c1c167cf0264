"""Carries out the running batches of all workspaces; each is done by one process at a time.

A batch has a lock that lasts as long as the session of the process that holds it, so that a killed
process is replaced within a second. Nothing is done twice: every deal has its command id, and how
many were moved is counted in the log. No deal comes to a retired stage any more; so it is enough
to go once, in the order of numbers, through those that stand there.
"""

import asyncio
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial, reduce
from typing import Final, TypedDict
from uuid import UUID

import psycopg
import structlog

from application.batches import CompleteBatch, MigrateDeal, SettleItems
from application.desk import Desk, Refused, SomebodyWasQuicker
from domain.batches import Batch, BatchState
from domain.events import Recorded, fold
from infrastructure.cancelling import cancel_all
from infrastructure.pace import Bucket
from infrastructure.postgres import Connection, Pool, Role, Unavailable, checkout, connect
from projections.audit import Audit
from projections.batches import Batches, RunningBatch
from projections.deals import Deals
from projections.freshness import Freshness

log = structlog.get_logger(__name__)

TRY_LOCK = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
UNLOCK = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"
MOVED = """SELECT count(*) FROM ledger.event_log
 WHERE workspace_id = %s AND notification_id > %s AND notification_id <= %s
   AND actor = %s AND split_part(topic, '#', 1) = 'Deal.MovedToStage'"""

LOOK: Final = 0.5  # seconds between looks for batches
PAUSE: Final = 1.0  # seconds after a failure, twice as long after each further one
LONGEST_PAUSE: Final = 60.0
PATIENCE: Final = 30.0  # seconds for the read model of deals
AT_ONCE: Final = 200  # deals, of all batches together
GROUPS: Final = 10  # a second
PAGE: Final = 500  # deals
TOLD_EVERY: Final = 10  # seconds


class BatchRunner:
    """Looks for running batches, and carries out those that no other process has taken."""

    def __init__(self, dsn: str, desk: Desk, pool: Pool) -> None:
        self._dsn = dsn
        self._begin = partial(Run, desk, pool, asyncio.Semaphore(AT_ONCE))

    async def run(self) -> None:
        """Carry out batches for ever."""
        session = partial(connect, self._dsn, Role.DESK, name="ledgerdesk batches")
        while True:
            try:
                async with await session() as connection:
                    await self._watch(connection)
            except (Unavailable, psycopg.Error) as error:
                log.warning("batches lost the database", error=str(error))
                await asyncio.sleep(PAUSE)

    async def _watch(self, connection: Connection) -> None:
        """Hold the locks in this session; when it ends, so does what they are for."""
        batches = Batches(lambda: nullcontext(connection))
        under_way: dict[RunningBatch, asyncio.Task[None]] = {}
        try:
            while True:
                for batch in [one for one, task in under_way.items() if task.done()]:
                    del under_way[batch]
                    await connection.execute(UNLOCK, [_named(batch)])
                for batch in await batches.running():
                    if batch not in under_way and await _is_free(connection, batch):
                        under_way[batch] = asyncio.create_task(
                            self._carry_out(batch), name=_named(batch)
                        )
                await asyncio.sleep(LOOK)
        finally:
            await cancel_all(under_way.values())

    async def _carry_out(self, batch: RunningBatch) -> None:
        pause = PAUSE
        while True:
            try:
                return await self._begin(batch).carry_out()
            except Exception:  # whatever it is: the batch stays where it is, and is tried again
                log.exception("batch stopped", batch=str(batch.batch_id))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


class Order(TypedDict):
    """What the commands of a batch have in common."""

    workspace_id: UUID
    command_id: str
    actor: str
    at: datetime


class Run:
    """One batch, until no deal is left that could be moved, or somebody pauses it."""

    def __init__(
        self, desk: Desk, pool: Pool, room: asyncio.Semaphore, batch: RunningBatch
    ) -> None:
        ask = partial(checkout, pool)
        self._workspace_id, self._batch_id = batch
        self._actor = _named(batch)
        self._desk, self._room, self._ask = desk, room, ask
        self._audit, self._deals, self._freshness = Audit(ask), Deals(ask), Freshness(ask)
        self._round = self._seen = self._counted = self._moved = 0
        self._news: dict[str, str] = {}

    async def carry_out(self) -> None:
        """Move group by group, and look before each whether to go on."""
        batch = await self._look()
        size = max(1, batch.rate // GROUPS)
        bucket = Bucket(batch.rate, size, size, _clock())
        while batch.state is BatchState.RUNNING:
            deals = await self._page(batch)
            if not deals:
                await self._desk.execute(
                    CompleteBatch(**self._order("completed"), batch_id=self._batch_id)
                )
                return
            for first in range(0, len(deals), size):
                group = deals[first : first + size]
                await _afford(bucket, len(group))
                batch = await self._look()
                if batch.state is not BatchState.RUNNING:
                    break
                await self._move(batch, group)
        await self._settle(batch, await self._audit.head())

    async def _look(self) -> Batch:
        """The batch as the log has it; a resumed one tries again what it has skipped."""
        entries = await self._audit.history(self._workspace_id, self._batch_id)
        recorded = [entry for entry in entries if isinstance(entry, Recorded)]
        batch = reduce(fold, (entry.event for entry in recorded), None)
        if not isinstance(batch, Batch):
            raise TypeError(self._actor)
        self._round = sum(isinstance(entry.event, Batch.Resumed) for entry in recorded)
        self._counted = self._counted or recorded[0].position
        return batch

    async def _page(self, batch: Batch) -> list[UUID]:
        """The next deals on the stage, as soon as all that has happened shows in the list."""
        head = await self._audit.head()
        await self._settle(batch, head)
        await self._freshness.reached(head, [Deals.name], within=PATIENCE)
        page = await self._deals.standing_on(
            self._workspace_id,
            batch.from_id,
            after=self._seen,
            limit=min(PAGE, batch.rate * TOLD_EVERY),
        )
        self._seen = max((deal.number for deal in page), default=self._seen)
        return [deal.deal_id for deal in page]

    async def _settle(self, batch: Batch, head: int) -> None:
        """Record how many were moved up to a position of the log, and which were not."""
        told = (self._workspace_id, self._counted, head, self._actor)
        async with self._ask() as connection:
            row = await (await connection.execute(MOVED, told)).fetchone()
        self._counted, self._moved = head, self._moved + (row[0] if row else 0)
        if self._news or self._moved > batch.moved:
            await self._desk.execute(
                SettleItems(
                    **self._order(f"settled:{head}"),
                    batch_id=self._batch_id,
                    moved=self._moved,
                    skipped=self._news,
                )
            )
            self._news = {}

    async def _move(self, batch: Batch, deals: Sequence[UUID]) -> None:
        async with asyncio.TaskGroup() as group:
            tried = {id: group.create_task(self._try(id, batch.from_id)) for id in deals}
        for deal_id, task in tried.items():
            why = task.result()
            if why or str(deal_id) in batch.skipped:
                self._news[str(deal_id)] = why

    async def _try(self, deal_id: UUID, from_id: UUID) -> str:
        """Why the deal cannot go on; empty if it stands elsewhere now."""
        order = self._order(f"{deal_id}:{self._round}")
        try:
            async with self._room:
                await self._desk.execute(MigrateDeal(**order, deal_id=deal_id, from_id=from_id))
        except SomebodyWasQuicker:
            raise  # not an answer: it is tried again
        except Refused as refused:
            return ": ".join([type(refused).__name__, *filter(None, [", ".join(refused.named)])])
        return ""

    def _order(self, what: str) -> Order:
        return Order(
            workspace_id=self._workspace_id,
            command_id=f"{self._actor}:{what}",
            actor=self._actor,
            at=datetime.now(UTC),
        )


def _named(batch: RunningBatch) -> str:
    return f"batch:{batch.batch_id}"


async def _is_free(connection: Connection, batch: RunningBatch) -> bool:
    """Whether no other process carries the batch out; then this one does."""
    row = await (await connection.execute(TRY_LOCK, [_named(batch)])).fetchone()
    return bool(row and row[0])


def _clock() -> float:
    return asyncio.get_running_loop().time()


async def _afford(bucket: Bucket, cost: int) -> None:
    """Wait until so many more fit into the rate."""
    await asyncio.sleep(bucket.lacks(_clock(), cost))
    bucket.tokens = bucket.fill(_clock()) - cost
