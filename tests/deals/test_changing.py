"""A deal is changed by whoever it belongs to, and everything that is news is on record."""

from typing import Any

import pytest

from application.contacts import ChangeContact, ContactDetails, contact_of
from application.deals import (
    ChangeDeal,
    CommentDeal,
    DeleteDeal,
    LinkContact,
    MoveDeal,
    RenameDeal,
    UnlinkContact,
)
from application.desk import NotFound
from application.ownership import AssignDeal, DealIsNotYours
from application.phones import BadPhone
from domain.contacts import BadContact, Contact
from domain.deals import BadText, Deal, DealHasMoved, DealIsDeleted
from domain.fields import BadValue, NoSuchField
from domain.slots import slot_of
from domain.staff import NotAManager
from domain.stages import NoSuchStage
from tests.facts import ANNA, BORIS, STRANGER
from tests.firm import Firm, firm
from tests.sales import DEAL, LOST, NEW, OLGA, SEARCH, WON, WORK

KLARA = ContactDetails(name="Klara", phones=("+79161234567",), email=" klara@acme.ru ")


async def with_deal(**told: Any) -> Firm:
    acme = await firm()
    await acme.deal(NEW, **told)
    return acme


def news(acme: Firm) -> list[str]:
    """What has happened to deals since they were opened."""
    mine = [entry.event for entry in acme.log.entries]
    return [type(one).__name__ for one in mine if type(one).__qualname__.startswith("Deal.")][1:]


async def test_what_is_no_news_is_not_recorded() -> None:
    acme = await with_deal(fields={"address": "Lenina 1"})
    await acme.do(RenameDeal, deal_id=DEAL, title=" Sockets ")
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"address": "Lenina 1", "flat": ""})
    await acme.move(NEW)
    await acme.do(AssignDeal, deal_id=DEAL)
    await acme.do(UnlinkContact, deal_id=DEAL, contact_id=STRANGER)
    assert news(acme) == []


async def test_values_are_told_changed_and_taken_away() -> None:
    acme = await with_deal(fields={"address": "Lenina 1"})
    fields = {"address": "", "budget": "2 000", "flat": "5"}
    await acme.do(ChangeDeal, deal_id=DEAL, fields=fields)
    assert (await acme.the_deal()).fields == {"budget": "2000", "flat": "5"}
    for wrong, why in (({"budget": "much"}, BadValue), ({"size": "8"}, NoSuchField)):
        with pytest.raises(why):
            await acme.do(ChangeDeal, deal_id=DEAL, fields={"flat": "6"} | wrong)
    assert (await acme.the_deal()).fields["flat"] == "5"


async def test_a_deal_moves_is_won_and_goes_on() -> None:
    acme = await with_deal()
    for stage in (WORK, WON, NEW, LOST):
        await acme.move(stage)
    moved = "MovedToStage"
    assert news(acme) == [moved, moved, "Won", moved, "Resumed", moved, "Lost"]
    assert (await acme.the_deal()).entry == 5


async def test_whoever_believes_that_it_stands_elsewhere_is_refused() -> None:
    acme = await with_deal()
    await acme.move(WORK, from_id=NEW)
    with pytest.raises(DealHasMoved):
        await acme.move(SEARCH, from_id=NEW, fields={"flat": "5"})
    assert await acme.move(WORK, from_id=NEW) == {"number": 1, "stage": str(WORK)}
    assert (await acme.the_deal()).fields == {}
    with pytest.raises(NoSuchStage):
        await acme.move(STRANGER)


async def test_fields_told_with_a_move_to_where_it_stands_are_kept() -> None:
    acme = await with_deal()
    await acme.move(NEW, fields={"flat": "5"})
    assert news(acme) == ["FieldsChanged"]


CHANGES: list[tuple[Any, dict[str, Any]]] = [
    (RenameDeal, {"title": "Lamps"}),
    (ChangeDeal, {"fields": {"flat": "5"}}),
    (MoveDeal, {"stage_id": WORK}),
    (AssignDeal, {"person_id": BORIS}),
    (CommentDeal, {"text": "He is in a hurry"}),
    (LinkContact, {"details": KLARA}),
    (UnlinkContact, {"contact_id": STRANGER}),
    (DeleteDeal, {}),
]


@pytest.mark.proves("S3-16")
@pytest.mark.parametrize(("command", "told"), CHANGES)
async def test_nobody_changes_a_colleagues_deal(command: Any, told: dict[str, Any]) -> None:
    acme = await with_deal(by=ANNA)
    with pytest.raises(DealIsNotYours):
        await acme.do(command, deal_id=DEAL, by=BORIS, **told)
    assert news(acme) == []
    for by in (OLGA, None, ANNA):
        acme = await with_deal(by=ANNA)
        await acme.do(command, deal_id=DEAL, by=by, **told)


@pytest.mark.parametrize(("command", "told"), CHANGES)
async def test_a_deal_of_nobody_is_everybodys(command: Any, told: dict[str, Any]) -> None:
    acme = await with_deal()
    await acme.do(command, deal_id=DEAL, by=BORIS, **told)
    with pytest.raises(NotFound):
        await acme.do(command, deal_id=DEAL, by=STRANGER, **told)


@pytest.mark.parametrize(("command", "told"), CHANGES[:-2])
async def test_nothing_is_done_with_a_deleted_deal(command: Any, told: dict[str, Any]) -> None:
    acme = await with_deal(by=ANNA)
    for _ in range(2):
        await acme.do(DeleteDeal, deal_id=DEAL, by=ANNA)
    with pytest.raises(DealIsDeleted):
        await acme.do(command, deal_id=DEAL, by=ANNA, **told)
    assert news(acme) == ["Deleted"]


async def test_a_deal_is_given_to_a_slot_and_taken_from_everybody() -> None:
    acme = await with_deal(by=ANNA)
    await acme.do(AssignDeal, deal_id=DEAL, by=ANNA, person_id=BORIS)
    assert (await acme.the_deal()).slot_id == slot_of(BORIS, 1)
    await acme.do(AssignDeal, deal_id=DEAL, by=BORIS, slot_id=slot_of(ANNA, 1))
    assert (await acme.the_deal()).slot_id == slot_of(ANNA, 1)
    await acme.do(AssignDeal, deal_id=DEAL, by=ANNA)
    assert (await acme.the_deal()).slot_id is None
    with pytest.raises(NotAManager):
        await acme.do(AssignDeal, deal_id=DEAL, person_id=OLGA)
    with pytest.raises(NotFound):
        await acme.do(AssignDeal, deal_id=DEAL, slot_id=STRANGER)


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001])
async def test_a_comment_has_words(text: str) -> None:
    acme = await with_deal()
    with pytest.raises(BadText):
        await acme.do(CommentDeal, deal_id=DEAL, text=text)


async def test_contacts_come_and_go_and_the_first_is_the_main_one() -> None:
    acme = await with_deal(contact=ContactDetails(name="Pavel"))
    [pavel] = (await acme.the_deal()).contacts
    answer = await acme.do(LinkContact, deal_id=DEAL, details=KLARA)
    klara = contact_of(acme.workspace_id, "+79161234567")
    assert answer == {"number": 1, "contact": str(klara)}
    await acme.do(LinkContact, deal_id=DEAL, contact_id=klara)
    assert (await acme.the_deal()).contacts == [pavel, klara]
    await acme.do(UnlinkContact, deal_id=DEAL, contact_id=pavel)
    assert (await acme.the_deal()).contacts == [klara]
    assert (await acme.get(Contact, klara)).email == "klara@acme.ru"
    for nobody in ({"contact_id": STRANGER}, {}):
        with pytest.raises(NotFound):
            await acme.do(LinkContact, deal_id=DEAL, **nobody)


async def test_a_contact_has_other_numbers_and_the_old_one_may_be_anothers() -> None:
    acme = await with_deal(contact=KLARA)
    klara = contact_of(acme.workspace_id, "+79161234567")
    told = {"contact_id": klara, "phones": ("8 (916) 765-43-21",), "name": " Klara P. "}
    await acme.do(ChangeContact, **told)
    changed = await acme.get(Contact, klara)
    assert (changed.name, changed.phones) == ("Klara P.", ["+79167654321"])
    pavel = ContactDetails(name="Pavel", phones=KLARA.phones)
    other = (await acme.do(LinkContact, deal_id=DEAL, details=pavel))["contact"]
    assert other != str(klara)
    for wrong, why in (
        ({"name": " "}, BadContact),
        ({"phones": ("nonsense",)}, BadPhone),
        ({"phones": tuple(f"+7916123450{n}" for n in range(10)) + KLARA.phones}, BadContact),
    ):
        with pytest.raises(why):
            await acme.do(ChangeContact, contact_id=klara, **wrong)


async def test_each_change_says_who_made_it() -> None:
    acme = await with_deal(by=ANNA)
    await acme.do(RenameDeal, deal_id=DEAL, by=ANNA, title="Lamps")
    await acme.do(CommentDeal, deal_id=DEAL, by=OLGA, text="Call first")
    [renamed, commented] = acme.happened(Deal.Renamed, Deal.CommentAdded)
    assert (renamed.by, commented.by, commented.text) == (ANNA, OLGA, "Call first")
