"""Who may claim is said by the company's rules; a refusal says why, and is on record."""

from typing import Any

import pytest

from application.deals import ChangeDeal
from application.executors import Account, LinkExecutor, SetAdmission, SetSkills
from application.orders import ClaimOffer, GiveBackOrder
from domain.executors import Admission
from domain.offers import Offer, offer_of
from tests.desks import Desks, two_desks
from tests.facts import ANNA
from tests.firm import Firm, firm
from tests.sales import DEAL, IVAN, OTHER_DEAL, PETR, WON

FIRST, OTHER = offer_of(DEAL, 1), offer_of(OTHER_DEAL, 1)


async def by(**rules: Any) -> Firm:
    """A firm with two open offers under these rules."""
    acme = await firm()
    await acme.offer_by(**rules)
    await acme.deal(fields={"skill": " Plumber  and\u00a0FITTER "})
    await acme.deal(deal_id=OTHER_DEAL)
    return acme


async def refused(acme: Firm, account: Account, offer_id: Any = FIRST, **told: Any) -> object:
    """Why a press was refused; it is on record."""
    answer = await acme.claim(account, offer_id, **told)
    last = acme.happened(Offer.ClaimAttempted)[-1]
    assert answer["outcome"] == last.outcome == "refused"
    assert answer["reason"] == last.reason
    assert (last.by, last.winner_id) == (acme.id_of(account), None)
    assert acme.happened(Offer.Claimed) == []
    return answer["reason"]


async def admit(acme: Firm, account: Account, admission: Admission) -> None:
    told = {"executor_id": acme.id_of(account), "admission": admission, "by": ANNA}
    await acme.do(SetAdmission, **told)


@pytest.mark.proves("S0-E12")
async def test_whoever_is_not_in_the_chat_claims_nothing() -> None:
    acme = await by()
    assert await refused(acme, IVAN, member=False) == "not_member"
    assert (await acme.claim(IVAN))["outcome"] == "won"


@pytest.mark.proves("S0-E12")
async def test_whoever_is_barred_claims_nothing_until_they_are_let_in() -> None:
    acme = await by()
    await admit(acme, IVAN, Admission.BARRED)
    assert await refused(acme, IVAN) == "barred"
    await admit(acme, IVAN, Admission.NEUTRAL)
    assert (await acme.claim(IVAN))["outcome"] == "won"


@pytest.mark.proves("S0-E12")
async def test_where_there_is_a_list_only_those_on_it_claim() -> None:
    acme = await by(allow_listed=True)
    assert await refused(acme, IVAN) == "not_allowed"
    await admit(acme, IVAN, Admission.ALLOWED)
    assert (await acme.claim(IVAN))["outcome"] == "won"


async def test_a_skill_is_the_same_however_it_is_written() -> None:
    acme = await by(skill_field="skill")
    assert await refused(acme, IVAN) == "lacks_skill"
    skills = ("  ", "PLUMBER and fitter", "plumber AND Fitter", "Roofer")
    await acme.do(SetSkills, executor_id=acme.id_of(IVAN), skills=skills)
    assert (await acme.executor(IVAN)).skills == ["plumber and fitter", "roofer"]
    assert (await acme.claim(IVAN))["outcome"] == "won"
    assert (await acme.claim(PETR, OTHER))["outcome"] == "won"  # no skill is wanted there


async def test_the_skill_that_is_wanted_is_the_one_that_the_deal_names_now() -> None:
    acme = await by(skill_field="skill")
    await acme.do(SetSkills, executor_id=acme.id_of(IVAN), skills=("Roofer",))
    assert await refused(acme, IVAN) == "lacks_skill"
    await acme.do(ChangeDeal, deal_id=DEAL, fields={"skill": "roofer"})
    assert (await acme.claim(IVAN))["outcome"] == "won"


async def test_nobody_holds_more_orders_than_the_company_lets_them() -> None:
    acme = await by(at_once=1)
    await acme.claim(IVAN)
    answer = await acme.claim(IVAN, OTHER)
    assert (answer["outcome"], answer["reason"], answer["limit"]) == ("refused", "too_many", 1)
    assert (await acme.claim(IVAN))["outcome"] == "repeated"
    await acme.move(WON)
    assert (await acme.claim(IVAN, OTHER))["outcome"] == "won"


async def test_whoever_gives_an_order_back_waits_for_the_next() -> None:
    acme = await by(cool_down=30)
    await acme.claim(IVAN)
    await acme.do(GiveBackOrder, offer_id=FIRST, executor_id=acme.id_of(IVAN))
    await acme.wait(minutes=29.9)
    answer = await acme.claim(IVAN, OTHER)
    assert (answer["reason"], answer["limit"]) == ("cooling_down", 30)
    await acme.wait(minutes=0.1)
    assert (await acme.claim(IVAN, OTHER))["outcome"] == "won"


async def test_limits_hold_also_for_presses_at_the_same_moment(shared_database: str) -> None:
    acme = await by(at_once=1)
    async with two_desks(shared_database, acme) as desks:
        orders = [claim(desks, offer, f"press:{offer}") for offer in (FIRST, OTHER)]
        told = [done.answer["outcome"] for done in await desks.all_at_once(orders)]
    assert sorted(map(str, told)) == ["refused", "won"]
    assert len(desks.happened(Offer.Claimed)) == 1


def claim(desks: Desks, offer_id: Any, command_id: str) -> Any:
    return desks.order(ClaimOffer, command_id, offer_id=offer_id, account=IVAN)


@pytest.mark.proves("S0-E4")
async def test_an_executor_who_works_here_is_responsible_for_the_deal() -> None:
    acme = await by()
    await acme.do(LinkExecutor, executor_id=acme.id_of(IVAN), person_id=ANNA)
    await acme.claim(IVAN)
    assert await acme.responsible() == ANNA
    await acme.claim(PETR, OTHER)
    assert await acme.responsible(OTHER_DEAL) is None
    assert (await acme.the_deal(OTHER_DEAL)).executor["name"] == "Petr"
