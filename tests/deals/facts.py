"""Facts about deals for read models."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from domain.contacts import Contact
from domain.deals import Deal
from domain.slots import Slot
from tests.projections.facts import Fact, fact

PIPELINE, NEW, SEARCH, DONE = (uuid4() for _ in range(4))
ANNA, BORIS = uuid4(), uuid4()


def opened(  # what matters of an opening
    deal: UUID,
    number: int,
    minute: float = 0,
    *,
    title: str = "Kitchen",
    stage: UUID = NEW,
    slot: UUID | None = None,
    contacts: Sequence[UUID] = (),
    fields: dict[str, str] | None = None,
) -> Fact:
    return fact(
        Deal.Opened,
        deal,
        minute,
        number=number,
        pipeline_id=PIPELINE,
        stage_id=stage,
        title=title,
        fields=fields or {},
        slot_id=slot,
        contacts=contacts,
        by=ANNA,
        origin_id=None,
        rule_id=None,
        trail=[],
    )


def moved(deal: UUID, minute: float, to: UUID, *, start: UUID = NEW) -> Fact:
    return fact(Deal.MovedToStage, deal, minute, from_id=start, to_id=to, by=ANNA, trail=[])


def known(contact: UUID, name: str, *phones: str) -> Fact:
    return fact(Contact.Registered, contact, name=name, phones=phones)


def seated(slot: UUID, person: UUID, minute: float = 0, name: str = "Sales") -> Fact:
    return fact(Slot.Opened, slot, minute, name=name, person_id=person)


def bound(slot: UUID, person: UUID, to: UUID, minute: float) -> Fact:
    return fact(Slot.Bound, slot, minute, from_id=person, person_id=to, by=None)
