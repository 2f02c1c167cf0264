"""Rows that many fields of one request ask for by id: one question a batch."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from interfaces.graphql.refusals import NotYet
from projections.clients import ClientRow
from projections.cycles import CycleRow
from projections.messages import MessageRow
from projections.models import Models
from projections.projection import Page, ReadModel
from projections.roster import PersonRow
from projections.tickets import TicketRow

R = TypeVar("R")
CaughtUp: TypeAlias = Callable[[ReadModel], Awaitable[bool]]
"""Waits for a read model to come where the log ends: whether it did in time."""


class Loaders:
    """The loaders of one request; every one asks for rows of one workspace."""

    def __init__(self, workspace_id: UUID, models: Models, caught_up: CaughtUp) -> None:
        self._workspace_id = workspace_id
        self._models = models
        self._caught_up = caught_up
        self.persons = DataLoader[UUID, PersonRow | None](load_fn=self._persons)
        self.clients = DataLoader[UUID, ClientRow | None](load_fn=self._clients)
        self.tickets = DataLoader[UUID, TicketRow | None](load_fn=self._tickets)
        self.cycles = DataLoader[UUID, list[CycleRow]](load_fn=self._cycles)
        self.threads = DataLoader[tuple[UUID, int], Page[MessageRow]](load_fn=self._threads)

    async def _persons(self, ids: list[UUID]) -> Sequence[PersonRow | NotYet | None]:
        model = self._models.roster
        return await self._all(ids, model, model.many, lambda row: row.person_id)

    async def _clients(self, ids: list[UUID]) -> Sequence[ClientRow | NotYet | None]:
        model = self._models.clients
        return await self._all(ids, model, model.many, lambda row: row.client_id)

    async def _tickets(self, ids: list[UUID]) -> Sequence[TicketRow | NotYet | None]:
        model = self._models.tickets
        return await self._all(ids, model, model.many, lambda row: row.ticket_id)

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
        model: ReadModel,
        many: Callable[[UUID, Sequence[UUID]], Awaitable[list[R]]],
        id_of: Callable[[R], UUID],
    ) -> list[R | NotYet | None]:
        """A row for each id; None only if there is none in all that the log holds now."""
        absent: NotYet | None = None
        rows = {id_of(row): row for row in await many(self._workspace_id, ids)}
        if missing := [id for id in ids if id not in rows]:
            if not await self._caught_up(model):
                absent = NotYet()
            rows |= {id_of(row): row for row in await many(self._workspace_id, missing)}
        return [rows.get(id, absent) for id in ids]
