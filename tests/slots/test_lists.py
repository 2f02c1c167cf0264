"""Slots tell who sits there, who sat there, and how much there is to do."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.deals import Deal
from domain.slots import Slot
from projections.slots import BindingRow, SlotRow
from tests.deals.facts import ANNA, BORIS, bound, opened, seated
from tests.projections.conftest import World
from tests.projections.facts import NOON, fact


@pytest.mark.proves("S3-17")
async def test_a_slot_tells_its_people_and_its_open_deals(questions: World) -> None:
    acme, other, slot, second = (uuid4() for _ in range(4))
    open_one, lost, deleted, resumed, given_away = deals = [uuid4() for _ in range(5)]
    for workspace in (acme, other):
        await questions.book.record(
            workspace,
            seated(slot, ANNA),
            *(opened(id, n, slot=slot) for n, id in enumerate(deals, start=1)),
        )
    await questions.book.record(
        acme,
        seated(second, ANNA, 1, name="Orders"),
        fact(Deal.Lost, lost, 2, reason="", by=None),
        fact(Deal.Deleted, deleted, 2, by=None),
        fact(Deal.Won, resumed, 2, by=None),
        fact(Deal.Resumed, resumed, 3, by=None),
        fact(Deal.ResponsibleChanged, given_away, 3, from_id=slot, to_id=second, by=None),
        fact(Slot.Renamed, slot, 4, name="Kitchens", by=None),
        bound(slot, ANNA, BORIS, 5),
    )
    await questions.know("slots")
    slots, later = questions.models.slots, NOON + timedelta(minutes=5)
    row = SlotRow(slot, "Kitchens", BORIS, NOON, later, 2)
    assert [one.slot_id for one in await slots.of_workspace(acme)] == [slot, second]
    assert await slots.of_person(acme, BORIS) == [row] == await slots.many(acme, [slot, open_one])
    assert [(one.name, one.open_deals) for one in await slots.of_person(acme, ANNA)] == [
        ("Orders", 1)
    ]
    assert await slots.bindings(acme, slot) == [
        BindingRow(slot, BORIS, later, None, None),
        BindingRow(slot, ANNA, NOON, later, None),
    ]
    theirs = await slots.one(other, slot)
    assert theirs is not None
    assert (theirs.person_id, theirs.open_deals) == (ANNA, 5)
    assert await slots.one(other, second) is None
