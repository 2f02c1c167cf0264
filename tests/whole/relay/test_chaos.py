"""While updates come twice, late and broken, and processes die: each word arrives, in order.

A client's message and a manager's answer are recorded once. Each comes to the other side at least
once, the first time in the order in which Telegram told of it; it comes twice only if nobody knows
whether Telegram took it: an answer was lost, or the gateway died while it was sending.
"""

import asyncio
import random
import sys
import time

import psycopg
import pytest

from infrastructure.phones import NothingCame
from infrastructure.stage import Stage
from interfaces.sandbox.faults import DUPLICATE, LOSE, POISON, REORDER
from tests.whole.relay.crowd import ANSWERED, Crowd, once
from tests.whole.relay.quiet import quiet
from tests.whole.relay.troubles import Assassin, Troubles
from tests.whole.test_killing import KILLED, unfinished

pytestmark = pytest.mark.asyncio(loop_scope="package")

RECORDED = """
SELECT count(*), count(DISTINCT command_id) FROM ledger.event_log
WHERE topic IN ('Ticket.MessageReceived#1', 'Ticket.MessageSent#1') AND workspace_id = ANY(%s)
"""
UNDELIVERED = """
SELECT key FROM ledger.outbox WHERE workspace_id = ANY(%s)
AND (outcome IS NULL OR outcome NOT IN ('sent', 'replaced'))
"""
FAILED = """
SELECT count(*) FROM ledger.inbox WHERE bot_id = ANY(%s) AND outcome IS DISTINCT FROM 'done'
"""


def assert_on_record(crowd: Crowd, dsn: str, undecodable: int) -> None:
    """Everything that was said is in the log once, and nothing is left to be done."""
    workspaces = [one.workspace_id for one in crowd.companies]
    bots = [bot.id for one in crowd.companies for bot in (one.clients_bot, one.managers_bot)]
    with psycopg.connect(dsn) as connection:
        assert connection.execute(RECORDED, [workspaces]).fetchone() == (crowd.said, crowd.said)
        assert connection.execute(UNDELIVERED, [workspaces]).fetchall() == []
        assert connection.execute(FAILED, [bots]).fetchone() == (undecodable,)


def assert_arrived(crowd: Crowd) -> int:
    """Everything came to the other side, in order; returns how often something came again."""
    arrived = crowd.arrived()
    assert {side: sorted(turns) for side, turns in crowd.delivered.items()} == {
        side: sorted(set(turns)) for side, turns in arrived.items()
    }
    disordered = {
        side: (turns, once(arrived[side]))
        for side, turns in crowd.delivered.items()
        if once(arrived[side]) != turns
    }
    assert disordered == {}
    return sum(len(turns) - len(once(turns)) for turns in arrived.values())


async def rehearse(
    stage: Stage,
    *,
    companies: int,
    pairs: int,
    turns: int,
    kills: int,
    mercy: float,
    pause: float,
    patience: float,
) -> Crowd:
    """Everybody talks while everything fails; all of it must have arrived in the end."""
    chance = random.Random(16)
    least = max(1, kills // 5)
    troubles, assassin = Troubles(stage.world, chance), Assassin(stage, chance, kills, least)
    crowd = Crowd(stage, troubles, chance, patience)
    await crowd.gather(companies, pairs)
    began = time.perf_counter()
    try:
        await asyncio.gather(
            crowd.talk(turns, pause), *(assassin.haunt(role, mercy) for role in KILLED)
        )
        await quiet(stage, crowd.companies, patience)
    except NothingCame as error:
        pytest.fail(f"nothing came: {error}; " + "; ".join(unfinished(stage.dsn)))
    took = time.perf_counter() - began
    doubled = assert_arrived(crowd)
    lost, undecodable = troubles.happened(LOSE), troubles.happened(POISON)
    sys.stdout.write(
        f"\nsaid {crowd.said}, kills {dict(assassin.kills)}, updates twice"
        f" {troubles.happened(DUPLICATE)}, late {troubles.happened(REORDER)}, undecodable"
        f" {undecodable}; lost answers {lost}, in doubt at a death {assassin.doubts},"
        f" doubled {doubled}, lost 0, out of order 0; {took:.0f} s\n"
    )
    assert_on_record(crowd, stage.dsn, undecodable)
    assert doubled <= lost + assassin.doubts
    assert assassin.kills.total() >= kills
    return crowd


@pytest.mark.proves("P3", "P16", "P18", "S1-31")
async def test_a_death_of_each_role_among_troubles_loses_and_doubles_nothing(stage: Stage) -> None:
    crowd = await rehearse(
        stage, companies=2, pairs=6, turns=8, kills=3, mercy=1.5, pause=0.2, patience=60
    )
    talk = crowd.pairs[0].talk.messages
    number = next(id for id, one in talk.items() if ANSWERED in one.text)
    answer = talk.pop(number)
    with pytest.raises(AssertionError):  # the check sees what is missing
        assert_arrived(crowd)
    talk[number] = answer
    with pytest.raises(AssertionError):  # and what came later than the rest
        assert_arrived(crowd)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.proves("P3", "P16", "P18", "S1-31")
async def test_a_hundred_deaths_among_five_thousand_updates_lose_nothing(stage: Stage) -> None:
    await rehearse(
        stage, companies=7, pairs=20, turns=18, kills=100, mercy=4.0, pause=8.0, patience=1500
    )
