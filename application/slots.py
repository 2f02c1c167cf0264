"""What can be done about slots: who sits where."""

from dataclasses import dataclass
from itertools import count
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Command, Draft, NotFound
from domain.pipelines import must_be_name
from domain.slots import Slot, slot_of
from domain.staff import Person


async def slot_for(draft: Draft, person_id: UUID) -> Slot:
    """The first of the slots opened for the person where they still sit; a new one if none is."""
    for n in count(1):
        try:
            slot = await draft.look(Slot, slot_of(person_id, n))
        except NotFound:
            person = await draft.look(Person, person_id)
            return draft.add(_slot(draft, person, slot_of(person_id, n), person.name))
        if slot.person_id == person_id:
            return slot
    raise AssertionError  # numbers have no end


def _slot(draft: Draft, person: Person, slot_id: UUID, name: str) -> Slot:
    return Slot(
        id=slot_id,
        workspace_id=person.workspace_id,
        timestamp=draft.at,
        name=name,
        person_id=person.id,
    )


@dataclass(frozen=True, kw_only=True)
class SlotCommand(Command):
    """An order about one slot."""

    slot_id: UUID

    @property
    @override
    def subject(self) -> UUID:
        return self.slot_id


@dataclass(frozen=True, kw_only=True)
class OpenSlot(SlotCommand):
    """Have another seat, for somebody who manages."""

    name: str
    person_id: UUID

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        must_be_name(self.name, [])
        person = await draft.look(Person, self.person_id)
        person.must_manage()
        if await draft.find(Slot, self.slot_id) is None:
            draft.add(_slot(draft, person, self.slot_id, self.name))
        return {}


@dataclass(frozen=True, kw_only=True)
class BindSlot(SlotCommand):
    """Let somebody else sit here: deals, notices and history are theirs from now on."""

    person_id: UUID
    by: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.look(Person, self.person_id)).must_manage()
        (await draft.get(Slot, self.slot_id)).bind(self.person_id, self.by)
        return {}


@dataclass(frozen=True, kw_only=True)
class RenameSlot(SlotCommand):
    """Call a slot so."""

    name: str
    by: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        must_be_name(self.name, [])
        (await draft.get(Slot, self.slot_id)).rename(self.name, self.by)
        return {}
