"""Slots: the seats of a company, who sits there and sat there, and how much waits for them."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

from projections import slot_rows
from projections.projection import ReadModel
from projections.slot_rows import BINDINGS, HELD, SLOTS

_SELECT: LiteralString = """
    SELECT s.slot_id, s.name, s.person_id, s.opened_at, s.bound_at,
           (SELECT count(*) FROM read.slot_deals d
             WHERE d.workspace_id = s.workspace_id AND d.slot_id = s.slot_id AND d.open)
      FROM read.slots s
     WHERE s.workspace_id = %(workspace_id)s"""
_IN_ORDER: LiteralString = " ORDER BY s.opened_at, s.slot_id"


class SlotRow(NamedTuple):
    """A seat; `person_id` sits there since `bound_at` and answers for its `open_deals`."""

    slot_id: UUID
    name: str
    person_id: UUID
    opened_at: datetime
    bound_at: datetime
    open_deals: int


class BindingRow(NamedTuple):
    """Who sat in a slot from when on, and until when (None: still); `by` None: an admin's key."""

    slot_id: UUID
    person_id: UUID
    since: datetime
    until: datetime | None
    by: UUID | None


class Slots(ReadModel):
    """The slots of every workspace."""

    name = "slots"
    version = 1
    tables = (SLOTS, BINDINGS, HELD)
    fold = slot_rows.fold

    async def of_workspace(self, workspace_id: UUID) -> list[SlotRow]:
        """All slots, the first one first."""
        return await self._ask(SlotRow, _SELECT + _IN_ORDER, workspace_id=workspace_id)

    async def of_person(self, workspace_id: UUID, person_id: UUID) -> list[SlotRow]:
        """The slots where a person sits now, the first one first."""
        return await self._ask(
            SlotRow,
            _SELECT + " AND s.person_id = %(person_id)s" + _IN_ORDER,
            workspace_id=workspace_id,
            person_id=person_id,
        )

    async def one(self, workspace_id: UUID, slot_id: UUID) -> SlotRow | None:
        """The slot, if the workspace has it."""
        return next(iter(await self.many(workspace_id, [slot_id])), None)

    async def many(self, workspace_id: UUID, slot_ids: Sequence[UUID]) -> list[SlotRow]:
        """Those of the slots that the workspace has, in any order."""
        return await self._ask(
            SlotRow,
            _SELECT + " AND s.slot_id = ANY(%(ids)s)",
            workspace_id=workspace_id,
            ids=list(slot_ids),
        )

    async def bindings(self, workspace_id: UUID, slot_id: UUID) -> list[BindingRow]:
        """Who sat in the slot, the present holder first."""
        return (await self.bindings_of(workspace_id, [slot_id]))[slot_id]

    async def bindings_of(
        self, workspace_id: UUID, slot_ids: Sequence[UUID]
    ) -> dict[UUID, list[BindingRow]]:
        """Who sat in each of the slots, the present holder first."""
        found = await self._ask(
            BindingRow,
            """SELECT slot_id, person_id, since,
                      lead(since) OVER (PARTITION BY slot_id ORDER BY position), by
                 FROM read.slot_bindings
                WHERE workspace_id = %(workspace_id)s AND slot_id = ANY(%(ids)s)
                ORDER BY position DESC""",
            workspace_id=workspace_id,
            ids=list(slot_ids),
        )
        rows: dict[UUID, list[BindingRow]] = {slot_id: [] for slot_id in slot_ids}
        for row in found:
            rows[row.slot_id].append(row)
        return rows
