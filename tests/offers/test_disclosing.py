"""Whom to call is told in private to those who may know; who learned it, and when, is on record."""

from datetime import timedelta
from typing import Any

import pytest

from application.contacts import ContactDetails
from application.deals import LinkContact
from application.disclosures import RequestContact
from application.executors import Account, MarkExecutorUnreachable, SetAdmission
from application.order_letters import ContactForgone, ContactTold, OfferCard, OrderWon, Party
from domain.executors import Admission
from domain.offers import Offer, offer_of
from tests.desks import two_desks
from tests.facts import NOON
from tests.firm import Firm, firm
from tests.sales import CHAT, DEAL, IVAN, NEW, OTHER_DEAL, PETR, SEARCH, SEMYON

KLARA = ContactDetails(name="Klara", phones=("+79161234567", "+74957654321"))
PAVEL = ContactDetails(name="Pavel", phones=("+79169999999",))
NIKITA = Account(telegram_id=950, name="Nikita")
FIRST, OTHER = offer_of(DEAL, 1), offer_of(OTHER_DEAL, 1)


async def by(**rules: Any) -> Firm:
    """A firm with two offers under these rules, about deals of Klara."""
    acme = await firm()
    await acme.offer_by(**rules)
    await acme.deal(contact=KLARA, fields={"flat": "5", "address": "Lenina 1"})
    await acme.deal(deal_id=OTHER_DEAL, contact=KLARA)
    return acme


def told(acme: Firm, account: Account = IVAN) -> list[Any]:
    return acme.told(account.telegram_id, ContactTold)


@pytest.mark.proves("S0-06", "S0-07")
async def test_whoever_asks_is_told_in_private_before_they_claim() -> None:
    acme = await by(disclosed=["flat"])
    answer = await acme.ask(IVAN)
    assert (answer["reason"], answer["start"]) == ("", False)
    [letter] = told(acme)
    assert letter.order.parties == [Party("Klara", ["+79161234567", "+74957654321"])]
    assert letter.order.details == [("Flat", "5")]
    assert [one.offer.card for one in acme.told(CHAT, OfferCard)] == [
        "Sockets\nAddress: Lenina 1",
        "Sockets",
    ]
    assert acme.happened(Offer.ClaimAttempted) == []


async def test_each_question_is_on_record_and_answered_again() -> None:
    acme = await by()
    for _ in range(2):
        await acme.ask(IVAN)
        await acme.wait(minutes=1)
    first, again = acme.happened(Offer.ContactDisclosed)
    assert (first.to_id, first.again, first.timestamp) == (acme.id_of(IVAN), False, NOON)
    assert (again.again, again.timestamp) == (True, NOON + timedelta(minutes=1))
    assert len(told(acme)) == 2


@pytest.mark.proves("S0-E9")
async def test_every_contact_is_told_with_every_number() -> None:
    acme = await by()
    await acme.do(LinkContact, deal_id=DEAL, details=PAVEL)
    await acme.ask(IVAN)
    names = [(party.name, len(party.phones)) for party in told(acme)[0].order.parties]
    assert names == [("Klara", 2), ("Pavel", 1)]


@pytest.mark.proves("S0-E9")
async def test_where_there_is_no_phone_one_hears_so_and_a_field_for_executors_counts() -> None:
    acme = await by(disclosed=["flat"])
    third, fourth = offer_of(NEW, 1), offer_of(SEARCH, 1)
    nobody = ContactDetails(name="Nobody")
    await acme.deal(deal_id=NEW, contact=nobody)
    await acme.deal(deal_id=SEARCH, contact=nobody, fields={"flat": "5"})
    assert (await acme.ask(IVAN, third))["reason"] == "no_phone"
    assert [one.reason for one in acme.happened(Offer.ContactRefused)] == ["no_phone"]
    assert (await acme.ask(IVAN, fourth))["reason"] == ""
    assert told(acme)[0].order.details == [("Flat", "5")]


@pytest.mark.proves("S0-E1")
async def test_whoever_never_started_the_bot_is_told_as_soon_as_they_do() -> None:
    acme = await by()
    for offer in (FIRST, OTHER, FIRST):
        answer = await acme.ask(NIKITA, offer)
        assert (answer["reason"], answer["start"]) == ("", True)
    assert acme.happened(Offer.ContactDisclosed) == []
    await acme.wait(minutes=5)
    await acme.start(NIKITA)
    disclosed = acme.happened(Offer.ContactDisclosed)
    assert [one.originator_id for one in disclosed] == [FIRST, OTHER]
    assert {one.timestamp for one in disclosed} == {NOON + timedelta(minutes=5)}
    assert [letter.order.offer_id for letter in told(acme, NIKITA)] == [FIRST, OTHER]
    await acme.start(NIKITA)
    assert len(told(acme, NIKITA)) == 2


@pytest.mark.proves("S0-E1")
async def test_whoever_starts_the_bot_too_late_hears_why_they_are_not_told() -> None:
    acme = await by(reveals=1)
    for offer in (FIRST, OTHER):
        await acme.ask(NIKITA, offer)
    await acme.claim(IVAN)
    third = offer_of(NEW, 1)
    await acme.deal(deal_id=NEW, contact=PAVEL)
    await acme.ask(NIKITA, third)
    await acme.start(NIKITA)
    assert [letter.order.offer_id for letter in told(acme, NIKITA)] == [OTHER]
    forgone = acme.told(950, ContactForgone)
    assert [(one.number, one.reason) for one in forgone] == [(1, "taken"), (3, "too_many_phones")]
    assert (await acme.executor(NIKITA)).wanted == []


async def test_whoever_stopped_the_bot_is_asked_to_start_it_again() -> None:
    acme = await by()
    told_ = {"executor_id": acme.id_of(IVAN), "reason": "blocked"}
    await acme.do(MarkExecutorUnreachable, **told_)
    assert (await acme.ask(IVAN))["start"]
    await acme.start(IVAN)
    assert len(told(acme)) == 1


async def test_who_may_not_claim_is_not_told_either() -> None:
    acme = await by(allow_listed=True)
    assert (await acme.ask(IVAN))["reason"] == "not_allowed"
    assert (await acme.ask(IVAN, member=False))["reason"] == "not_member"
    told_ = {"executor_id": acme.id_of(IVAN), "admission": Admission.BARRED}
    await acme.do(SetAdmission, **told_)
    assert (await acme.ask(IVAN))["reason"] == "barred"
    assert acme.happened(Offer.ContactDisclosed) == []
    assert len(acme.happened(Offer.ContactRefused)) == 3


async def test_once_the_order_is_taken_only_its_executor_is_told() -> None:
    acme = await by()
    await acme.claim(IVAN)
    assert (await acme.ask(PETR))["reason"] == "taken"
    assert (await acme.ask(IVAN))["reason"] == ""
    assert len(acme.told(IVAN.telegram_id, OrderWon)) == 2


async def test_whoever_wins_is_told_whom_to_call_on_record_and_beyond_any_limit() -> None:
    acme = await by(reveals=1)
    await acme.ask(IVAN)
    assert (await acme.ask(IVAN, OTHER))["reason"] == "too_many_phones"
    await acme.claim(IVAN, OTHER)
    disclosed = acme.happened(Offer.ContactDisclosed)
    assert [one.originator_id for one in disclosed] == [FIRST, OTHER]
    [won] = acme.told(IVAN.telegram_id, OrderWon)
    assert won.order.parties == [Party("Klara", ["+79161234567", "+74957654321"])]
    await acme.claim(NIKITA)
    assert (await acme.ask(NIKITA))["start"]
    await acme.start(NIKITA)
    assert len(acme.told(950, OrderWon)) == 1


async def test_so_many_phones_an_hour_and_no_more() -> None:
    acme = await by(reveals=1)
    assert (await acme.ask(IVAN))["reason"] == ""
    answer = await acme.ask(IVAN, OTHER)
    assert (answer["reason"], answer["limit"]) == ("too_many_phones", 1)
    assert (await acme.ask(IVAN))["reason"] == ""
    assert (await acme.ask(SEMYON, OTHER))["reason"] == ""
    await acme.wait(minutes=59.9)
    assert (await acme.ask(IVAN, OTHER))["reason"] == "too_many_phones"
    await acme.wait(minutes=0.1)
    assert (await acme.ask(IVAN, OTHER))["reason"] == ""
    assert (await acme.ask(IVAN))["reason"] == "too_many_phones"


async def test_of_two_phones_asked_for_at_the_limit_at_once_one_is_told(
    shared_database: str,
) -> None:
    acme = await by(reveals=1)
    async with two_desks(shared_database, acme) as desks:
        orders = [
            desks.order(RequestContact, f"ask:{offer}", offer_id=offer, account=IVAN)
            for offer in (FIRST, OTHER)
        ]
        answers = [done.answer["reason"] for done in await desks.all_at_once(orders)]
    assert sorted(map(str, answers)) == ["", "too_many_phones"]
    assert len(desks.happened(Offer.ContactDisclosed)) == 1
