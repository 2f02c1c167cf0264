# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Slots: the seats of a company, to which its deals belong, and who sits there."""

from datetime import datetime

import strawberry

from application.slots import BindSlot, OpenSlot, RenameSlot
from interfaces.graphql.bounds import chosen_id, line, page_size, uuid_of
from interfaces.graphql.context import Info
from interfaces.graphql.ownership import leading
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload, reached
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.staff import Person, person_of
from projections.roster import PersonRow
from projections.slots import BindingRow, SlotRow

NAME = 60


async def _holder(info: Info, row: strawberry.Parent[SlotRow | BindingRow]) -> PersonRow | None:
    return await person_of(info, row.person_id)


async def _by(info: Info, row: strawberry.Parent[BindingRow]) -> PersonRow | None:
    return await person_of(info, row.by)


@strawberry.type
class SlotBinding:
    """Who sat in a slot from when on; `until` is null for who sits there now.

    `by` is null when an admin's key did it, or the slot was opened so.
    """

    person: Person = strawberry.field(resolver=_holder, graphql_type=Person)
    since: datetime
    until: datetime | None
    by: Person | None = strawberry.field(resolver=_by, graphql_type=Person | None)


async def _bindings(
    info: Info, row: strawberry.Parent[SlotRow], first: int = 10
) -> list[BindingRow]:
    return (await info.context.loaders.bindings.load(row.slot_id))[: page_size(first)]


@strawberry.type
class Slot:
    """A seat: whoever sits there answers for its deals."""

    slot_id: strawberry.ID = strawberry.field(name="id")
    name: str
    person: Person = strawberry.field(resolver=_holder, graphql_type=Person)
    open_deals: int
    bound_at: datetime
    bindings: list[SlotBinding] = strawberry.field(
        resolver=_bindings,
        graphql_type=list[SlotBinding],
        description="Who sat there, the present holder first.",
    )


@strawberry.input
class OpenSlotInput(CommandInput):
    """Have another seat, for somebody who manages."""

    slot_id: strawberry.ID | None = None
    name: str
    person_id: strawberry.ID


@strawberry.input
class BindSlotInput(CommandInput):
    """Let somebody else sit here: deals, notices and history are theirs from now on."""

    slot_id: strawberry.ID
    person_id: strawberry.ID


@strawberry.input
class RenameSlotInput(CommandInput):
    """Call a slot so."""

    slot_id: strawberry.ID
    name: str


@strawberry.type
class OpenSlotPayload(CommandPayload):
    """Which slot it is."""

    slot_id: strawberry.ID


@strawberry.type
class SlotQueries:
    """Questions about slots."""

    @strawberry.field(graphql_type=list[Slot])
    async def slots(self, info: Info, min_position: BigInt | None = None) -> list[SlotRow]:
        """The slots of the company, the first one first."""
        context = info.context
        await context.wait_for(min_position)
        return await context.models.slots.of_workspace(context.workspace_id)


@strawberry.type
class SlotMutations:
    """Who answers for which deals."""

    @strawberry.mutation
    async def open_slot(self, info: Info, input: OpenSlotInput) -> OpenSlotPayload:
        """Have another seat."""
        context = info.context
        order = leading(context, input.command_id)
        slot_id = chosen_id(input.slot_id, context.workspace_id, f"slot:{input.command_id}")
        command = OpenSlot(
            **order,
            slot_id=slot_id,
            name=line(input.name, "name", NAME).strip(),
            person_id=uuid_of(input.person_id),
        )
        done = await context.execute(command)
        return OpenSlotPayload(
            position=reached(done), replayed=done.replayed, slot_id=strawberry.ID(str(slot_id))
        )

    @strawberry.mutation
    async def bind_slot(self, info: Info, input: BindSlotInput) -> CommandPayload:
        """Let somebody else sit here."""
        context = info.context
        command = BindSlot(
            **leading(context, input.command_id),
            slot_id=uuid_of(input.slot_id),
            person_id=uuid_of(input.person_id),
            by=context.by,
        )
        return payload(await context.execute(command))

    @strawberry.mutation
    async def rename_slot(self, info: Info, input: RenameSlotInput) -> CommandPayload:
        """Call a slot so."""
        context = info.context
        command = RenameSlot(
            **leading(context, input.command_id),
            slot_id=uuid_of(input.slot_id),
            name=line(input.name, "name", NAME).strip(),
            by=context.by,
        )
        return payload(await context.execute(command))
