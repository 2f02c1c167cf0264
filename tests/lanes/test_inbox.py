"""The inbox: an update is on disk before it is confirmed, and is there once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from infrastructure.inbox import Arrival, Inbox, arrivals, chat_of, read, written
from infrastructure.postgres import Pool, Role, Unavailable, pool
from tests.lanes.conftest import BOT

pytestmark = pytest.mark.asyncio
Look = Callable[..., list[tuple[Any, ...]]]


@pytest_asyncio.fixture
async def desk(database: str) -> AsyncIterator[Pool]:
    async with pool(database, Role.DESK, name="api") as made:
        yield made


@pytest.mark.proves("P18")
async def test_an_update_that_comes_ten_times_at_once_is_kept_once(desk: Pool, look: Look) -> None:
    inbox = Inbox(desk)
    arrival = Arrival(77, 5, b'{"update_id": 77}')
    await asyncio.gather(*(inbox.keep(BOT, [arrival]) for _ in range(10)))
    await inbox.keep(BOT + 1, [arrival])
    assert look("SELECT bot_id, update_id FROM ledger.inbox ORDER BY 1") == [
        (BOT, 77),
        (BOT + 1, 77),
    ]


async def test_a_batch_keeps_its_order_in_each_chat(desk: Pool, look: Look) -> None:
    batch = [Arrival(n, n % 3, b"{}") for n in range(30)]
    await Inbox(desk).keep(BOT, batch)
    rows = look("SELECT chat_id, array_agg(update_id ORDER BY id) FROM ledger.inbox GROUP BY 1")
    assert all(sorted(updates) == updates for _, updates in rows)


async def test_nothing_is_promised_when_the_database_is_away() -> None:
    nowhere = pool("postgresql://127.0.0.1:1/none", Role.DESK, name="api", min_size=0)
    await nowhere.open(wait=False)
    try:
        with pytest.raises(Unavailable):
            await Inbox(nowhere).keep(BOT, [Arrival(1, 1, b"{}")])
    finally:
        await nowhere.close()


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"update_id": 1, "message": {"chat": {"id": -100}}}, -100),
        ({"update_id": 1, "edited_message": {"chat": {"id": 5}}}, 5),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": 6}}}, 6),
        ({"update_id": 1, "message_reaction": {"chat": {"id": -9}, "message_id": 4}}, -9),
        ({"update_id": 1, "callback_query": {"message": {"chat": {"id": 7}}}}, 7),
        ({"update_id": 1, "callback_query": {"from": {"id": 8}}}, 8),
        ({"update_id": 1, "message": {"chat": 0}}, 0),
        ({"update_id": 1, "message": None, "poll": {"id": "x"}}, 0),
        ({"update_id": 1, "message": {"chat": {"id": 2**70}}}, 0),
        ({"update_id": 1, "message": {"chat": {"id": True}}}, 0),
        ({"update_id": 1}, 0),
    ],
)
async def test_the_lane_of_an_update_is_its_chat(update: dict[str, Any], chat: int) -> None:
    assert chat_of(update, "client") == chat


@pytest.mark.parametrize(("role", "lane"), [("manager", -100), ("client", -100), ("executor", 8)])
async def test_only_a_press_for_the_executors_bot_is_in_the_lane_of_who_pressed(
    role: str, lane: int
) -> None:
    chat, user = {"id": -100}, {"id": 8}
    press = {"update_id": 1, "callback_query": {"from": user, "message": {"chat": chat}}}
    said = {"update_id": 2, "message": {"from": user, "chat": chat}}
    assert [one.chat_id for one in arrivals([press, said], role)] == [lane, -100]


async def test_updates_without_a_number_are_passed_over() -> None:
    updates = [{"update_id": 3}, {}, "?", {"update_id": "4"}]
    assert [arrival.update_id for arrival in arrivals(updates, "client")] == [3]


async def test_signs_that_are_no_unicode_are_kept_and_replaced_at_reading() -> None:
    body = written({"update_id": 1, "text": "a\ud800b"})
    assert read(body) == {"update_id": 1, "text": "a\ufffdb"}
    with pytest.raises(ValueError, match="JSON"):
        read(b"[]")
