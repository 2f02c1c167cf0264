"""A deal begins with what is known of it, on a stage, in somebody's slot."""

from typing import Any
from uuid import uuid5

import pytest

from application.contacts import ContactDetails, RegisterContact, contact_of
from application.deals import CreateDeal
from application.desk import NotFound
from application.phones import BadPhone
from application.pipelines import AddStage, DefinePipeline, StageKind
from domain.contacts import Contact
from domain.deals import CONTACTS, BadText, Deal, DealExists, TooManyContacts
from domain.fields import BadValue
from domain.slots import Slot, slot_of
from domain.staff import NotAManager, Person, PersonHasLeft
from domain.stages import NoSuchStage
from tests.facts import ANNA, BORIS, STRANGER, Fact
from tests.firm import firm
from tests.sales import DEAL, LOST, NEW, OLGA, OTHER_DEAL, SALES, SEARCH, WON


async def test_a_deal_stands_on_the_first_stage_in_the_slot_of_whoever_made_it() -> None:
    acme = await firm()
    fields = {"address": " Lenina 1 ", "budget": "1 500,50", "flat": ""}
    told = {"pipeline_id": SALES, "title": " Sockets ", "fields": fields, "by": ANNA}
    answer = await acme.do(CreateDeal, deal_id=DEAL, **told)
    deal = await acme.the_deal()
    assert answer == {"number": 1, "stage": str(NEW)}
    assert (deal.number, deal.stage_id, deal.title, deal.trail) == (1, NEW, "Sockets", [])
    assert deal.fields == {"address": "Lenina 1", "budget": "1500.50"}
    assert deal.slot_id == slot_of(ANNA, 1)
    assert (await acme.get(Slot, slot_of(ANNA, 1))).name == "Anna"


@pytest.mark.parametrize(
    ("told", "holder"),
    [
        ({}, None),
        ({"by": OLGA}, None),
        ({"responsible_id": BORIS}, BORIS),
        ({"by": ANNA, "responsible_id": BORIS}, BORIS),
        ({"by": OLGA, "responsible_id": BORIS}, BORIS),
    ],
)
async def test_a_deal_is_given_to_a_manager_or_waits_for_one(told: Any, holder: Any) -> None:
    acme = await firm()
    await acme.deal(NEW, **told)
    slot_id = (await acme.the_deal()).slot_id
    assert slot_id == (slot_of(holder, 1) if holder else None)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"responsible_id": OLGA}, NotAManager),
        ({"responsible_id": STRANGER}, NotFound),
        ({"by": STRANGER}, NotFound),
        ({"stage_id": STRANGER}, NoSuchStage),
        ({"pipeline_id": STRANGER}, NotFound),
        ({"contact_ids": (STRANGER,)}, NotFound),
        ({"title": "  "}, BadText),
        ({"title": "x" * 201}, BadText),
        ({"fields": {"budget": "much"}}, BadValue),
        ({"contact": ContactDetails(name="Klara", phones=("nonsense",))}, BadPhone),
    ],
)
async def test_a_deal_that_cannot_be_is_refused_and_takes_no_number(told: Any, why: Any) -> None:
    acme = await firm()
    with pytest.raises(why):
        await acme.deal(**{"stage_id": NEW} | told)
    assert acme.happened(Deal.Opened, Slot.Opened, Contact.Registered) == []
    assert (await acme.deal(NEW))["number"] == 1


async def test_somebody_who_has_left_makes_no_deals() -> None:
    acme = await firm()
    await acme.note(Fact(Person.Left))
    for told in ({"by": ANNA}, {"responsible_id": ANNA}, {"by": ANNA, "responsible_id": BORIS}):
        with pytest.raises(PersonHasLeft):
            await acme.deal(NEW, **told)


async def test_the_same_deal_is_not_made_twice() -> None:
    acme = await firm()
    await acme.deal(NEW, title="Sockets")
    with pytest.raises(DealExists):
        await acme.deal(NEW, title="Lamps")
    assert (await acme.the_deal()).title == "Sockets"


async def test_a_deal_that_begins_on_a_last_stage_is_over() -> None:
    acme = await firm()
    await acme.deal(WON)
    await acme.deal(LOST, deal_id=OTHER_DEAL, reason="Too dear")
    won, lost = await acme.the_deal(), await acme.the_deal(OTHER_DEAL)
    assert (won.kind, won.is_open) == (StageKind.WON, False)
    assert (lost.kind, lost.reason, lost.is_open) == (StageKind.LOST, "Too dear", False)
    assert [type(event) for event in acme.happened(Deal.Won, Deal.Lost)] == [Deal.Won, Deal.Lost]


async def test_contacts_are_known_by_their_first_phone_and_named_once() -> None:
    acme = await firm()
    klara = ContactDetails(name="Klara", phones=("8 916 123-45-67", "+7 495 765-43-21"))
    await acme.deal(NEW, contact=klara)
    again = ContactDetails(name="Klara Petrovna", phones=("+7(916)1234567",), email="k@acme.ru")
    known = contact_of(acme.workspace_id, "+79161234567")
    await acme.deal(NEW, OTHER_DEAL, contact=again, contact_ids=(known, known))
    assert (await acme.the_deal(OTHER_DEAL)).contacts == [known]
    contact = await acme.get(Contact, known)
    assert (contact.name, contact.phones) == ("Klara", ["+79161234567", "+74957654321"])
    assert len(acme.happened(Contact.Registered)) == 1


async def test_a_deal_has_only_so_many_contacts() -> None:
    acme = await firm()
    ids = tuple(uuid5(DEAL, f"contact {n}") for n in range(CONTACTS))
    for n, id in enumerate(ids):
        await acme.do(RegisterContact, contact_id=id, details=ContactDetails(name=f"Contact {n}"))
    one_more = ContactDetails(name="One more")
    with pytest.raises(TooManyContacts):
        await acme.deal(NEW, contact_ids=ids, contact=one_more)
    await acme.deal(NEW, contact_ids=ids)
    assert len((await acme.the_deal()).contacts) == CONTACTS


async def test_a_pipeline_without_an_open_stage_takes_no_deals() -> None:
    acme = await firm()
    other = uuid5(SALES, "other")
    await acme.do(DefinePipeline, pipeline_id=other, name="Other")
    told = {"stage_id": uuid5(other, "won"), "name": "Won", "kind": StageKind.WON}
    await acme.do(AddStage, pipeline_id=other, **told)
    with pytest.raises(NoSuchStage):
        await acme.do(CreateDeal, deal_id=DEAL, pipeline_id=other, title="Sockets")


async def test_deals_on_a_search_stage_are_offered_from_the_start() -> None:
    acme = await firm()
    await acme.deal(SEARCH)
    offer = await acme.the_offer()
    assert (offer.number, offer.deal_id, offer.card) == (1, DEAL, "Sockets")
