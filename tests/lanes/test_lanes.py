"""Lanes keep the order of a chat and let chats go on without each other."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from infrastructure.attempts import Tried, later
from infrastructure.outbox import OUTBOX
from infrastructure.postgres import Connection, Pool, Role, checkout, connect
from tests.lanes.conftest import BOT, Written, letter, send, working

pytestmark = pytest.mark.asyncio
Look = Callable[..., list[tuple[Any, ...]]]


@pytest.mark.proves("P16")
async def test_the_letters_of_a_chat_leave_in_order_whatever_fails(
    database: str, projector: Connection, written: Written
) -> None:
    for n in range(30):
        await send(projector, *(letter(f"{chat}-{n:02}", chat) for chat in (3, 1, 2)))
        if n % 7 == 0:
            written.ends[f"1-{n:02}"] = [later("5xx", 0.01), later("refused", 0.01)]
    async with working(database, written):
        keys = await written.wait(90 + 10)
    for chat in "123":
        mine = [key for key in keys if key.startswith(chat)]
        assert sorted(mine) == mine
        assert len(set(mine)) == 30


async def test_a_slow_chat_holds_nobody_up(
    database: str, projector: Connection, written: Written
) -> None:
    never = asyncio.Event()

    async def gate(key: str) -> None:
        if key == "slow":
            await never.wait()

    written.gate = gate
    await send(projector, letter("slow", 1), *(letter(f"quick-{n}", 2) for n in range(5)))
    async with working(database, written):
        assert await written.wait(5) == [f"quick-{n}" for n in range(5)]
        never.set()
        await written.wait(6)


async def test_new_letters_leave_within_milliseconds(
    database: str, projector: Connection, written: Written
) -> None:
    async with working(database, written):
        await send(projector, letter("first"))
        await written.wait(1)
        took: list[float] = []
        for n in range(20):
            began = time.perf_counter()
            await send(projector, letter(f"next-{n}"))
            await written.wait(n + 2)
            took.append(time.perf_counter() - began)
    assert sorted(took)[10] < 0.1


async def test_a_rest_is_not_cut_short_by_new_letters(
    database: str, projector: Connection, written: Written
) -> None:
    written.ends["throttled"] = [later("429", 0.8, counted=False)]
    await send(projector, letter("throttled"))
    async with working(database, written):
        await written.wait(1)
        began = time.perf_counter()
        await send(projector, letter("new"))
        assert await written.wait(3) == ["throttled", "throttled", "new"]
        assert time.perf_counter() - began > 0.7


async def test_what_fails_again_and_again_becomes_a_dead_letter_and_the_lane_goes_on(
    database: str, projector: Connection, written: Written, gateway: Pool, look: Look
) -> None:
    async def gate(key: str) -> None:
        if key == "poison":
            raise ZeroDivisionError

    written.gate = gate
    await send(projector, letter("poison"), letter("sound"))
    look("UPDATE ledger.outbox SET attempts = 7 WHERE key = 'poison' RETURNING 1")
    async with working(database, written):
        assert await written.wait(1) == ["sound"]
    async with checkout(gateway) as connection:
        dead = await OUTBOX.given_up_items(connection)
    assert [row[4] for row in dead] == ["ZeroDivisionError()"]


async def test_a_try_that_certainly_did_nothing_leaves_no_doubt(
    database: str, projector: Connection, written: Written
) -> None:
    written.ends["doubtful"] = [later("429", 0.01), later("cut off", 0.01, tried=Tried.NOW)]
    await send(projector, letter("doubtful"))
    async with working(database, written):
        await written.wait(3)
    first, second, third = (attempt.since for attempt in written.attempts)
    assert (first, second) == (None, None)
    assert third is not None


async def test_a_known_key_adds_nothing(
    database: str, projector: Connection, written: Written, look: Look
) -> None:
    await send(projector, letter("once"))
    await send(projector, letter("once"), letter("twice"))
    async with working(database, written):
        assert await written.wait(2) == ["once", "twice"]
        await send(projector, letter("once"))
        await send(projector, letter("thrice"))
        assert await written.wait(3) == ["once", "twice", "thrice"]
    assert look("SELECT count(*) FROM ledger.outbox") == [(3,)]


async def test_of_waiting_edits_only_the_latest_leaves(
    database: str, projector: Connection, written: Written, look: Look
) -> None:
    await send(projector, letter("card-1", latest="card"), letter("message"))
    await send(projector, letter("other-chat", 2, latest="card"))
    await send(projector, letter("card-2", latest="card"), letter("card-3", latest="card"))
    async with working(database, written):
        await written.wait(3)
        await send(projector, letter("card-4", latest="card"))
        keys = await written.wait(4)
    assert [key for key in keys if key != "other-chat"] == ["message", "card-3", "card-4"]
    replaced = look("SELECT key FROM ledger.outbox WHERE outcome = 'replaced' ORDER BY id")
    assert replaced == [("card-1",), ("card-2",)]


async def test_an_edit_that_is_under_way_is_not_replaced(
    database: str, projector: Connection, written: Written
) -> None:
    goes_on = asyncio.Event()
    began = asyncio.Event()

    async def gate(key: str) -> None:
        if key == "card-1":
            began.set()
            await goes_on.wait()

    written.gate = gate
    await send(projector, letter("card-1", latest="card"))
    async with working(database, written):
        await began.wait()
        await send(projector, letter("card-2", latest="card"))
        goes_on.set()
        assert await written.wait(2) == ["card-1", "card-2"]


async def test_four_producers_do_not_block_each_other(
    database: str, written: Written, look: Look
) -> None:
    async def produce(name: int) -> None:
        async with await connect(database, Role.PROJECTOR, name="policies") as connection:
            for n in range(15):
                chats = (5, 4, 3, 2, 1) if name % 2 else (1, 2, 3, 4, 5)
                await send(connection, *(letter(f"{c}-{name}-{n:02}", c) for c in chats))

    async with working(database, written):
        await asyncio.gather(*(produce(name) for name in range(4)))
        await written.wait(300)
    ids = dict(look("SELECT key, id FROM ledger.outbox"))
    for chat in "12345":
        mine = [ids[key] for key in written.keys if key.startswith(chat)]
        assert sorted(mine) == mine


async def test_a_bot_that_is_not_served_here_waits(
    database: str, projector: Connection, written: Written, look: Look
) -> None:
    await send(projector, letter("foreign", bot_id=BOT + 1), letter("own"))
    async with working(database, written):
        assert await written.wait(1) == ["own"]
    assert look("SELECT key FROM ledger.outbox WHERE settled_at IS NULL") == [("foreign",)]


async def test_settled_letters_are_forgotten_after_days(
    database: str, projector: Connection, written: Written, gateway: Pool, look: Look
) -> None:
    await send(projector, letter("old"), letter("young"), letter("open", bot_id=BOT + 1))
    async with working(database, written):
        await written.wait(2)
    look("UPDATE ledger.outbox SET settled_at = now() - interval '31 days' WHERE key = 'old'"
         " RETURNING 1")  # fmt: skip
    async with checkout(gateway) as connection:
        assert await OUTBOX.purge(connection, days=30) == 1
    assert look("SELECT key FROM ledger.outbox ORDER BY id") == [("young",), ("open",)]


async def test_the_projector_can_add_letters_but_not_read_updates(projector: Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await projector.execute("SELECT * FROM ledger.inbox")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await projector.execute("DELETE FROM ledger.outbox")
