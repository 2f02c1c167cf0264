# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Deals: one of them, and all that belongs to it."""

from datetime import datetime
from typing import Any

import strawberry
from strawberry.types.lazy_type import LazyType

from application.desk import NotFound
from application.pipelines import Field as DealField
from interfaces.graphql.bounds import uuid_of
from interfaces.graphql.connections import Connection, Slice
from interfaces.graphql.contacts import Contact
from interfaces.graphql.context import Info
from interfaces.graphql.deal_history import DealEntry, history_of
from interfaces.graphql.fields import Field, FieldValue, ValueRow, known_of, missing_of
from interfaces.graphql.offers import Offer
from interfaces.graphql.ownership import deal_seen, may_see
from interfaces.graphql.pipelines import Pipeline
from interfaces.graphql.refusals import BadRequest
from interfaces.graphql.responsibles import (
    DealExecutor,
    ExecutorRow,
    Responsible,
    ResponsibleRow,
    executor_of,
    responsible_of,
)
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.slots import Slot
from interfaces.graphql.stages import Stage, StageKind, StageRow, pipeline_of, stage_in, stages_of
from projections.contact_rows import ContactRow
from projections.deal_history import HistoryRow
from projections.deal_rows import DealRow
from projections.offer_rows import OfferRow
from projections.pipeline_rows import PipelineRow
from projections.slots import SlotRow

DEAL: LazyType[Any, Any] = LazyType("Deal", "interfaces.graphql.deals")


async def _pipeline(info: Info, row: strawberry.Parent[DealRow]) -> PipelineRow:
    return await pipeline_of(info.context, row.pipeline_id)


async def _stage(info: Info, row: strawberry.Parent[DealRow]) -> StageRow:
    return stage_in(await pipeline_of(info.context, row.pipeline_id), row.stage_id)


async def _fields(info: Info, row: strawberry.Parent[DealRow]) -> list[ValueRow]:
    return known_of(await pipeline_of(info.context, row.pipeline_id), row.fields)


async def _slot(info: Info, row: strawberry.Parent[DealRow]) -> SlotRow | None:
    return None if row.slot_id is None else await info.context.loaders.slots.load(row.slot_id)


async def _responsible(info: Info, row: strawberry.Parent[DealRow]) -> ResponsibleRow | None:
    return await responsible_of(info.context, row)


async def _contacts(info: Info, row: strawberry.Parent[DealRow]) -> list[ContactRow]:
    found = await info.context.loaders.contacts.load_many(row.contacts)
    return [contact for contact in found if contact is not None]


async def _executor(row: strawberry.Parent[DealRow]) -> ExecutorRow | None:
    return executor_of(row)


async def _offer(info: Info, row: strawberry.Parent[DealRow]) -> OfferRow | None:
    return await info.context.loaders.last_offers.load(row.deal_id)


async def _origin(info: Info, row: strawberry.Parent[DealRow]) -> DealRow | None:
    return None if row.origin_id is None else await deal_seen(info.context, row.origin_id)


async def _links(info: Info, row: strawberry.Parent[DealRow]) -> list[DealRow]:
    found = await info.context.loaders.deals.load_many(list(row.links.values()))
    return [deal for deal in found if deal is not None and may_see(info.context, deal)]


async def _missing(
    info: Info, row: strawberry.Parent[DealRow], stage_id: strawberry.ID
) -> list[DealField]:
    pipeline, wanted = await pipeline_of(info.context, row.pipeline_id), uuid_of(stage_id)
    if all(stage.id != wanted for stage in stages_of(pipeline)):
        raise NotFound
    return missing_of(pipeline, row, pipeline.requirements.get(wanted, []))


async def _history(
    info: Info, row: strawberry.Parent[DealRow], first: int = 50, after: str | None = None
) -> Slice[HistoryRow]:
    return await history_of(info.context, row.deal_id, first, after)


@strawberry.type
class Deal:
    """What somebody wants to buy, on its way through a pipeline; the first contact is the main one.

    `movedAt` is when it came to its stage. A deal that was deleted is in no list.
    """

    deal_id: strawberry.ID = strawberry.field(name="id")
    number: int
    title: str
    kind: StageKind
    reason: str = strawberry.field(description="Why it was lost.")
    pipeline: Pipeline = strawberry.field(resolver=_pipeline, graphql_type=Pipeline)
    stage: Stage = strawberry.field(resolver=_stage, graphql_type=Stage)
    fields: list[FieldValue] = strawberry.field(resolver=_fields, graphql_type=list[FieldValue])
    slot: Slot | None = strawberry.field(resolver=_slot, graphql_type=Slot | None)
    responsible: Responsible | None = strawberry.field(
        resolver=_responsible, graphql_type=Responsible | None
    )
    contacts: list[Contact] = strawberry.field(resolver=_contacts, graphql_type=list[Contact])
    executor: DealExecutor | None = strawberry.field(
        resolver=_executor, graphql_type=DealExecutor | None
    )
    offer: Offer | None = strawberry.field(
        resolver=_offer,
        graphql_type=Offer | None,
        description="The last one; it need not be of this stay on its stage.",
    )
    opened_at: datetime
    moved_at: datetime
    changed_at: datetime
    deleted: bool
    origin: Any = strawberry.field(
        resolver=_origin, graphql_type=DEAL | None, description="The deal that it followed from."
    )
    links: list[Any] = strawberry.field(
        resolver=_links, graphql_type=list[DEAL], description="Deals that followed from it."
    )
    missing: list[Field] = strawberry.field(
        resolver=_missing,
        graphql_type=list[Field],
        description="What it lacks to enter a stage.",
    )
    history: Connection[DealEntry] = strawberry.field(
        resolver=_history,
        graphql_type=Connection[DealEntry],
        description="What happened to it, the newest first.",
    )


@strawberry.type
class DealQueries:
    """Questions about a deal."""

    @strawberry.field(graphql_type=Deal | None)
    async def deal(
        self,
        info: Info,
        id: strawberry.ID | None = None,
        number: int | None = None,
        min_position: BigInt | None = None,
    ) -> DealRow | None:
        """One deal by its id or its number, a deleted one too; null if the caller has no such."""
        context, model = info.context, info.context.models.deals
        if (id is None) == (number is None):
            raise BadRequest("A deal is asked for by its id or by its number.")
        await context.wait_for(min_position)
        if number is None:
            return await deal_seen(context, uuid_of(id or ""))
        found = await context.found(model, lambda: model.by_number(context.workspace_id, number))
        return found if found is not None and may_see(context, found) else None
