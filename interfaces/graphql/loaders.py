"""Rows that many fields of one request ask for by id: one question a batch."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from projections.clients import ClientRow
from projections.cycles import CycleRow
from projections.messages import MessageRow
from projections.models import Models
from projections.projection import Page
from projections.roster import PersonRow
from projections.tickets import TicketRow

R = TypeVar("R")
CatchUp: TypeAlias = Callable[[], Awaitable[None]]
"""Waits until the read models are where the log ends."""


class Loaders:
    """The loaders of one request; every one asks for rows of one workspace."""

    def __init__(self, workspace_id: UUID, models: Models, catch_up: CatchUp) -> None:
        self._workspace_id = workspace_id
        self._models = models
        self._catch_up = catch_up
        self.persons = DataLoader[UUID, PersonRow | None](load_fn=self._persons)
        self.clients = DataLoader[UUID, ClientRow | None](load_fn=self._clients)
        self.tickets = DataLoader[UUID, TicketRow | None](load_fn=self._tickets)
        self.cycles = DataLoader[UUID, list[CycleRow]](load_fn=self._cycles)
        self.threads = DataLoader[tuple[UUID, int], Page[MessageRow]](load_fn=self._threads)

    async def _persons(self, ids: list[UUID]) -> Sequence[PersonRow | None]:
        return await self._all(ids, self._models.roster.many, lambda row: row.person_id)

    async def _clients(self, ids: list[UUID]) -> Sequence[ClientRow | None]:
        return await self._all(ids, self._models.clients.many, lambda row: row.client_id)

    async def _tickets(self, ids: list[UUID]) -> Sequence[TicketRow | None]:
        return await self._all(ids, self._models.tickets.many, lambda row: row.ticket_id)

    async def _cycles(self, ids: list[UUID]) -> Sequence[list[CycleRow]]:
        found = await self._models.tickets.cycles(self._workspace_id, ids)
        return [found[id] for id in ids]

    async def _threads(self, keys: list[tuple[UUID, int]]) -> Sequence[Page[MessageRow]]:
        by_size = defaultdict[int, list[UUID]](list)
        for id, first in keys:
            by_size[first].append(id)
        found: dict[tuple[UUID, int], Page[MessageRow]] = {}
        for first, ids in by_size.items():
            pages = await self._models.messages.threads(self._workspace_id, ids, first=first)
            found.update({(id, first): page for id, page in pages.items()})
        return [found[key] for key in keys]

    async def _all(
        self,
        ids: list[UUID],
        many: Callable[[UUID, Sequence[UUID]], Awaitable[list[R]]],
        id_of: Callable[[R], UUID],
    ) -> list[R | None]:
        """A row for each id; what is missing is asked for once more when the models caught up."""
        rows = {id_of(row): row for row in await many(self._workspace_id, ids)}
        if missing := [id for id in ids if id not in rows]:
            await self._catch_up()
            rows |= {id_of(row): row for row in await many(self._workspace_id, missing)}
        return [rows.get(id) for id in ids]
