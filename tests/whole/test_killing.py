"""kill -9 of any role at any moment loses no message and doubles no effect."""

import asyncio
import contextlib
import random
from contextlib import AsyncExitStack

import psycopg
import pytest

from infrastructure.phones import NothingCame
from infrastructure.rehearsal import Rehearsal, Tally
from infrastructure.stage import Stage, set_stage
from interfaces.sandbox.world import Forwarding

KILLED = ("api", "projector", "gateway")
UNDER_WAY = (
    "SELECT (SELECT count(*) FROM ledger.outbox WHERE outcome IS NULL)"
    " + (SELECT count(*) FROM ledger.inbox WHERE outcome IS NULL)"
    " + (SELECT last_id - (SELECT min(position) FROM ledger.policy) FROM ledger.log_head)"
)
ALIVE = "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE %s LIMIT 1"


async def assassin(stage: Stage, role: str, times: int, chance: random.Random) -> None:
    """Kill a role at random moments, each time when it has come back and works."""
    stage.roles.longest_pause = 0.2
    for _ in range(times):
        await at_work(stage.dsn, role)
        await asyncio.sleep(chance.uniform(0.0, 2.5))
        stage.roles.kill(role)
        await asyncio.sleep(0.5)


async def at_work(dsn: str, role: str) -> None:
    """Wait until the role has its connections to the database."""
    async with asyncio.timeout(120), await psycopg.AsyncConnection.connect(dsn) as connection:
        while True:
            cursor = await connection.execute(ALIVE, [f"%{role}%"])
            if await cursor.fetchone():
                return
            await connection.commit()
            await asyncio.sleep(0.1)


async def rehearse(clients: int, kills: int, seed: int) -> tuple[Tally, Stage, list[str]]:
    chance = random.Random(seed)
    async with AsyncExitStack() as stack:
        stage = await set_stage(stack, ("Ромашка", "Домсеть"))
        rehearsal = Rehearsal(stage.world, lambda _where, _what: None, seed=seed, patience=120)
        murders = [
            asyncio.create_task(assassin(stage, role, kills, random.Random(chance.random())))
            for role in KILLED
        ]
        playing = asyncio.create_task(
            rehearsal.play(stage.companies, clients, clients // 2, pause=kills * 8 / clients)
        )
        await asyncio.gather(*murders)
        try:
            tally = await playing
        except NothingCame as error:
            pytest.fail(f"nothing came: {error}; " + "; ".join(unfinished(stage.dsn)))
        await at_rest(stage.dsn)
        return tally, stage, broken(stage.dsn)


async def at_rest(dsn: str, patience: float = 30) -> None:
    """Wait until nothing is on its way any more, for so many seconds at most."""
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while True:
                    cursor = await connection.execute(UNDER_WAY)
                    if await cursor.fetchone() == (0,):
                        return
                    await asyncio.sleep(0.1)


def unfinished(dsn: str) -> list[str]:
    """Where a message may have got stuck."""
    with psycopg.connect(dsn) as connection:
        return [
            f"{name}: {connection.execute(question).fetchall()}"
            for name, question in {
                "inbox": b"SELECT id, attempts, outcome, last_error FROM ledger.inbox"
                b" WHERE outcome IS DISTINCT FROM 'done'",
                "outbox": b"SELECT key, attempts, outcome, last_error FROM ledger.outbox"
                b" WHERE outcome IS NULL OR outcome NOT IN ('sent', 'replaced')",
                "inbox lanes": b"SELECT bot_id, chat_id, holder FROM ledger.inbox_lane"
                b" WHERE has_work",
                "outbox lanes": b"SELECT bot_id, chat_id, holder FROM ledger.outbox_lane"
                b" WHERE has_work",
                "policy": b"SELECT name, position, last_id FROM ledger.policy, ledger.log_head",
                "timers": b"SELECT count(*) FROM ledger.timer WHERE done_at IS NULL",
                "threads": b"SELECT topic, count(*) FROM ledger.event_log"
                b" WHERE topic LIKE 'Thread%' GROUP BY 1",
            }.items()
        ]


def broken(dsn: str) -> list[str]:
    """What must never be in the log, whatever died: each line is one breach."""
    breaches: list[str] = []
    with psycopg.connect(dsn) as connection:
        for name, question in {
            "two winners of one claim": b"SELECT originator_id FROM ledger.event_log"
            b" WHERE topic = 'Ticket.Claimed#1' GROUP BY 1 HAVING count(*) > 1",
            "a ticket number with a gap": b"SELECT workspace_id FROM ledger.event_log"
            b" WHERE topic = 'Ticket.Opened#1' GROUP BY 1"
            b" HAVING count(*) <> max((convert_from(state, 'UTF8')::jsonb ->> 'number')::int)",
            "positions with a gap": b"SELECT 1 FROM ledger.event_log"
            b" HAVING count(*) <> coalesce(max(notification_id), 0)",
            "one update recorded twice": b"SELECT command_id FROM ledger.event_log"
            b" WHERE topic = 'Ticket.MessageReceived#1' GROUP BY 1 HAVING count(*) > 1",
            "a letter that did not leave": b"SELECT key FROM ledger.outbox"
            b" WHERE outcome IS NULL OR outcome NOT IN ('sent', 'replaced')",
            "an update that was not dealt with": b"SELECT update_id FROM ledger.inbox"
            b" WHERE outcome IS DISTINCT FROM 'done'",
            "a ticket without post, thread or card": b"SELECT originator_id"
            b" FROM ledger.event_log WHERE topic LIKE 'Thread.%' GROUP BY 1"
            b" HAVING count(DISTINCT topic) FILTER (WHERE topic IN"
            b" ('Thread.Posted#1', 'Thread.Opened#1', 'Thread.CardShown#1')) < 3",
        }.items():
            rows = connection.execute(question).fetchall()
            breaches += [f"{name}: {row[0]}" for row in rows]
    return breaches


def check(tally: Tally, stage: Stage, breaches: list[str], clients: int, kills: int) -> None:
    assert tally.lost == []
    assert breaches == []
    assert tally.asked == clients
    # At least once outward: a call that was cut off by the death of the gateway, after Telegram
    # took it, may be repeated. Nothing else doubles anything.
    assert len(tally.doubled) <= kills
    assert all(stage.roles.starts[role] > kills for role in KILLED)


@pytest.mark.timeout(170)
@pytest.mark.proves("S1-16", "S1-18", "S1-19", "S1-20", "S1-24", "P3", "P16", "P18")
async def test_two_deaths_of_each_role_lose_nothing() -> None:
    tally, stage, breaches = await rehearse(clients=8, kills=2, seed=11)
    check(tally, stage, breaches, clients=8, kills=2)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.proves("P3", "P16", "P18")
async def test_a_dozen_deaths_of_each_role_lose_nothing() -> None:
    tally, stage, breaches = await rehearse(clients=40, kills=12, seed=5)
    check(tally, stage, breaches, clients=40, kills=12)


@pytest.mark.long
@pytest.mark.timeout(180)
async def test_where_no_discussion_opens_the_group_itself_takes_the_tickets() -> None:
    never = Forwarding(delay=(1e6, 1e6))
    async with AsyncExitStack() as stack:
        stage = await set_stage(stack, ("Ромашка",), forwarding=never)
        rehearsal = Rehearsal(stage.world, lambda _where, _what: None, patience=60)
        tally = await rehearsal.play(stage.companies, 8, 4, pause=0.2)
        await at_rest(stage.dsn)
        assert (tally.lost, tally.doubled, broken(stage.dsn)) == ([], [], [])
