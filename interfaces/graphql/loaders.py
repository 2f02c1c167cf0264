"""Rows that many fields of one request ask for by id: one question a batch."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from interfaces.graphql.refusals import NotYet
from projections.client_rows import ClientRow
from projections.contact_rows import ContactRow
from projections.cycles import CycleRow
from projections.deal_rows import DealRow
from projections.executor_rows import ExecutorRow
from projections.message_rows import MessageRow
from projections.models import Models
from projections.offer_rows import OfferRow
from projections.pipeline_rows import PipelineRow
from projections.projection import Page, ReadModel
from projections.roster import PersonRow
from projections.slots import BindingRow, SlotRow
from projections.ticket_rows import TicketRow
from projections.versions import VersionRow

R = TypeVar("R")
Thread: TypeAlias = tuple[UUID, int, bool]
"""A ticket, how many of its messages, and whether as its client may see them."""
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
        self.threads = DataLoader[Thread, Page[MessageRow]](load_fn=self._threads)
        self.offers = DataLoader[UUID, OfferRow | None](load_fn=self._offers)
        self.executors = DataLoader[UUID, ExecutorRow | None](load_fn=self._executors)
        self.versions = DataLoader[UUID, list[VersionRow]](load_fn=self._versions)
        self.pipelines = DataLoader[UUID, PipelineRow | None](load_fn=self._pipelines)
        self.deals = DataLoader[UUID, DealRow | None](load_fn=self._deals)
        self.contacts = DataLoader[UUID, ContactRow | None](load_fn=self._contacts)
        self.slots = DataLoader[UUID, SlotRow | None](load_fn=self._slots)
        self.bindings = DataLoader[UUID, list[BindingRow]](load_fn=self._bindings)
        self.stage_counts = DataLoader[UUID, int](load_fn=self._stage_counts)
        self.last_offers = DataLoader[UUID, OfferRow | None](load_fn=self._last_offers)
        self.last_tickets = DataLoader[tuple[UUID, int], list[TicketRow]](
            load_fn=self._last_tickets
        )

    async def _persons(self, ids: list[UUID]) -> Sequence[PersonRow | NotYet | None]:
        model = self._models.roster
        return await self._all(ids, model, model.many, lambda row: row.person_id)

    async def _clients(self, ids: list[UUID]) -> Sequence[ClientRow | NotYet | None]:
        model = self._models.clients
        return await self._all(ids, model, model.many, lambda row: row.client_id)

    async def _tickets(self, ids: list[UUID]) -> Sequence[TicketRow | NotYet | None]:
        model = self._models.tickets
        return await self._all(ids, model, model.many, lambda row: row.ticket_id)

    async def _pipelines(self, ids: list[UUID]) -> Sequence[PipelineRow | NotYet | None]:
        model = self._models.pipelines
        return await self._all(ids, model, model.many, lambda row: row.pipeline_id)

    async def _deals(self, ids: list[UUID]) -> Sequence[DealRow | NotYet | None]:
        model = self._models.deals
        return await self._all(ids, model, model.many, lambda row: row.deal_id)

    async def _contacts(self, ids: list[UUID]) -> Sequence[ContactRow | NotYet | None]:
        model = self._models.contacts
        return await self._all(ids, model, model.many, lambda row: row.contact_id)

    async def _slots(self, ids: list[UUID]) -> Sequence[SlotRow | NotYet | None]:
        model = self._models.slots
        return await self._all(ids, model, model.many, lambda row: row.slot_id)

    async def _offers(self, ids: list[UUID]) -> Sequence[OfferRow | NotYet | None]:
        model = self._models.offers
        return await self._all(ids, model, model.many, lambda row: row.offer_id)

    async def _executors(self, ids: list[UUID]) -> Sequence[ExecutorRow | NotYet | None]:
        model = self._models.executors
        return await self._all(ids, model, model.many, lambda row: row.executor_id)

    async def _cycles(self, ids: list[UUID]) -> Sequence[list[CycleRow]]:
        found = await self._models.tickets.cycles(self._workspace_id, ids)
        return [found[id] for id in ids]

    async def _threads(self, keys: list[Thread]) -> Sequence[Page[MessageRow]]:
        alike = defaultdict[tuple[int, bool], list[UUID]](list)
        for id, first, for_client in keys:
            alike[first, for_client].append(id)
        found: dict[Thread, Page[MessageRow]] = {}
        for (first, for_client), ids in alike.items():
            pages = await self._models.messages.threads(
                self._workspace_id, ids, for_client=for_client, first=first
            )
            found.update({(id, first, for_client): page for id, page in pages.items()})
        return [found[key] for key in keys]

    async def _versions(self, ids: list[UUID]) -> Sequence[list[VersionRow]]:
        found = await self._models.messages.versions(self._workspace_id, ids)
        return [found[id] for id in ids]

    async def _bindings(self, slot_ids: list[UUID]) -> Sequence[list[BindingRow]]:
        found = await self._models.slots.bindings_of(self._workspace_id, slot_ids)
        return [found[id] for id in slot_ids]

    async def _stage_counts(self, stage_ids: list[UUID]) -> Sequence[int]:
        found = await self._models.deals.counts_on(self._workspace_id, stage_ids)
        return [found.get(id, 0) for id in stage_ids]

    async def _last_offers(self, deal_ids: list[UUID]) -> Sequence[OfferRow | None]:
        found = await self._models.offers.of_deals(self._workspace_id, deal_ids)
        return [next(iter(found[id]), None) for id in deal_ids]

    async def _last_tickets(self, keys: list[tuple[UUID, int]]) -> Sequence[list[TicketRow]]:
        most = max(first for _, first in keys)
        ids = list({id for id, _ in keys})
        found = await self._models.tickets.last(self._workspace_id, ids, first=most)
        return [found[id][:first] for id, first in keys]

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
