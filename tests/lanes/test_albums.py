"""Albums that come in pieces: gathered once, for good, in their place of the lane."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from infrastructure.albums import WAIT, Albums
from infrastructure.attempts import Attempt, End, later, not_yet
from infrastructure.bell import Bell
from infrastructure.inbox import INBOX, Arrival, Inbox, media_group_of, of_attempt
from infrastructure.lanes import Lanes
from infrastructure.postgres import Pool, Role
from tests.lanes.conftest import BOT, everybody

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("P18")]
Look = Callable[..., list[tuple[Any, ...]]]


class Handled:
    """Remembers what was handled together; `ends` says how the next ones end."""

    def __init__(self, pool: Pool, pace: float = 1000.0) -> None:
        self.together: list[list[bytes]] = []
        self.ends: list[End] = []
        self._albums = Albums(pool, pace)
        self.happened = asyncio.Condition()

    async def work(self, attempt: Attempt) -> End:
        arrival = of_attempt(attempt)
        bodies = [arrival.body]
        if arrival.media_group is not None:
            album = await self._albums.gather(attempt, arrival.media_group)
            if album.wait:
                return not_yet(attempt, album.wait)
            bodies = list(album.pieces)
        async with self.happened:
            self.together.append(bodies)
            self.happened.notify_all()
        return self.ends.pop(0) if self.ends else End("done")

    async def wait(self, count: int) -> list[list[bytes]]:
        async with asyncio.timeout(5.0), self.happened:
            await self.happened.wait_for(lambda: len(self.together) >= count)
        return self.together


@asynccontextmanager
async def working(dsn: str, handled: Handled) -> AsyncGenerator[None]:
    """A worker of the inbox, for as long as the block lasts."""
    stop = asyncio.Event()
    async with Bell(dsn, Role.GATEWAY, "inbox") as bell:
        lanes = Lanes(dsn, INBOX, handled.work, everybody, bell)
        task = asyncio.create_task(lanes.run(stop))
        try:
            yield
        finally:
            stop.set()
            lanes.wake()
            await task


def piece(number: int, group: str | None = "a", chat_id: int = 1) -> Arrival:
    return Arrival(number, chat_id, b"%d" % number, group)


async def test_pieces_are_handled_together_where_the_first_one_stands(
    database: str, gateway: Pool, look: Look
) -> None:
    await Inbox(gateway).keep(
        BOT, [piece(1, None), piece(2), piece(3, None), piece(4), piece(5, "b"), piece(6)]
    )
    handled = Handled(gateway)
    async with working(database, handled):
        assert await handled.wait(4) == [[b"1"], [b"2", b"4", b"6"], [b"3"], [b"5"]]
    assert look("SELECT outcome, count(*) FROM ledger.inbox GROUP BY 1") == [("done", 6)]


async def test_pieces_that_come_one_after_another_are_waited_for(
    database: str, gateway: Pool
) -> None:
    inbox, handled = Inbox(gateway), Handled(gateway, pace=1.0)
    async with working(database, handled):
        for number in range(1, 4):
            await inbox.keep(BOT, [piece(number)])
            await asyncio.sleep(WAIT / 20)
        assert await handled.wait(1) == [[b"1", b"2", b"3"]]


async def test_ten_pieces_are_waited_for_no_longer(database: str, gateway: Pool) -> None:
    await Inbox(gateway).keep(BOT, [piece(number) for number in range(1, 12)])
    handled = Handled(gateway)
    async with working(database, handled):
        first, second = await handled.wait(2)
    assert (len(first), second) == (10, [b"11"])


async def test_a_later_try_handles_the_same_pieces_and_a_late_one_comes_alone(
    database: str, gateway: Pool, look: Look
) -> None:
    inbox, handled = Inbox(gateway), Handled(gateway)
    handled.ends = [later("the API is away", 0.3)]
    await inbox.keep(BOT, [piece(1), piece(2)])
    async with working(database, handled):
        await handled.wait(1)
        await inbox.keep(BOT, [piece(3)])
    again = Handled(gateway)
    async with working(database, again):
        await again.wait(2)
    assert handled.together + again.together == [[b"1", b"2"], [b"1", b"2"], [b"3"]]
    assert look("SELECT attempts FROM ledger.inbox ORDER BY id")[0] == (2,)


async def test_an_album_that_fails_fails_whole(database: str, gateway: Pool, look: Look) -> None:
    handled = Handled(gateway)
    handled.ends = [End("failed", "no words")]
    await Inbox(gateway).keep(BOT, [piece(1), piece(2), piece(3, None)])
    async with working(database, handled):
        await handled.wait(2)
    assert look("SELECT outcome, last_error FROM ledger.inbox ORDER BY id") == [
        ("failed", "no words"),
        ("failed", "no words"),
        ("done", None),
    ]


async def test_the_same_name_in_another_chat_is_another_album(database: str, gateway: Pool) -> None:
    await Inbox(gateway).keep(BOT, [piece(1), piece(2, chat_id=2), piece(3)])
    handled = Handled(gateway)
    async with working(database, handled):
        assert sorted(await handled.wait(2)) == [[b"1", b"3"], [b"2"]]


@pytest.mark.parametrize(
    ("update", "group"),
    [
        ({"message": {"media_group_id": "13"}}, "13"),
        ({"edited_message": {"media_group_id": "13"}}, None),
        ({"channel_post": {"media_group_id": "13"}}, None),
        ({"message": {"media_group_id": 13}}, None),
        ({"message": {"media_group_id": "a\ud800"}}, None),
        ({"message": {"media_group_id": "a\x00"}}, None),
        ({"message": []}, None),
        ({}, None),
    ],
)
async def test_only_messages_are_pieces(update: dict[str, Any], group: str | None) -> None:
    assert media_group_of(update) == group
