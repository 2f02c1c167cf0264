# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""The history of deals: everything that happened to one, by whom and when."""

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types.lazy_type import LazyType

from interfaces.graphql.bounds import page_size
from interfaces.graphql.connections import Cursors, Slice, Whole
from interfaces.graphql.contacts import Contact
from interfaces.graphql.context import Context, Info
from interfaces.graphql.fields import FieldValue, ValueRow, known_of, labels_of
from interfaces.graphql.ownership import deal_seen
from interfaces.graphql.refusals import NotYet
from interfaces.graphql.responsibles import called
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.slots import Slot
from interfaces.graphql.staff import Person, person_of
from interfaces.graphql.stages import Stage, StageRow, pipeline_of, stage_in
from projections.contact_rows import ContactRow
from projections.deal_history import HistoryRow
from projections.deal_rows import DealRow
from projections.pipeline_rows import PipelineRow
from projections.roster import PersonRow
from projections.slots import SlotRow

CURSORS = Cursors[int]("dealHistory", Whole)
DEAL: LazyType[Any, Any] = LazyType("Deal", "interfaces.graphql.deals")
TEXTS = ("text", "reason", "title")
MOVED, GIVEN = "MovedToStage", "ResponsibleChanged"


async def _pipeline(info: Info, row: HistoryRow) -> PipelineRow:
    deal = await info.context.loaders.deals.load(row.deal_id)
    if deal is None:
        raise NotYet
    return await pipeline_of(info.context, deal.pipeline_id)


def _id(row: HistoryRow, name: str) -> UUID | None:
    told = row.data.get(name)
    return UUID(told) if told else None


async def _by(info: Info, row: strawberry.Parent[HistoryRow]) -> PersonRow | None:
    return await person_of(info, row.by)


async def _text(info: Info, row: strawberry.Parent[HistoryRow]) -> str | None:
    if told := row.data.get("told"):
        return called(told)
    if missing := row.data.get("missing"):
        return ", ".join(labels_of(await _pipeline(info, row), missing))
    return next((str(row.data[name]) for name in TEXTS if row.data.get(name)), None)


async def _stage(info: Info, row: HistoryRow, name: str) -> StageRow | None:
    stage_id = _id(row, name)
    return None if stage_id is None else stage_in(await _pipeline(info, row), stage_id)


async def _from_stage(info: Info, row: strawberry.Parent[HistoryRow]) -> StageRow | None:
    return await _stage(info, row, "from_id") if row.what == MOVED else None


async def _to_stage(info: Info, row: strawberry.Parent[HistoryRow]) -> StageRow | None:
    return await _stage(info, row, "to_id" if row.what == MOVED else "stage_id")


async def _fields(info: Info, row: strawberry.Parent[HistoryRow]) -> list[ValueRow]:
    told = row.data.get("fields")
    return known_of(await _pipeline(info, row), told) if told else []


async def _slot(info: Info, row: strawberry.Parent[HistoryRow]) -> SlotRow | None:
    slot_id = _id(row, "to_id" if row.what == GIVEN else "slot_id")
    return None if slot_id is None else await info.context.loaders.slots.load(slot_id)


async def _contact(info: Info, row: strawberry.Parent[HistoryRow]) -> ContactRow | None:
    contact_id = _id(row, "contact_id")
    return None if contact_id is None else await info.context.loaders.contacts.load(contact_id)


async def _deal(info: Info, row: strawberry.Parent[HistoryRow]) -> DealRow | None:
    deal_id = _id(row, "deal_id")
    return None if deal_id is None else await deal_seen(info.context, deal_id)


@strawberry.type
class DealEntry:
    """Something that happened to a deal; `what` is the name of the event, as `MovedToStage`.

    `text` is a title, a reason, a comment, what an executor is called or which fields were missing;
    `slot` is whose the deal was from then on, `deal` another one that had to do with it.
    """

    position: BigInt
    at: datetime
    what: str
    by: Person | None = strawberry.field(resolver=_by, graphql_type=Person | None)
    text: str | None = strawberry.field(resolver=_text)
    from_stage: Stage | None = strawberry.field(resolver=_from_stage, graphql_type=Stage | None)
    to_stage: Stage | None = strawberry.field(resolver=_to_stage, graphql_type=Stage | None)
    fields: list[FieldValue] = strawberry.field(resolver=_fields, graphql_type=list[FieldValue])
    slot: Slot | None = strawberry.field(resolver=_slot, graphql_type=Slot | None)
    contact: Contact | None = strawberry.field(resolver=_contact, graphql_type=Contact | None)
    deal: Any = strawberry.field(resolver=_deal, graphql_type=DEAL | None)


async def history_of(
    context: Context, deal_id: UUID, first: int, after: str | None
) -> Slice[HistoryRow]:
    """A page of what happened to a deal, the newest first."""
    model, key = context.models.deals, CURSORS.decode(after)
    page = await model.history(context.workspace_id, deal_id, first=page_size(first), after=key)
    return context.slice(model, page, CURSORS)
