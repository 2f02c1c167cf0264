"""What a command costs on a long log compared with a short one."""

import asyncio
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import count
from statistics import median
from typing import LiteralString
from uuid import UUID, uuid4

import psycopg

from application.claims import ClaimTicket
from application.desk import Desk
from domain.events import encode, topic_of
from domain.staff import Person
from infrastructure.benchmarks.ground import Ground
from infrastructure.benchmarks.lives import NOON, held_ticket, keep, manager, news_of
from infrastructure.benchmarks.rounds import alternate, median_ratio, rate
from infrastructure.benchmarks.rows import Better, Row
from infrastructure.event_log import PostgresLog
from infrastructure.postgres import Role, pool

AIM = 1.1
SHORT = 10_000
LONG = int(os.environ.get("LEDGERDESK_BENCH_EVENTS", "500000"))
"""Events of the long log: design.md asks for 10,000,000, which takes minutes to fill."""
EACH = 9  # events a ticket
LIVE = 500  # tickets of one day: the newest ones, on both logs
WORKSPACES = 10
CALLERS = 8

FILL: LiteralString = """
    WITH made AS (
      SELECT i, (i - 1) / %(each)s AS ticket, (i - 1) %% %(each)s + 1 AS version
        FROM generate_series(1, %(events)s::bigint) i),
    remembered AS (
      INSERT INTO ledger.command_log (workspace_id, command_id, fingerprint, outcome, last_id, at)
      SELECT md5('workspace ' || ticket %% %(workspaces)s)::uuid, 'tg:1:' || i, '\\x62656e6368',
             '{}', i, %(at)s FROM made)
    INSERT INTO ledger.event_log (notification_id, workspace_id, originator_id, originator_version,
                                  topic, state, command_id, actor, recorded_at)
    SELECT i, md5('workspace ' || ticket %% %(workspaces)s)::uuid, md5('ticket ' || ticket)::uuid,
           version, (%(topics)s::text[])[version], (%(states)s::bytea[])[version],
           'tg:1:' || i, 'bench', %(at)s + i * interval '1 millisecond'
      FROM made ORDER BY i"""
HEAD: LiteralString = """UPDATE ledger.log_head
    SET last_id = %(events)s, last_at = %(at)s + %(events)s * interval '1 millisecond'"""


async def measure(
    ground: Ground, *, long: int = LONG, short: int = SHORT, live: int = LIVE, rounds: int = 15
) -> list[Row]:
    """Claims of the newest tickets by a desk that remembers none: each is loaded from the log.

    Both logs have been worked on by a first round, so that neither pays for its first writes after
    the filling.
    """
    numbers = count(1)
    async with AsyncExitStack() as stack:
        sides = [await _Side.opened(stack, ground.database(), n, live) for n in (short, long)]

        async def on_short() -> float:
            return await sides[0].seconds(numbers)

        async def on_long() -> float:
            return await sides[1].seconds(numbers)

        found = await alternate(rounds, short=on_short, long=on_long)
    return [
        Row(
            name="log_size",
            ratio=median_ratio(found["long"], found["short"]),
            aim=AIM,
            better=Better.LOWER,
            figures={
                "short_us": median(found["short"]) * 1e6,
                "long_us": median(found["long"]) * 1e6,
                "short_events": short,
                "long_events": long,
                "fill_s": sides[1].filled_in,
                "callers": CALLERS,
                "rounds": rounds,
            },
        )
    ]


class _Side:
    """A log of some length and what lives on it."""

    def __init__(self, log: PostgresLog, managers: list[Person], live: range, took: float) -> None:
        self.filled_in = took
        self._log = log
        self._managers = managers
        self._live = live

    @classmethod
    async def opened(cls, stack: AsyncExitStack, dsn: str, events: int, live: int) -> "_Side":
        """Fill the log of an empty database and begin to use it."""
        began = time.perf_counter()
        await asyncio.to_thread(_fill, dsn, events)
        took = time.perf_counter() - began
        reads = await stack.enter_async_context(
            pool(dsn, Role.DESK, name="bench", min_size=CALLERS, max_size=CALLERS)
        )
        log = PostgresLog(dsn, reads)
        await log.start()
        stack.push_async_callback(log.close)
        managers = [manager(_id("workspace", n)) for n in range(WORKSPACES)]
        await keep(log, managers)
        tickets = events // EACH
        return cls(log, managers, range(tickets - live, tickets), took)

    async def seconds(self, numbers: Iterator[int]) -> float:
        """Seconds a command, every live ticket having one."""
        orders = [self._order(ticket, next(numbers)) for ticket in self._live]
        return 1 / await rate(orders, Desk(self._log).execute, CALLERS)

    def _order(self, ticket: int, number: int) -> ClaimTicket:
        by = self._managers[ticket % WORKSPACES]
        return ClaimTicket(
            workspace_id=by.workspace_id,
            command_id=f"tg:2:{number}",
            actor=f"person:{by.id}",
            at=NOON,
            ticket_id=_id("ticket", ticket),
            by=by.id,
        )


def _fill(dsn: str, events: int) -> None:
    """As many events as that, of tickets of nine, set by set as the superuser may."""
    life = news_of(held_ticket(uuid4(), 1, uuid4()))
    if len(life) != EACH:
        raise ValueError(f"a ticket has {len(life)} events")
    told = {
        "events": events,
        "each": EACH,
        "workspaces": WORKSPACES,
        "topics": [topic_of(event) for event in life],
        "states": [encode(event) for event in life],
        "at": NOON,
    }
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        connection.execute(FILL, told)
        connection.execute(HEAD, told)
        connection.execute("VACUUM ANALYZE ledger.event_log, ledger.command_log")
        connection.execute("CHECKPOINT")


def _id(kind: str, number: int) -> UUID:
    """The same as Postgres makes."""
    return UUID(hashlib.md5(f"{kind} {number}".encode(), usedforsecurity=False).hexdigest())
