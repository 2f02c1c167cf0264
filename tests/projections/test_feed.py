"""The feed: nothing is missed, nothing is decoded twice, nobody slows it."""

import asyncio
import time
from uuid import uuid4

import psycopg
import pytest

from projections.feed import Feed, FellBehind
from projections.log import Undecodable, stream_of
from projections.models import MODELS
from projections.projection import Connection
from tests.projections.conftest import World
from tests.projections.facts import Fact
from tests.projections.test_tickets import opened, received

CUT = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND query = 'LISTEN event_log'"""


@pytest.mark.proves("P11")
async def test_the_last_event_before_silence_is_seen_at_once_whenever_listen_is_cut(
    alone: World, database: str
) -> None:
    """30 times: one event, then silence; the listening connection is cut at another moment."""
    (runner,) = alone.run(MODELS["tickets"])
    acme, ticket = uuid4(), uuid4()
    waits: list[float] = []
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as admin:
        for n in range(30):
            if n % 3 == 0:
                await admin.execute(CUT)
            if n % 6 == 3:
                await asyncio.sleep(0.002 * n)  # another moment of the reconnection
            what = received(ticket, n) if n else opened(ticket, 1)
            position = await alone.book.record(acme, what)
            told = time.monotonic()
            assert await runner.reached(position, within=2.0), f"event {n} was not seen in 2 s"
            waits.append(time.monotonic() - told)
    assert len(waits) == 30


async def test_the_poll_goes_on_while_listening_is_impossible(alone: World) -> None:
    async def refuse() -> Connection:
        raise OSError("no network")

    feed = Feed(alone.writes.connection, refuse, poll=0.05)
    running = asyncio.create_task(feed.run())
    try:
        tail = feed.tail(0)
        waiting = asyncio.create_task(anext(tail))
        await asyncio.sleep(0.1)
        await alone.book.record(uuid4(), opened(uuid4(), 1))
        assert len(await asyncio.wait_for(waiting, 1.0)) == 1
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_however_many_read_models_follow_each_event_is_decoded_once(alone: World) -> None:
    runners = alone.run(*MODELS.values())
    acme, ticket = uuid4(), uuid4()
    await alone.book.record(acme, opened(ticket, 1))
    for n in range(60):
        await alone.book.record(acme, *(received(ticket, n) for _ in range(5)))
    for runner in runners:
        assert await runner.reached(alone.book.position, within=10)
    assert alone.feed.decoded == 301


async def test_readers_at_different_places_share_what_is_decoded(alone: World) -> None:
    acme, ticket = uuid4(), uuid4()
    await alone.book.record(acme, opened(ticket, 1), *(received(ticket, n) for n in range(99)))
    assert len(await alone.feed.after(0)) == 100
    assert [e.position for e in await alone.feed.after(40)] == list(range(41, 101))
    assert await alone.feed.after(100) == []
    assert alone.feed.decoded == 100
    assert alone.feed.head == 100


async def test_an_event_that_cannot_be_decoded_is_told_in_its_place(alone: World) -> None:
    acme, ticket = uuid4(), uuid4()
    await alone.book.record(acme, opened(ticket, 1), Fact(ticket, "Ticket.Merged#1", b"{}"))
    one, two = await alone.feed.after(0)
    assert isinstance(two, Undecodable)
    assert stream_of(one) == stream_of(two) == (acme, ticket)


async def test_a_tail_tells_one_workspace_only(alone: World) -> None:
    acme, other, ticket = uuid4(), uuid4(), uuid4()
    tail = alone.feed.tail(0, workspace_id=acme)
    await alone.book.record(other, opened(ticket, 1))
    await alone.book.record(acme, opened(ticket, 1))
    assert [e.position for e in await asyncio.wait_for(anext(tail), 2)] == [2]
    await alone.book.record(other, received(ticket, 1))
    await alone.book.record(acme, received(ticket, 1))
    assert [e.position for e in await asyncio.wait_for(anext(tail), 2)] == [4]


async def test_a_slow_subscriber_is_cut_off_and_may_resume_and_slows_nobody(alone: World) -> None:
    acme, ticket = uuid4(), uuid4()
    (runner,) = alone.run(MODELS["tickets"])
    await alone.book.record(acme, opened(ticket, 1))
    assert await runner.reached(1)
    slow = alone.feed.tail(0, behind=50)
    assert [e.position for e in await anext(slow)] == [1]
    for n in range(20):
        position = await alone.book.record(acme, *(received(ticket, n) for _ in range(10)))
        assert await runner.reached(position, within=1.0), "the feed waited for a subscriber"
    with pytest.raises(FellBehind) as cut:
        await anext(slow)
    assert cut.value.position == 1
    again = alone.feed.tail(cut.value.position)
    assert [e.position for e in await anext(again)] == list(range(2, 202))


async def test_memory_of_the_feed_is_bounded(alone: World) -> None:
    feed = Feed(alone.writes.connection, alone.connect, page=50, room=100, stretches=2)
    acme, ticket = uuid4(), uuid4()
    await alone.book.record(acme, opened(ticket, 1), *(received(ticket, n) for n in range(499)))
    seen: list[int] = []
    for start in (0, 200, 400, 10):
        position = start
        while page := await feed.after(position):
            assert page[0].position == position + 1
            position = page[-1].position
            seen.append(len(page))
        assert position == 500
    kept = sum(len(stretch.entries) for stretch in feed._stretches)
    assert kept <= 2 * 100
