"""Thousands press in executors' chats while processes die: each order has one winner for everybody.

Two APIs and two gateways run beside the other roles. Some of the API's answers to claims never
arrive, replies of Telegram are lost, updates come twice. What people did and read goes with what
the log says to a checker that knows nothing of the product.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from random import Random
from statistics import median, quantiles

import aiohttp
import psycopg
import pytest
import pytest_asyncio

from infrastructure.phones import Phones
from tests.postgres_fixture import Databases
from tests.whole.race.booths import Booth
from tests.whole.race.crowd import Crowd
from tests.whole.race.grounds import Grounds, prepared
from tests.whole.race.kills import Deaths
from tests.whole.race.log import Log
from tests.whole.race.looking import Look
from tests.whole.race.register import History, violations
from tests.whole.test_killing import at_rest

LOST = 0.1
"""Of the API's answers to claims."""
UNSETTLED = """
SELECT 'letter', key, last_error FROM ledger.outbox
WHERE outcome IS NULL OR outcome NOT IN ('sent', 'replaced')
UNION ALL SELECT 'update', update_id::text, last_error FROM ledger.inbox
WHERE outcome IS DISTINCT FROM 'done'
UNION ALL SELECT 'deal', originator_id::text, '' FROM ledger.event_log
WHERE topic LIKE 'Offer.Claimed#%' AND originator_id NOT IN (
  SELECT originator_id FROM ledger.event_log WHERE topic LIKE 'Offer.Settled#%')
"""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How big a race is; numbers of executors and orders are those of each company."""

    companies: int
    executors: int
    orders: int
    pressing: int
    twice: int
    at_once: int
    kills: int

    @property
    def claims(self) -> int:
        return self.companies * self.orders * (self.pressing + self.twice)


@dataclass
class Ran:
    """A race that is over."""

    history: History
    crowd: Crowd
    deaths: Deaths
    seconds: float
    lost: int

    def told(self) -> str:
        """Everything about it on a line."""
        waits = sorted(self.crowd.waits)
        slow = quantiles(waits, n=100)[98]
        killed = ", ".join(f"{role} {times}" for role, times in self.deaths.killed.items())
        return (
            f"claims {len(self.history.presses)} ({self.crowd.duplicates} of them twice by one"
            f" person), orders {len(self.history.wins)}, attempts on record"
            f" {len(self.history.attempts)}, API answers lost {self.lost}, killed {killed};"
            f" press to answer p50 {median(waits):.2f} s, p99 {slow:.2f} s, longest"
            f" {waits[-1]:.2f} s, late {self.crowd.late}; looked {len(self.history.reads)} times;"
            f" {self.seconds:.0f} s"
        )


async def race(grounds: Grounds, plan: Plan) -> Ran:
    """Everybody presses while everything fails; what is left to do is done in the end."""
    stage, chance = grounds.stage, Random(9)
    booths = [await Booth.opened(stage, plan.executors) for _ in range(plan.companies)]
    await asyncio.gather(*(booth.fill(plan.orders) for booth in booths))
    deaths = Deaths(stage.roles, grounds.second, plan.kills)
    async with aiohttp.ClientSession() as session:
        look = Look(f"{grounds.balancer.url}/graphql", stage.dsn, session)
        crowd = Crowd(booths, chance, look, deaths.at)
        grounds.balancer.loses, began = LOST, time.perf_counter()
        await crowd.race(plan.pressing, plan.twice, plan.at_once)
        seconds, lost = time.perf_counter() - began, grounds.balancer.lost
        grounds.balancer.loses = 0.0
        stage.world.faults.forget()
        bots = [bot for one in booths for bot in (one.company.executors_bot,)]
        await Phones(stage.world).until(
            lambda: not any(bot.updates.pending for bot in bots) or None, "the last update"
        )
        await at_rest(stage.dsn, 60)
        for booth in booths:
            await look.afterwards(booth)
    log = Log(stage.dsn, [booth.company.workspace_id for booth in booths])
    history = History(crowd.presses, log.attempts, log.wins, look.reads)
    return Ran(history, crowd, deaths, seconds, lost)


def check(ran: Ran, plan: Plan, dsn: str) -> None:
    """Each order has one winner for everybody, nobody waited too long, everything is done."""
    found = violations(ran.history)
    sys.stdout.write(f"\n{ran.told()}; violations {len(found)}\n")
    assert found == []
    assert len(ran.history.wins) == plan.companies * plan.orders
    assert len(ran.history.presses) >= plan.claims
    assert ran.crowd.late == 0
    assert ran.deaths.killed.total() == plan.kills
    with psycopg.connect(dsn) as connection:
        assert connection.execute(UNSETTLED).fetchall() == []


@pytest_asyncio.fixture
async def grounds(databases: Databases) -> AsyncIterator[Grounds]:
    """In memory."""
    name = databases.create()
    async with AsyncExitStack() as stack:
        stack.callback(databases.drop, name)
        yield await prepared(stack, databases.of(name))


@pytest.mark.timeout(120)
@pytest.mark.proves("P1", "P2", "P19", "S0-09", "S0-16", "S0-E2")
async def test_of_four_hundred_claims_among_deaths_each_order_has_one_winner(
    grounds: Grounds,
) -> None:
    plan = Plan(companies=1, executors=40, orders=20, pressing=16, twice=4, at_once=4, kills=3)
    check(await race(grounds, plan), plan, grounds.stage.dsn)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.proves("P1", "P2", "P19", "S0-09", "S0-16", "S0-E2")
async def test_of_ten_thousand_claims_by_five_hundred_each_order_has_one_winner() -> None:
    plan = Plan(companies=4, executors=125, orders=250, pressing=8, twice=2, at_once=8, kills=30)
    async with AsyncExitStack() as stack:
        grounds = await prepared(stack)
        ran = await race(grounds, plan)
        check(ran, plan, grounds.stage.dsn)
        assert ran.seconds <= 90
