"""What a command costs does not grow with the history of what it is about."""

import asyncio
import time
from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from typing_extensions import override

from application.desk import Busy, Desk
from application.draft import Shelf
from application.messages import AddNote
from domain.aggregate import Aggregate
from infrastructure.event_log import PostgresLog
from infrastructure.postgres import checkout
from tests.facts import ANNA, CLAIMED, HELLO, TICKET, WITH_TICKET
from tests.ledger import opened, order, record
from tests.mutants import broken_class
from tests.noticing import noticed


class CountingLog(PostgresLog):
    """Counts the events that were loaded from Postgres."""

    loaded = 0

    @override
    async def load(self, workspace_id: UUID, stream_id: UUID) -> Sequence[Aggregate.Event]:
        events = await super().load(workspace_id, stream_id)
        self.loaded += len(events)
        return events


async def a_ticket_in_use_is_loaded_once(dsn: str, desk: type[Desk] = Desk) -> None:
    async with opened(dsn) as (_, connections):
        log = CountingLog(dsn, connections)
        await log.start()
        acme, office = uuid4(), desk(log)
        await record(log, acme, [*WITH_TICKET, *CLAIMED])
        loaded: list[int] = []
        for n in range(300):
            told = order(AddNote, acme, f"note:{n}", ticket_id=TICKET, by=ANNA, content=HELLO)
            await office.execute(told)
            loaded.append(log.loaded)
        await log.close()
    assert loaded[0] > 0
    assert loaded[-1] == loaded[0]


async def test_a_ticket_in_use_is_loaded_once_however_long_it_grows(shared_database: str) -> None:
    await a_ticket_in_use_is_loaded_once(shared_database)


async def test_a_desk_that_remembers_nothing_is_noticed(shared_database: str) -> None:
    shelf = broken_class(Shelf, ("self._aggregates[key] = aggregate", "pass"))
    with noticed():
        await a_ticket_in_use_is_loaded_once(shared_database, broken_class(Desk, Shelf=shelf))


async def test_a_desk_remembers_only_so_many_and_what_it_forgot_it_loads_again(
    shared_database: str,
) -> None:
    async with opened(shared_database) as (log, _):
        office = Desk(log, remembered=5)
        companies = [uuid4() for _ in range(10)]
        for acme in companies:
            await record(log, acme, [*WITH_TICKET, *CLAIMED])
        for n in range(3):
            for acme in companies:
                told = order(AddNote, acme, f"note:{n}", ticket_id=TICKET, by=ANNA, content=HELLO)
                assert (await office.execute(told)).answer["kept"] == "note"


async def test_while_every_connection_is_taken_a_command_hears_busy_within_three_seconds(
    shared_database: str,
) -> None:
    async with opened(shared_database, size=1) as (log, connections):
        acme, office = uuid4(), Desk(log)
        await record(log, acme, WITH_TICKET)

        async def note(n: int) -> None:
            told = order(AddNote, acme, f"note:{n}", ticket_id=TICKET, by=ANNA, content=HELLO)
            await office.execute(told)

        async with checkout(connections):
            begun = time.perf_counter()
            with pytest.raises(Busy):
                await note(1)
            assert time.perf_counter() - begun < 3.0
        await asyncio.gather(*(note(n) for n in range(1, 10)))
