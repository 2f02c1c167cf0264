"""An executor is known by their Telegram account, and by what the company says of them."""

from typing import Any

import pytest

from application.desk import NotFound
from application.executors import (
    Account,
    ChooseExecutorLanguage,
    LinkExecutor,
    MarkExecutorUnreachable,
    SetAdmission,
    SetSkills,
    SharePhone,
)
from application.phones import BadPhone
from application.pipelines import Datum
from domain.executors import Admission, Executor
from domain.staff import Person, PersonHasLeft
from tests.facts import ANNA, BORIS, STRANGER, Fact
from tests.firm import Firm, firm
from tests.sales import IVAN, OTHER_DEAL


async def told(acme: Firm, command: Any, **said: Any) -> Executor:
    """Ivan, after something was said of him twice."""
    for _ in range(2):
        await acme.do(command, executor_id=acme.id_of(IVAN), **said)
    return await acme.executor(IVAN)


async def test_whoever_presses_first_is_registered_and_once() -> None:
    acme = await firm()
    await acme.deal()
    newcomer = Account(telegram_id=950, name="Nikita", username="nik", language="en")
    await acme.ask(newcomer)
    await acme.claim(newcomer)
    await acme.start(newcomer)
    nikita = await acme.executor(newcomer)
    assert (nikita.name, nikita.username, nikita.language) == ("Nikita", "nik", "en")
    assert nikita.reachable
    registered = [one.telegram_id for one in acme.happened(Executor.Registered)]
    assert registered == [900, 901, 902, 903, 950]


async def test_whoever_has_another_name_is_known_by_it() -> None:
    acme = await firm()
    await acme.deal()
    await acme.claim(Account(telegram_id=IVAN.telegram_id, name="Ivan Petrov"))
    [renamed] = acme.happened(Executor.Renamed)
    assert (renamed.name, renamed.username) == ("Ivan Petrov", None)
    assert (await acme.the_deal()).executor["name"] == "Ivan Petrov"


@pytest.mark.proves("S0-E3")
async def test_a_phone_that_was_shared_is_what_the_deal_learns_too() -> None:
    acme = await firm()
    ivan = await told(acme, SharePhone, phone="8 (916) 123-45-67")
    assert ivan.phone == "+79161234567"
    await acme.deal()
    await acme.claim(IVAN)
    assert (await acme.the_deal()).executor["phone"] == "+79161234567"
    with pytest.raises(BadPhone):
        await told(acme, SharePhone, phone="nonsense")
    assert len(acme.happened(Executor.PhoneShared)) == 1


@pytest.mark.proves("S0-11")
@pytest.mark.parametrize(
    ("sent", "learned"),
    [
        (["name"], {"name": "Ivan"}),
        (["username", "telegram_id"], {"username": "ivan", "telegram_id": "900"}),
        (["phone"], {"name": "Ivan"}),
        ([], {"name": "Ivan"}),
    ],
)
async def test_the_deal_learns_what_the_company_wants_it_to(
    sent: list[str], learned: dict[str, str]
) -> None:
    acme = await firm()
    await acme.offer_by(sent=[Datum(one) for one in sent])
    await acme.deal()
    await acme.claim(IVAN)
    assert (await acme.the_deal()).executor == learned


async def test_what_is_said_of_an_executor_is_recorded_when_it_is_news() -> None:
    acme = await firm()
    known = len(acme.log.entries)
    barred = {"admission": Admission.BARRED, "reason": "rude", "by": ANNA}
    assert (await told(acme, SetAdmission, **barred)).admission is Admission.BARRED
    assert (await told(acme, SetSkills, skills=("Roofer",), by=ANNA)).skills == ["roofer"]
    assert (await told(acme, ChooseExecutorLanguage, language="en")).language == "en"
    assert not (await told(acme, MarkExecutorUnreachable, reason="blocked")).reachable
    assert (await told(acme, LinkExecutor, person_id=BORIS, by=ANNA)).person_id == BORIS
    assert (await told(acme, LinkExecutor, person_id=None, by=ANNA)).person_id is None
    assert len(acme.log.entries) == known + 6
    [set_] = acme.happened(Executor.AdmissionSet)
    assert (set_.reason, set_.by) == ("rude", ANNA)


async def test_an_executor_is_linked_to_somebody_who_works_here() -> None:
    acme = await firm()
    await acme.note(Fact(Person.Left, on=BORIS))
    for person, why in ((BORIS, PersonHasLeft), (STRANGER, NotFound)):
        with pytest.raises(why):
            await told(acme, LinkExecutor, person_id=person)


async def test_one_account_is_another_executor_in_another_company() -> None:
    acme = await firm()
    other = await firm(log=acme.log)
    assert acme.id_of(IVAN) != other.id_of(IVAN)
    with pytest.raises(NotFound):
        await other.do(SetSkills, executor_id=acme.id_of(IVAN), skills=("Roofer",))
    await acme.deal(deal_id=OTHER_DEAL)
    with pytest.raises(NotFound):
        await other.claim(IVAN)
