"""Deals belong to seats: whoever sits there answers for all of them, from that moment on."""

from typing import Any
from uuid import uuid5

import pytest

from application.deals import CommentDeal, CreateDeal
from application.desk import NotFound
from application.order_letters import DealGiven, SlotGiven
from application.ownership import AssignDeal, DealIsNotYours
from application.slots import BindSlot, OpenSlot, RenameSlot
from domain.deals import Deal
from domain.pipelines import BadName
from domain.slots import Slot, slot_of
from domain.staff import NotAManager, Person, PersonHasLeft
from tests.desks import two_desks
from tests.facts import ANNA, BORIS, STRANGER, Fact
from tests.firm import Firm, firm
from tests.sales import DEAL, NEW, OLGA, OTHER_DEAL, SALES, WORK

ANNAS, BORISES = slot_of(ANNA, 1), slot_of(BORIS, 1)
NORTH = uuid5(ANNAS, "north")


async def with_deals() -> Firm:
    """Anna has two deals."""
    acme = await firm()
    await acme.deal(NEW, by=ANNA)
    await acme.deal(NEW, OTHER_DEAL, by=ANNA)
    return acme


async def bind(acme: Firm, person: Any, slot: Any = ANNAS) -> None:
    await acme.do(BindSlot, slot_id=slot, person_id=person, by=OLGA)


@pytest.mark.proves("S3-17", "S3-E5")
async def test_whoever_takes_the_seat_has_every_deal_and_the_old_holder_none() -> None:
    acme = await with_deals()
    known = len(acme.log.entries)
    await bind(acme, BORIS)
    assert len(acme.log.entries) == known + 1  # one event, however many deals
    for deal in (DEAL, OTHER_DEAL):
        assert await acme.responsible(deal) == BORIS
        with pytest.raises(DealIsNotYours):
            await acme.move(WORK, deal, by=ANNA)
        await acme.move(WORK, deal, by=BORIS)
    assert [one.slot for one in acme.told(501, SlotGiven)] == ["Anna"]


@pytest.mark.proves("S3-E5")
async def test_the_history_of_the_deals_and_of_the_seat_stays() -> None:
    acme = await with_deals()
    await bind(acme, BORIS)
    await bind(acme, ANNA)
    await bind(acme, ANNA)
    bound = [(one.from_id, one.person_id, one.by) for one in acme.happened(Slot.Bound)]
    assert bound == [(ANNA, BORIS, OLGA), (BORIS, ANNA, OLGA)]
    assert [one.by for one in acme.happened(Deal.Opened)] == [ANNA, ANNA]
    assert acme.happened(Deal.ResponsibleChanged) == []


@pytest.mark.proves("S3-E5")
async def test_no_order_of_the_old_holder_slips_in_beside_the_binding(
    shared_database: str,
) -> None:
    """Comments and the binding are given at once: what comes after it in the log is refused."""
    acme = await with_deals()
    async with two_desks(shared_database, acme) as desks:
        binding = desks.order(BindSlot, "bind", slot_id=ANNAS, person_id=BORIS)
        said = [
            desks.order(CommentDeal, f"say:{n}", deal_id=deal, by=ANNA, text=f"{n}")
            for n, deal in enumerate((DEAL, OTHER_DEAL) * 10)
        ]
        orders = [*said[:10], binding, *said[10:]]
        outcomes = await desks.all_at_once(orders, refused=DealIsNotYours)
    after = desks.news[[isinstance(one, Slot.Bound) for one in desks.news].index(True) :]
    assert [one for one in after if isinstance(one, Deal.CommentAdded)] == []
    assert len(desks.happened(Deal.CommentAdded)) == len(outcomes) - 1


async def test_new_deals_go_to_the_seat_that_was_made_for_a_person_and_is_still_theirs() -> None:
    acme = await with_deals()
    await bind(acme, BORIS)
    third, fourth = uuid5(DEAL, "third"), uuid5(DEAL, "fourth")
    await acme.deal(NEW, third, by=ANNA)
    assert (await acme.the_deal(third)).slot_id == slot_of(ANNA, 2)
    await acme.deal(NEW, fourth, by=BORIS)
    assert (await acme.the_deal(fourth)).slot_id == BORISES
    await bind(acme, ANNA)
    await acme.do(AssignDeal, deal_id=fourth, person_id=ANNA)
    assert (await acme.the_deal(fourth)).slot_id == ANNAS
    assert [one.name for one in acme.happened(Slot.Opened)] == ["Anna", "Anna", "Boris"]


async def test_two_first_deals_at_once_open_one_seat(shared_database: str) -> None:
    acme = await firm()
    async with two_desks(shared_database, acme) as desks:
        told = {"pipeline_id": SALES, "title": "Sockets", "by": ANNA}
        orders = [
            desks.order(CreateDeal, f"deal:{n}", deal_id=uuid5(DEAL, f"{n}"), **told)
            for n in range(6)
        ]
        await desks.all_at_once(orders)
    assert len(desks.happened(Slot.Opened)) == 1
    assert {one.slot_id for one in desks.happened(Deal.Opened)} == {ANNAS}


async def test_a_seat_is_opened_for_its_work_and_renamed() -> None:
    acme = await firm()
    await acme.do(OpenSlot, slot_id=NORTH, name="North", person_id=ANNA)
    await acme.deal(NEW)
    await acme.do(AssignDeal, deal_id=DEAL, slot_id=NORTH)
    assert await acme.responsible() == ANNA
    for _ in range(2):
        await acme.do(RenameSlot, slot_id=NORTH, name="North and East", by=OLGA)
    [renamed] = acme.happened(Slot.Renamed)
    assert (renamed.name, renamed.by) == ("North and East", OLGA)


@pytest.mark.parametrize(
    ("person", "why"), [(OLGA, NotAManager), (STRANGER, NotFound), (BORIS, PersonHasLeft)]
)
async def test_only_somebody_who_manages_sits_there(person: Any, why: type[Exception]) -> None:
    acme = await with_deals()
    await acme.note(Fact(Person.Left, on=BORIS))
    with pytest.raises(why):
        await bind(acme, person)
    with pytest.raises(why):
        await acme.do(OpenSlot, slot_id=NORTH, name="North", person_id=person)
    assert await acme.responsible() == ANNA


async def test_a_seat_that_there_is_not_or_that_has_no_name_is_refused() -> None:
    acme = await firm()
    with pytest.raises(NotFound):
        await bind(acme, ANNA, NORTH)
    with pytest.raises(BadName):
        await acme.do(OpenSlot, slot_id=NORTH, name=" ", person_id=ANNA)


async def test_whoever_is_given_a_deal_by_somebody_else_hears_of_it() -> None:
    acme = await with_deals()
    assert acme.told(500, DealGiven) == []
    await acme.do(AssignDeal, deal_id=DEAL, person_id=BORIS, by=ANNA)
    [given] = acme.told(501, DealGiven)
    assert (given.deal.number, given.by) == (1, "Anna")
    await acme.do(AssignDeal, deal_id=DEAL, person_id=ANNA)
    [given] = acme.told(500, DealGiven)
    assert given.by is None


async def test_another_companys_seat_is_unknown() -> None:
    acme = await with_deals()
    other = await firm(log=acme.log)
    await other.deal(NEW)
    for command, told in (
        (BindSlot, {"slot_id": ANNAS, "person_id": BORIS}),
        (RenameSlot, {"slot_id": ANNAS, "name": "Mine"}),
        (AssignDeal, {"deal_id": DEAL, "slot_id": ANNAS}),
    ):
        with pytest.raises(NotFound):
            await other.do(command, **told)
