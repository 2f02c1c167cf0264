"""Lists of deals, by any filter."""

from datetime import datetime

import strawberry

from interfaces.graphql.bounds import line, page_size, some_uuid
from interfaces.graphql.connections import Connection, Cursors, Slice, Whole
from interfaces.graphql.contacts import PHONE
from interfaces.graphql.context import Context, Info
from interfaces.graphql.deals import Deal
from interfaces.graphql.ownership import viewer
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.stages import StageKind
from projections.deal_filters import Wanted
from projections.deal_rows import DealRow

SEARCH = 100
CURSORS = Cursors[int]("deals", Whole)


@strawberry.input
class DealFilter:
    """Deals that fit all of it; times are from and with the first, up to and without the second.

    `mine`: in whose slot the caller sits. `phone` is of a contact or in a field, however it is
    written, or its last digits; `text` finds beginnings of words in title, number, fields and
    names of contacts.
    """

    pipeline_id: strawberry.ID | None = None
    stage_id: strawberry.ID | None = None
    kind: StageKind | None = None
    mine: bool = False
    person_id: strawberry.ID | None = None
    slot_id: strawberry.ID | None = None
    unassigned: bool | None = None
    executor_id: strawberry.ID | None = None
    contact_id: strawberry.ID | None = None
    phone: str | None = None
    text: str | None = None
    opened_from: datetime | None = None
    opened_to: datetime | None = None
    moved_from: datetime | None = None
    moved_to: datetime | None = None


@strawberry.type
class DealListQueries:
    """Questions about many deals."""

    @strawberry.field(graphql_type=Connection[Deal])
    async def deals(
        self,
        info: Info,
        filter: DealFilter | None = None,
        first: int = 50,
        after: str | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[DealRow]:
        """Deals that the caller may see, the newest first."""
        context, model, key = info.context, info.context.models.deals, CURSORS.decode(after)
        await context.wait_for(min_position)
        wanted = _wanted(context, filter or DealFilter())
        page = await model.page(
            context.workspace_id, wanted=wanted, first=page_size(first), after=key
        )
        return context.slice(model, page, CURSORS)


def _wanted(context: Context, told: DealFilter) -> Wanted:
    slot_id = some_uuid(told.slot_id)
    return Wanted(
        pipeline_id=some_uuid(told.pipeline_id),
        stage_id=some_uuid(told.stage_id),
        kind=told.kind,
        slot_ids=None if slot_id is None else [slot_id],
        person_id=context.manager() if told.mine else some_uuid(told.person_id),
        unassigned=told.unassigned,
        viewer_id=viewer(context),
        executor_id=some_uuid(told.executor_id),
        contact_id=some_uuid(told.contact_id),
        phone=None if told.phone is None else line(told.phone, "phone", PHONE),
        text=None if told.text is None else line(told.text, "text", SEARCH),
        opened_from=told.opened_from,
        opened_to=told.opened_to,
        moved_from=told.moved_from,
        moved_to=told.moved_to,
    )
