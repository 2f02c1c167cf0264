"""Hundreds press at two desks over one log; the checker finds whatever is broken on purpose."""

import asyncio
import contextlib
import inspect
import sys
import textwrap
import time
from collections.abc import Callable
from random import Random
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from application.deals import CreateDeal
from application.desk import Desk, Done
from application.executors import Account
from application.offers import PublishOffer
from application.orders import ClaimOffer
from application.pipelines import AddStage, DefinePipeline, SetOffering
from application.ports import Conflict, EventLog, Save
from domain.offering import Offering
from domain.offers import Offer, offer_of
from tests.facts import FOUNDED
from tests.ledger import opened, order, record
from tests.mutants import NO_MEMORY, Change, StaleMutant, broken_class, broken_database
from tests.postgres_fixture import Databases
from tests.whole.race.log import Log
from tests.whole.race.register import Flaw, History, Press, Told, violations

PEOPLE = [Account(telegram_id=500 + n, name=f"Executor {n}") for n in range(12)]
OFFERS, TWICE = 6, 3


async def published(desk: Desk, acme: UUID) -> list[UUID]:
    """Offers of new deals that stand on a search stage."""
    pipeline, search, found = (uuid5(acme, name) for name in ("pipeline", "search", "found"))
    deals = [uuid5(acme, f"deal {n}") for n in range(OFFERS)]
    of = {"pipeline_id": pipeline}
    rules = Offering(claimed_stage_id=found)
    for n, (command, told) in enumerate(
        [
            (DefinePipeline, {"name": "Repairs", **of}),
            (AddStage, {"stage_id": search, "name": "Search", **of}),
            (AddStage, {"stage_id": found, "name": "Found", **of}),
            (SetOffering, {"stage_id": search, "offering": rules, **of}),
            *((CreateDeal, {"deal_id": id, "title": "Repair", **of}) for id in deals),
            *((PublishOffer, {"deal_id": id, "entry": 1}) for id in deals),
        ]
    ):
        await desk.execute(order(command, acme, f"begin:{n}", **told))
    return [offer_of(id, 1) for id in deals]


class Race:
    """Everybody presses everything at once, some twice, and some presses are delivered twice."""

    def __init__(self, desks: list[Desk], workspace_id: UUID) -> None:
        self.presses: list[tuple[str, int, str, float, float, Done]] = []
        self._desks = desks
        self._workspace_id = workspace_id
        self._chance = Random(5)

    async def run(self, offers: list[UUID]) -> None:
        async with asyncio.TaskGroup() as crowd:
            for offer_id in offers:
                who = self._chance.sample(PEOPLE, len(PEOPLE))
                for n, account in enumerate([*who, *who[:TWICE]]):
                    crowd.create_task(self._press(account, offer_id, f"{offer_id}:{n}"))

    async def _press(self, account: Account, offer_id: UUID, command_id: str) -> None:
        told: dict[str, Any] = {"offer_id": offer_id, "account": account}
        press = order(ClaimOffer, self._workspace_id, command_id, **told)
        began = time.time()
        deliveries = self._chance.sample(self._desks, self._chance.choice((1, 1, 2)))
        done, *_ = await asyncio.gather(*(desk.execute(press) for desk in deliveries))
        person, ended = account.telegram_id, time.time()
        self.presses.append((command_id, person, str(offer_id), began, ended, done))


async def history_of_a_race(dsn: str, desk: type[Desk] = Desk) -> History:
    acme = uuid4()
    async with opened(dsn) as (here, _), opened(dsn) as (there, _):
        await record(here, acme, [FOUNDED])
        race = Race([desk(here), desk(there)], acme)
        await race.run(await published(Desk(here), acme))
    log = Log(dsn, [acme])
    return History([_press(log, *told) for told in race.presses], log.attempts, log.wins)


def _press(
    log: Log, command: str, person: int, offer: str, began: float, ended: float, done: Done
) -> Press:
    about: dict[str, Any] = {"command": command, "person": person, "offer": offer}
    yours = done.answer["outcome"] in {"won", "repeated"}
    told = Told(yours, log.people.get(str(done.answer.get("winner"))))
    return Press(began=began, ended=ended, told=told, **about)


async def append_if_possible(log: EventLog, save: Save) -> None:
    """Record it, unless it is refused by then."""
    with contextlib.suppress(Conflict):
        await log.append(save)


async def flaws_of_a_race(dsn: str, desk: type[Desk] = Desk) -> set[Flaw]:
    return {one.flaw for one in violations(await history_of_a_race(dsn, desk))}


def broken_method(kind: type, name: str, *changes: Change) -> Callable[..., Any]:
    """A method with changed source."""
    source = textwrap.dedent(inspect.getsource(getattr(kind, name)))
    for old, new in changes:
        if old not in source:
            raise StaleMutant(f"{kind.__name__}.{name} does not say {old!r}")
        source = source.replace(old, new)
    space = dict(vars(sys.modules[kind.__module__]))
    exec(source, space)
    broken: Callable[..., Any] = space[name]
    return broken


@pytest.mark.proves("P1", "S0-09", "S0-E2")
async def test_of_all_who_press_at_two_desks_one_wins_and_everybody_hears_the_truth(
    shared_database: str,
) -> None:
    history = await history_of_a_race(shared_database)
    assert violations(history) == []
    assert len(history.wins) == OFFERS
    assert len(history.attempts) == len(history.presses) == OFFERS * (len(PEOPLE) + TWICE)


BROKEN: dict[str, tuple[Flaw, type, str, Change]] = {
    "a taken order is given away again": (
        Flaw.TWO_WINNERS,
        Offer,
        "_attempt",
        ("if self.standing is not Standing.OPEN:", "if False:"),
    ),
    "who presses again has lost": (
        Flaw.TWO_TALES,
        Offer,
        "_attempt",
        ("and self.executor_id == by:", "and False:"),
    ),
    "losers are not recorded": (
        Flaw.UNRECORDED,
        Offer,
        "claim",
        ("self._claim_attempted(", "attempt.outcome is Outcome.WON and self._claim_attempted("),
    ),
    "everybody hears that they have it": (
        Flaw.FALSE_WINNER,
        ClaimOffer,
        "carry_out",
        ('"outcome": attempt.outcome', '"outcome": "won"'),
    ),
    "losers hear of somebody else": (
        Flaw.WRONG_WINNER,
        ClaimOffer,
        "carry_out",
        ("= str(attempt.winner_id)", "= str(executor.id)"),
    ),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
async def test_a_broken_claim_is_found(
    broken: tuple[Flaw, type, str, Change], shared_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    flaw, kind, method, change = broken
    monkeypatch.setattr(kind, method, broken_method(kind, method, change))
    assert flaw in await flaws_of_a_race(shared_database)


async def test_a_desk_that_takes_a_lost_race_for_a_win_is_found(shared_database: str) -> None:
    again = "                draft.forget()\n                raise"
    deaf = broken_class(
        Desk, (again, "                return Done(outcome.answer or {}, 1, False)")
    )
    assert Flaw.FALSE_WINNER in await flaws_of_a_race(shared_database, deaf)


async def test_a_desk_that_answers_before_it_has_recorded_is_found(shared_database: str) -> None:
    recording = "stored = await self._log.append(save)"
    later = """asyncio.get_running_loop().create_task(later(self._log, save))
                return Done(outcome.answer or {}, 1, False)"""
    hasty = broken_class(Desk, (recording, later), later=append_if_possible)
    assert Flaw.OUT_OF_TIME in await flaws_of_a_race(shared_database, hasty)


async def test_a_log_that_forgets_what_it_has_answered_is_found(databases: Databases) -> None:
    once = ("PRIMARY KEY (workspace_id, command_id)", "CHECK (true)")
    with broken_database(databases, NO_MEMORY, once) as dsn:
        assert Flaw.TWICE in await flaws_of_a_race(dsn)
