"""Of any number of executors who press, exactly one gets the order, and all hear the truth."""

from typing import Any
from uuid import UUID, uuid5

import pytest
from eventsourcing.domain import OriginatorVersionError

from application.desk import CommandIdReused, Desk, Done, NotFound
from application.executors import Account
from application.order_letters import OfferCard, OrderTaken, OrderWon
from application.orders import ClaimOffer
from domain.contests import Attempt, Outcome
from domain.deals import Deal
from domain.executors import Executor
from domain.offers import Offer, offer_of
from tests.desks import Desks, two_desks
from tests.firm import Firm, firm
from tests.mutants import broken_database
from tests.noticing import noticed
from tests.postgres_fixture import Databases
from tests.sales import CHAT, DEAL, IVAN, NEW, PETR, SEARCH, WORK

CROWD = [Account(telegram_id=1000 + n, name=f"Executor {n}") for n in range(60)]


def press(desks: Desks, account: Account, command_id: str = "", **told: Any) -> ClaimOffer:
    """An executor presses «claim» under the first offer."""
    id = command_id or f"press:{account.telegram_id}"
    actor = f"executor:{desks.firm.id_of(account)}"
    usual = {"offer_id": offer_of(DEAL, 1), "account": account, "actor": actor}
    order = desks.order(ClaimOffer, id, **usual | told)
    assert isinstance(order, ClaimOffer)
    return order


def winner_of(told: list[Done]) -> str:
    """Of whom everybody heard."""
    [winner] = {done.answer["winner"] for done in told}
    assert isinstance(winner, str)
    return winner


async def one_wins_and_all_hear_the_truth(dsn: str, desk: type[Desk] = Desk) -> None:
    acme = await firm()
    await acme.deal()
    async with two_desks(dsn, acme, desk) as desks:
        orders = [press(desks, one) for one in CROWD]
        told = await desks.all_at_once(orders)
        again = await desks.all_at_once(orders[1:] + orders[:1])
    [claimed] = desks.happened(Offer.Claimed)
    attempts = {one.by: one for one in desks.happened(Offer.ClaimAttempted)}
    assert len(desks.happened(Offer.ClaimAttempted)) == len(attempts) == len(CROWD)
    assert UUID(winner_of(told)) == claimed.by
    for account, done in zip(CROWD, told, strict=True):
        recorded = attempts[acme.id_of(account)]
        outcome, reason = ("won", "") if recorded.by == claimed.by else ("lost", "taken")
        assert (recorded.outcome, recorded.reason) == (outcome, reason)
        assert recorded.winner_id == claimed.by
        assert (done.answer["outcome"], done.answer["reason"]) == (outcome, reason)
    assert [taken.originator_id for taken in desks.happened(Executor.OfferTaken)] == [claimed.by]
    assert [done.answer for done in [again[-1], *again[:-1]]] == [done.answer for done in told]


@pytest.mark.proves("P1", "P2", "S0-09", "S0-E2")
async def test_of_sixty_who_press_at_once_one_wins_and_all_hear_the_truth(
    shared_database: str,
) -> None:
    await one_wins_and_all_hear_the_truth(shared_database)


async def test_a_log_that_lets_two_win_is_noticed(databases: Databases) -> None:
    blind = [
        ("PRIMARY KEY (workspace_id, originator_id, originator_version)", "CHECK (true)"),
        ("st[k.no] := 'conflict';", "NULL;"),
    ]
    with broken_database(databases, *blind) as dsn, noticed(OriginatorVersionError):
        await one_wins_and_all_hear_the_truth(dsn)


async def test_an_offer_that_lets_the_second_win_too_is_noticed(
    shared_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Offer, "_attempt", lambda _, by, __: Attempt(Outcome.WON, winner_id=by))
    with noticed(ValueError):
        await one_wins_and_all_hear_the_truth(shared_database)


@pytest.mark.proves("P2")
async def test_a_press_that_is_delivered_again_gets_the_first_answer_whoever_has_it_now() -> None:
    acme = await firm()
    await acme.deal()
    told = {"account": IVAN, "actor": "executor:ivan", "offer_id": offer_of(DEAL, 1)}
    first = await acme.do(ClaimOffer, "tg:30:1", **told)
    await acme.claim(PETR)
    renamed = {"account": Account(telegram_id=IVAN.telegram_id, name="Ivan the Great")}
    again = await acme.do(ClaimOffer, "tg:30:1", **told | renamed | {"member": False})
    assert again == first
    with pytest.raises(CommandIdReused):
        await acme.do(ClaimOffer, "tg:30:1", **told | {"actor": "executor:petr"})


@pytest.mark.proves("S0-08", "S0-12", "S0-15")
async def test_the_deal_knows_its_executor_and_goes_on() -> None:
    acme = await firm()
    await acme.deal()
    answer = await acme.claim(IVAN)
    assert (answer["outcome"], answer["winner_name"], answer["start"]) == ("won", "Ivan", False)
    deal = await acme.the_deal()
    assert (deal.stage_id, deal.entry, deal.executor_id) == (WORK, 2, acme.id_of(IVAN))
    assert deal.executor == {"name": "Ivan", "username": "ivan", "telegram_id": "900"}
    assert (await acme.the_offer()).settled
    assert (await acme.executor(IVAN)).orders == [offer_of(DEAL, 1)]


@pytest.mark.proves("S0-10", "S0-16")
async def test_the_chat_is_told_and_the_card_loses_its_buttons() -> None:
    acme = await firm()
    await acme.deal()
    await acme.claim(IVAN)
    posted, taken = acme.told(CHAT, OfferCard)
    assert (posted.offer.standing, posted.edits) == ("open", None)
    assert (taken.offer.standing, taken.offer.executor, taken.edits) == ("claimed", "Ivan", 1)
    assert acme.told(CHAT, OrderTaken) == [OrderTaken(1, "Ivan", 1)]
    assert [type(one) for one in acme.told(IVAN.telegram_id)] == [OrderWon]


async def test_whose_the_order_is_may_stay_between_the_company_and_them() -> None:
    acme = await firm()
    await acme.deal()
    await acme.offer_by(tells_winner=False)
    await acme.move(NEW)
    await acme.move(SEARCH)
    third = offer_of(DEAL, 3)
    assert (await acme.claim(IVAN, third))["winner_name"] == "Ivan"
    assert "winner_name" not in await acme.claim(PETR, third)
    assert acme.told(CHAT, OfferCard)[-1].offer.executor is None


async def test_the_winner_who_presses_again_still_has_it() -> None:
    acme = await firm()
    await acme.deal()
    for outcome in ("won", "repeated", "repeated"):
        assert (await acme.claim(IVAN))["outcome"] == outcome
    assert len(acme.happened(Offer.Claimed)) == 1
    assert [one.outcome for one in acme.happened(Offer.ClaimAttempted)][1:] == ["repeated"] * 2


async def test_somebody_who_never_started_the_bot_may_win_and_is_told_to_start_it() -> None:
    acme = await firm()
    await acme.deal()
    newcomer = Account(telegram_id=950, name="Nikita")
    answer = await acme.claim(newcomer)
    assert (answer["outcome"], answer["start"]) == ("won", True)
    assert acme.told(950) == []
    await acme.start(newcomer)
    assert [type(one) for one in acme.told(950)] == [OrderWon]


async def test_an_offer_that_never_was_is_not_claimed() -> None:
    acme = await firm()
    await acme.deal(NEW)
    with pytest.raises(NotFound):
        await acme.claim(IVAN, uuid5(DEAL, "nothing"))
    assert acme.happened(Deal.ExecutorFound) == []


@pytest.mark.proves("S0-E3")
@pytest.mark.parametrize(
    ("account", "told"),
    [
        (Account(telegram_id=7, name="Ivan"), {"name": "Ivan", "telegram_id": "7"}),
        (Account(telegram_id=7, name=""), {"name": "id7", "telegram_id": "7"}),
    ],
)
async def test_the_deal_learns_what_there_is_of_an_executor(
    account: Account, told: dict[str, str]
) -> None:
    acme: Firm = await firm()
    await acme.deal()
    await acme.claim(account)
    assert (await acme.the_deal()).executor == told
