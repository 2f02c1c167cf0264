"""A log that does not answer: callers hear so in time, and nothing is lost or done twice."""

import asyncio
import os
import time
from uuid import uuid4

import pytest

from application.ports import Busy, OutcomeUnknown, Stored
from infrastructure.group_commit import MAX_SAVES, MAX_WAITING, GroupCommit
from tests.ledger import held_up
from tests.log.proxy import Proxy
from tests.log.saves import ask, notes, writing
from tests.mutants import broken_class, broken_database
from tests.noticing import noticed
from tests.postgres_fixture import Databases

COMMANDS = "SELECT command_id FROM ledger.command_log WHERE workspace_id = %s ORDER BY 1"


async def the_queue_is_bounded(
    dsn: str, callers: int, writer: type[GroupCommit] = GroupCommit
) -> None:
    """The server stands still under its callers, and goes on."""
    acme = uuid4()
    refusals: list[float] = []

    async def call(group: GroupCommit, n: int) -> None:
        save = notes(acme, f"{n}", uuid4(), 1)
        begun = time.perf_counter()
        try:
            await group.append(save)
        except Busy:
            refusals.append(time.perf_counter() - begun)

    async with Proxy(dsn) as proxy, writing(proxy.dsn, writer) as group:
        await group.append(notes(acme, "first", uuid4(), 1))
        async with proxy.dead(), asyncio.TaskGroup() as calls:
            for n in range(callers):
                calls.create_task(call(group, n))
            await asyncio.sleep(0.1)
            assert callers - len(refusals) <= MAX_WAITING + MAX_SAVES
            proxy.revive()
    assert max(refusals) <= (0.1 if "PYTEST_XDIST_WORKER" in os.environ else 0.01)
    served = callers + 1 - len(refusals)
    assert served > MAX_WAITING
    assert await ask(
        dsn,
        "SELECT count(*), count(DISTINCT command_id) FROM ledger.event_log WHERE workspace_id = %s",
        acme,
    ) == [(served, served)]


async def test_twenty_thousand_callers_of_a_dead_server_hear_at_once_or_are_served_once(
    database: str,
) -> None:
    await the_queue_is_bounded(database, 20_000)


async def test_a_queue_without_a_bound_is_noticed(database: str) -> None:
    with noticed(ExceptionGroup):
        await the_queue_is_bounded(database, 6_000, broken_class(GroupCommit, MAX_WAITING=10**9))


async def a_lock_that_is_not_to_be_had_is_busy(dsn: str) -> None:
    acme, stream = uuid4(), uuid4()
    save = notes(acme, "patient", stream, 1)
    async with writing(dsn) as group:
        async with held_up(dsn):
            begun = time.perf_counter()
            with pytest.raises(Busy):
                await asyncio.wait_for(group.append(save), 3.5)
            assert time.perf_counter() - begun <= 3.5
            assert await ask(dsn, COMMANDS, acme) == []
        assert (await group.append(save)).replayed is False


async def test_a_lock_that_is_not_to_be_had_is_told_within_three_and_a_half_seconds(
    database: str, databases: Databases
) -> None:
    patient = ("SET lock_timeout = '3s'", "SET lock_timeout = '4s'")
    with broken_database(databases, patient) as dsn:
        real, mutant = await asyncio.gather(
            a_lock_that_is_not_to_be_had_is_busy(database),
            a_lock_that_is_not_to_be_had_is_busy(dsn),
            return_exceptions=True,
        )
    assert real is None
    assert isinstance(mutant, TimeoutError)


async def cancelled_callers_harm_nobody(dsn: str, writer: type[GroupCommit] = GroupCommit) -> None:
    acme = uuid4()
    saves = {name: notes(acme, name, uuid4(), 1) for name in ("sent", "unsent", "neighbour")}
    async with writing(dsn, writer) as group:
        async with held_up(dsn):
            sent = asyncio.create_task(group.append(saves["sent"]))
            await asyncio.sleep(0.05)
            unsent = asyncio.create_task(group.append(saves["unsent"]))
            neighbour = asyncio.create_task(group.append(saves["neighbour"]))
            await asyncio.sleep(0.05)
            sent.cancel()
            unsent.cancel()
            await asyncio.wait([sent, unsent])
        assert not (await neighbour).replayed
        assert await ask(dsn, COMMANDS, acme) == [("neighbour",), ("sent",)]
        assert (await group.append(saves["sent"])).replayed
        assert not (await group.append(saves["unsent"])).replayed


async def test_callers_who_gave_up_before_and_after_sending_harm_nobody(database: str) -> None:
    await cancelled_callers_harm_nobody(database)


async def test_a_writer_that_sends_what_was_given_up_is_noticed(database: str) -> None:
    deaf = broken_class(GroupCommit, ("if job.answer.cancelled():", "if False:"))
    with noticed():
        await cancelled_callers_harm_nobody(database, deaf)


async def a_server_that_comes_back_is_asked_again(dsn: str) -> None:
    """It is out of reach for a while: what is told then is true, and the ids are answered later."""
    acme = uuid4()
    async with Proxy(dsn, cut=1.0) as proxy, writing(proxy.dsn) as group:
        told = await asyncio.gather(
            *(group.append(notes(acme, f"{n}", uuid4(), 1)) for n in range(20)),
            return_exceptions=True,
        )
        assert {type(one) for one in told} == {OutcomeUnknown}
        assert len(await ask(dsn, COMMANDS, acme)) == 20
        proxy.cut = 0.0
        again = await asyncio.gather(
            *(group.append(notes(acme, f"{n}", uuid4(), 1)) for n in range(20))
        )
    assert all(isinstance(one, Stored) for one in again)
    assert len(await ask(dsn, COMMANDS, acme)) == 20


async def busy_means_that_nothing_was_written(
    dsn: str, writer: type[GroupCommit] = GroupCommit
) -> None:
    """The first reply is lost after the commit; then the lock is not to be had in time."""
    acme = uuid4()
    async with Proxy(dsn, cut=1.0) as proxy, writing(proxy.dsn, writer) as group:
        asked = asyncio.create_task(group.append(notes(acme, "lost", uuid4(), 1)))
        while not proxy.cuts:
            await asyncio.sleep(0)
        async with held_up(dsn):
            with pytest.raises(OutcomeUnknown):
                await asked
        assert await ask(dsn, COMMANDS, acme) == [("lost",)]


async def test_busy_means_that_nothing_was_written(database: str, databases: Databases) -> None:
    change = ("failure, problem = OutcomeUnknown, error", "problem = error")
    another = databases.create()
    real, mutant = await asyncio.gather(
        busy_means_that_nothing_was_written(database),
        busy_means_that_nothing_was_written(
            databases.of(another), broken_class(GroupCommit, change)
        ),
        return_exceptions=True,
    )
    databases.drop(another)
    assert real is None
    assert isinstance(mutant, Busy), "a writer that forgets the lost attempt was not noticed"


async def test_a_server_that_comes_back_is_asked_again(database: str) -> None:
    await a_server_that_comes_back_is_asked_again(database)
