"""Ownership: whose a deal is, and who may change it."""

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Command, Draft, Refused
from application.slots import slot_for
from domain.deals import Deal
from domain.slots import Slot
from domain.staff import Person, Role


class DealIsNotYours(Refused):
    """This deal belongs to a colleague; ask them or an admin."""


async def must_own(draft: Draft, deal: Deal, by: UUID | None) -> None:
    """Refuse for a manager in whose slot the deal is not; leaders and keys (None) may do all."""
    if by is None:
        return
    person = await draft.look(Person, by)
    person.must_work_here()
    if {Role.OWNER, Role.ADMIN} & {*person.roles}:
        return
    person.must_manage()
    if deal.slot_id is not None and (await draft.look(Slot, deal.slot_id)).person_id != by:
        raise DealIsNotYours


@dataclass(frozen=True, kw_only=True)
class DealCommand(Command):
    """An order about one deal; `by` is the member of the staff who gave it, None a key."""

    deal_id: UUID
    by: UUID | None = None

    @property
    @override
    def subject(self) -> UUID:
        return self.deal_id

    async def own_deal(self, draft: Draft) -> Deal:
        """The deal, if whoever gave the order may change it."""
        deal = await draft.get(Deal, self.deal_id)
        await must_own(draft, deal, self.by)
        return deal


@dataclass(frozen=True, kw_only=True)
class AssignDeal(DealCommand):
    """Give a deal to somebody's slot, or to a certain one."""

    person_id: UUID | None = None
    slot_id: UUID | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        if self.person_id is not None:
            (await draft.look(Person, self.person_id)).must_manage()
            slot_id = (await slot_for(draft, self.person_id)).id
        else:
            slot_id = (await draft.look(Slot, self.slot_id)).id if self.slot_id else None
        deal = await self.own_deal(draft)  # after a new slot, which whoever is told sits in
        deal.change_responsible(slot_id, self.by)
        return {"number": deal.number}
