"""Two processes serve the same company, each with a memory of its own."""

import asyncio
import json
from collections import Counter
from uuid import uuid4

from domain.tickets import Ticket
from tests.facts import AT_WORK, REGISTERED, Fact
from tests.ledger import opened, record
from tests.log.office import CALLERS, ORDERS, TICKETS
from tests.log.processes import started
from tests.log.saves import ask
from tests.noticing import noticed

HISTORIES = """SELECT count(*) FROM (
  SELECT count(*) = max(originator_version) AS whole FROM ledger.event_log
   WHERE workspace_id = %s GROUP BY originator_id) t WHERE NOT whole"""


async def every_order_is_answered(dsn: str, *how: str) -> None:
    acme = uuid4()
    tickets = [Fact(Ticket.Opened, on=id, number=n) for n, id in enumerate(TICKETS, 1)]
    async with opened(dsn) as (log, _):
        await record(log, acme, [*AT_WORK, REGISTERED, *tickets])
    async with (
        started("tests.log.office", dsn, acme, "here", *how) as here,
        started("tests.log.office", dsn, acme, "there", *how) as there,
    ):
        said = await asyncio.gather(*(one.communicate(b"go\n") for one in (here, there)))
    told = sum((Counter(json.loads(out)) for out, _ in said), Counter[str]())
    assert told.total() == 2 * CALLERS * ORDERS
    assert told.keys() <= {
        "done",
        "TicketIsClosed",
        "TicketIsOpen",
        "TicketIsUnclaimed",
        "TicketHeldByOther",
    }
    assert await ask(dsn, HISTORIES, acme) == [(0,)]
    remembered = "SELECT count(*)::int FROM ledger.command_log WHERE workspace_id = %s"
    assert await ask(dsn, remembered, acme) == [(told.total() + len(TICKETS),)]


async def test_two_processes_answer_every_order_and_leave_whole_histories(
    shared_database: str,
) -> None:
    await every_order_is_answered(shared_database)


async def test_desks_that_keep_what_is_outdated_are_noticed(shared_database: str) -> None:
    with noticed():
        await every_order_is_answered(shared_database, "stubborn")
