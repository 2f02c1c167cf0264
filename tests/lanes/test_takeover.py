"""Lanes outlive their workers: killed, cut off or frozen."""

import asyncio
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from infrastructure.outbox import OUTBOX
from infrastructure.postgres import Connection, Pool, Role, connect
from tests.lanes.conftest import BOT, Written, letter, send, until, working

pytestmark = pytest.mark.asyncio
Look = Callable[..., list[tuple[Any, ...]]]


@pytest.mark.proves("P16")
async def test_a_killed_workers_lanes_are_taken_over_within_a_second(
    database: str, projector: Connection, written: Written, look: Look
) -> None:
    await send(projector, letter("begun"), letter("waiting"))
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.lanes.stubborn_worker", database, str(BOT),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert worker.stdout is not None
    assert await asyncio.wait_for(worker.stdout.readline(), 20) == b"begun\n"
    async with working(database, written):
        await asyncio.sleep(0.6)
        assert written.keys == []  # it lives: the lane is its own
        worker.send_signal(signal.SIGKILL)
        killed = time.perf_counter()
        assert await written.wait(2) == ["begun", "waiting"]
        assert time.perf_counter() - killed < 1.5
    await worker.wait()
    assert written.attempts[0].since is not None  # it may have been sent
    assert written.attempts[1].since is None


async def test_a_worker_that_lost_its_session_keeps_its_lanes_and_doubles_nothing(
    database: str, projector: Connection, written: Written, look: Look
) -> None:
    goes_on = asyncio.Event()

    async def gate(key: str) -> None:
        if key == "first":
            await goes_on.wait()

    written.gate = gate
    await send(projector, letter("first"), letter("second"))
    async with working(database, written):
        await until(lambda: bool(look("SELECT FROM ledger.outbox WHERE tried_at IS NOT NULL")))
        before = look("SELECT holder FROM ledger.outbox_lane")
        look(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name LIKE 'outbox %%'"
        )
        await until(lambda: look("SELECT holder FROM ledger.outbox_lane") != before)
        goes_on.set()
        assert await written.wait(2) == ["first", "second"]
    assert look("SELECT outcome, count(*) FROM ledger.outbox GROUP BY 1") == [("sent", 2)]


async def test_a_lane_that_others_freed_meanwhile_is_not_begun_a_second_time(
    database: str, projector: Connection, written: Written, look: Look
) -> None:
    goes_on = asyncio.Event()

    async def gate(key: str) -> None:
        await goes_on.wait()

    written.gate = gate
    await send(projector, letter("first"), letter("second"))
    async with working(database, written):
        await until(lambda: bool(look("SELECT FROM ledger.outbox WHERE tried_at IS NOT NULL")))
        look(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name LIKE 'outbox %%'"
        )
        freed = "UPDATE ledger.outbox_lane SET holder = NULL, lease_until = '-infinity'"
        [[lane]] = look(f"{freed} RETURNING chat_id")
        held = "SELECT FROM ledger.outbox_lane WHERE holder IS NOT NULL AND chat_id = %s"
        await until(lambda: bool(look(held, lane)))
        goes_on.set()
        assert await written.wait(2) == ["first", "second"]
    assert look("SELECT outcome, count(*) FROM ledger.outbox GROUP BY 1") == [("sent", 2)]


async def test_a_frozen_workers_lease_ends(
    database: str, projector: Connection, written: Written, gateway: Pool, look: Look
) -> None:
    await send(projector, letter("late"))
    async with await connect(database, Role.GATEWAY, name="frozen") as frozen:
        await frozen.execute("SELECT pg_advisory_lock(4712, 7)")
        claim = {"bots": [BOT], "rooms": [1], "holder": 7, "lease": 0.5}
        await frozen.execute(OUTBOX.claim, claim)
        async with working(database, written):
            assert await written.wait(1) == ["late"]
