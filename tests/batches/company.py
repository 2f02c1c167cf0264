"""A company with deals on a stage that is to be retired, and what the log says became of them."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from application.batches import PauseBatch, ResumeBatch
from application.desk import Command, Desk
from application.pipelines import AddStage, DefineField, DefinePipeline, RequireFields, RetireStage
from application.workspaces import FoundWorkspace
from domain.batches import Batch
from domain.deals import Deal
from domain.events import Recorded, fold
from domain.fields import Field
from tests.projections.conftest import World
from tests.projections.facts import Fact, fact

SAVED_AT_ONCE = 1_000  # deals
LOOK = 0.02  # seconds
MOVES = """SELECT {} FROM ledger.event_log
 WHERE workspace_id = %s AND actor = %s AND topic = 'Deal.MovedToStage#1'"""


@dataclass
class Company:
    """`old` is to be retired, deals that come to `new` need an address; `other` stays as it is."""

    world: World
    desk: Desk
    workspace_id: UUID = field(default_factory=uuid4)
    pipeline_id: UUID = field(default_factory=uuid4)
    old: UUID = field(default_factory=uuid4)
    new: UUID = field(default_factory=uuid4)
    other: UUID = field(default_factory=uuid4)
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    orders: "count[int]" = field(default_factory=lambda: count(1))

    async def begin(self) -> None:
        """Found the company and its pipeline."""
        await self.order(FoundWorkspace, name="Acme")
        told = {"pipeline_id": self.pipeline_id}
        await self.order(DefinePipeline, **told, name="Sales")
        for name in ("old", "new", "other"):
            await self.order(AddStage, **told, stage_id=getattr(self, name), name=name)
        await self.order(DefineField, **told, field=Field("address", "Address"))
        await self.order(RequireFields, **told, stage_id=self.new, keys=("address",))

    async def open(self, many: int, stage_id: UUID | None = None, address: str = "x") -> list[UUID]:
        """So many deals on a stage, by default the old one."""
        ids = [uuid4() for _ in range(many)]
        for first in range(0, many, SAVED_AT_ONCE):
            some = ids[first : first + SAVED_AT_ONCE]
            facts = [self._opened(id, stage_id or self.old, address) for id in some]
            await self.world.book.record(self.workspace_id, *facts)
        return ids

    def _opened(self, deal_id: UUID, stage_id: UUID, address: str) -> Fact:
        return fact(
            Deal.Opened,
            deal_id,
            number=next(self.numbers),
            pipeline_id=self.pipeline_id,
            stage_id=stage_id,
            title="Kitchen",
            fields={"address": address} if address else {},
            slot_id=None,
            contacts=[],
            by=None,
            origin_id=None,
            rule_id=None,
            trail=[],
        )

    async def order(self, command: type[Command], **told: Any) -> Any:
        """Have an admin order something; returns the answer."""
        done = await self.desk.execute(
            command(
                workspace_id=self.workspace_id,
                command_id=f"order:{next(self.orders)}",
                actor="admin",
                at=datetime.now(UTC),
                **told,
            )
        )
        return done.answer

    async def retire(self, rate: int = 1000) -> UUID:
        """Retire the old stage; returns the batch."""
        answer = await self.order(
            RetireStage,
            pipeline_id=self.pipeline_id,
            stage_id=self.old,
            successor_id=self.new,
            rate=rate,
        )
        return UUID(answer["batch"])

    async def pause(self, batch_id: UUID) -> None:
        await self.order(PauseBatch, batch_id=batch_id)

    async def resume(self, batch_id: UUID) -> None:
        await self.order(ResumeBatch, batch_id=batch_id)

    async def batch(self, batch_id: UUID) -> Batch:
        """The batch as the log has it."""
        batch = None
        for entry in await self.world.audit.history(self.workspace_id, batch_id):
            assert isinstance(entry, Recorded)
            batch = fold(batch, entry.event)
        assert isinstance(batch, Batch)
        return batch

    async def wait(
        self, batch_id: UUID, until: Callable[[Batch], bool], seconds: float = 20
    ) -> Batch:
        """Look at the batch again and again, for so long at most."""
        async with asyncio.timeout(seconds):
            while not until(batch := await self.batch(batch_id)):
                await asyncio.sleep(LOOK)
        return batch

    async def moved(self, batch_id: UUID) -> Counter[UUID]:
        """How often the batch has moved each deal that it has moved."""
        rows = await self.world.ask(MOVES.format("originator_id"), *self._by(batch_id))
        return Counter(id for (id,) in rows)

    async def times(self, batch_id: UUID) -> list[datetime]:
        """When the batch has moved deals, in order."""
        question = MOVES.format("recorded_at") + " ORDER BY notification_id"
        return [at for (at,) in await self.world.ask(question, *self._by(batch_id))]

    async def moves(self, batch_id: UUID, least: int = 0, seconds: float = 20) -> int:
        """How many deals the batch has moved, as soon as there are at least so many."""
        async with asyncio.timeout(seconds):
            while True:
                [(many,)] = await self.world.ask(MOVES.format("count(*)"), *self._by(batch_id))
                if many >= least:
                    return int(many)
                await asyncio.sleep(LOOK)

    def _by(self, batch_id: UUID) -> tuple[UUID, str]:
        return self.workspace_id, f"batch:{batch_id}"
