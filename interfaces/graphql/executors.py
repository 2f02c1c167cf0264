# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Executors: who takes a company's orders, what they can do, and whether they may."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types.lazy_type import LazyType

from application.executors import Admission as ExecutorAdmission
from application.executors import (
    LinkExecutor,
    MarkExecutorUnreachable,
    SetAdmission,
    SetSkills,
)
from interfaces.graphql.bounds import line, page_size, said, some_uuid, uuid_of
from interfaces.graphql.connections import Connection, Cursors, Slice
from interfaces.graphql.context import Info
from interfaces.graphql.fields import few
from interfaces.graphql.ownership import deal_seen, leading
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.staff import Person, person_of
from projections.executor_rows import ExecutorRow
from projections.offer_rows import OfferRow
from projections.roster import PersonRow

CURSORS = Cursors[tuple[datetime, UUID]]("executors", tuple[datetime, UUID])
OFFER: LazyType[Any, Any] = LazyType("Offer", "interfaces.graphql.offers")
SKILL, REASON, SEARCH = 60, 1_000, 100


@strawberry.enum
class Admission(StrEnum):
    """What the company thinks of an executor: on the list of those who may claim, barred, neither."""  # noqa: E501 - one sentence

    NEUTRAL = "neutral"
    ALLOWED = "allowed"
    BARRED = "barred"


async def _person(info: Info, row: strawberry.Parent[ExecutorRow]) -> PersonRow | None:
    return await person_of(info, row.person_id)


async def _orders(info: Info, row: strawberry.Parent[ExecutorRow]) -> list[OfferRow]:
    found = await info.context.loaders.offers.load_many(row.orders)
    offers = [offer for offer in found if offer is not None]
    return [one for one in offers if await deal_seen(info.context, one.deal_id)]


@strawberry.type
class Executor:
    """Somebody independent who takes orders; `person` if they belong to the staff, too.

    They can be written to if they are `reachable`. `won`, `gaveBack` and `phonesSeen` count offers
    for all time.
    """

    executor_id: strawberry.ID = strawberry.field(name="id")
    telegram_id: BigInt
    name: str
    username: str | None
    phone: str
    language: str
    skills: list[str]
    admission: Admission
    admission_reason: str
    person: Person | None = strawberry.field(resolver=_person, graphql_type=Person | None)
    reachable: bool
    orders: list[Any] = strawberry.field(
        resolver=_orders,
        graphql_type=list[OFFER],
        description="What they have to do now, of deals that the caller may see.",
    )
    won: int
    gave_back: int
    phones_seen: int
    registered_at: datetime


@strawberry.input
class MarkExecutorUnreachableInput(CommandInput):
    """Note that Telegram cannot deliver to an executor."""

    executor_id: strawberry.ID
    reason: str


@strawberry.input
class SetSkillsInput(CommandInput):
    """Know that an executor can do exactly this."""

    executor_id: strawberry.ID
    skills: list[str]


@strawberry.input
class SetAdmissionInput(CommandInput):
    """Let an executor claim, or not."""

    executor_id: strawberry.ID
    admission: Admission
    reason: str = ""


@strawberry.input
class LinkExecutorInput(CommandInput):
    """Know that an executor is a member of the staff; without `personId` of nobody."""

    executor_id: strawberry.ID
    person_id: strawberry.ID | None = None


async def executor_of(info: Info, id: UUID | None) -> ExecutorRow | None:
    """The executor behind an id of a row, if there is one."""
    return None if id is None else await info.context.loaders.executors.load(id)


@strawberry.type
class ExecutorQueries:
    """Questions about executors."""

    @strawberry.field(graphql_type=Connection[Executor])
    async def executors(  # noqa: PLR0913 - the arguments of the field
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        search: str | None = None,
        admission: Admission | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[ExecutorRow]:
        """The executors of the company, the newest first.

        `search` finds beginnings of words in name, username, phone, skills and Telegram id.
        """
        context, model = info.context, info.context.models.executors
        await context.wait_for(min_position)
        page = await model.page(
            context.workspace_id,
            search=None if search is None else line(search, "search", SEARCH),
            admission=admission,
            first=page_size(first),
            after=CURSORS.decode(after),
        )
        return context.slice(model, page, CURSORS)

    @strawberry.field(graphql_type=Executor | None)
    async def executor(
        self, info: Info, id: strawberry.ID, min_position: BigInt | None = None
    ) -> ExecutorRow | None:
        """One executor of the company."""
        await info.context.wait_for(min_position)
        return await info.context.loaders.executors.load(uuid_of(id))


@strawberry.type
class ExecutorMutations:
    """What a company knows and thinks of executors."""

    @strawberry.mutation
    async def mark_executor_unreachable(
        self, info: Info, input: MarkExecutorUnreachableInput
    ) -> CommandPayload:
        """Note that Telegram cannot deliver to an executor."""
        command = MarkExecutorUnreachable(
            **info.context.order(input.command_id),
            executor_id=uuid_of(input.executor_id),
            reason=said(input.reason, "reason", REASON),
        )
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def set_skills(self, info: Info, input: SetSkillsInput) -> CommandPayload:
        """Know that an executor can do exactly this."""
        context = info.context
        command = SetSkills(
            **leading(context, input.command_id),
            executor_id=uuid_of(input.executor_id),
            skills=few(input.skills, "a skill", SKILL),
            by=context.by,
        )
        return payload(await context.execute(command))

    @strawberry.mutation
    async def set_admission(self, info: Info, input: SetAdmissionInput) -> CommandPayload:
        """Let an executor claim, or not."""
        context = info.context
        command = SetAdmission(
            **leading(context, input.command_id),
            executor_id=uuid_of(input.executor_id),
            admission=ExecutorAdmission(input.admission.value),
            reason=said(input.reason, "reason", REASON),
            by=context.by,
        )
        return payload(await context.execute(command))

    @strawberry.mutation
    async def link_executor(self, info: Info, input: LinkExecutorInput) -> CommandPayload:
        """Know that an executor is a member of the staff, so that claimed deals become theirs."""
        context = info.context
        command = LinkExecutor(
            **leading(context, input.command_id),
            executor_id=uuid_of(input.executor_id),
            person_id=some_uuid(input.person_id),
            by=context.by,
        )
        return payload(await context.execute(command))
