"""Replies are lost and connections end after the log has written: everybody hears the truth."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import UUID, uuid4

import pytest

from application.ports import Conflict, OutcomeUnknown, Save, Stored
from infrastructure.group_commit import GroupCommit
from tests.log.proxy import Proxy
from tests.log.saves import NAME, ask, notes, writing
from tests.mutants import NO_MEMORY, broken_class, broken_database
from tests.noticing import noticed
from tests.postgres_fixture import Databases

WRITERS, CALLERS = 10, 6
STORED = """SELECT c.command_id, c.last_id, c.outcome->>'n',
  array_agg(e.notification_id ORDER BY e.notification_id) FILTER (WHERE e.notification_id > 0)
  FROM ledger.command_log c LEFT JOIN ledger.event_log e USING (workspace_id, command_id)
 WHERE c.workspace_id = %s GROUP BY 1, 2, 3"""


class Callers:
    """Many who append one save after the other, each to a stream of their own."""

    def __init__(self) -> None:
        self.workspace_id = uuid4()
        self.told: dict[str, Stored] = {}
        self.unknown = 0
        self.enough = asyncio.Event()

    async def call(self, group: GroupCommit, name: str) -> None:
        """Append until it is enough; ask again when the outcome is unknown; note the answers."""
        stream, version, n = uuid4(), 1, 0
        while not self.enough.is_set():
            n += 1
            count = n % 4
            save = self._save(f"{name}:{n}", stream, version, count)
            self.told[save.command_id] = await self._answer(group, save)
            version += count

    def _save(self, command_id: str, stream: UUID, version: int, count: int) -> Save:
        outcome = f'{{"n": "{command_id}"}}'
        return notes(self.workspace_id, command_id, stream, version, count, outcome=outcome)

    async def _answer(self, group: GroupCommit, save: Save) -> Stored:
        while True:
            try:
                return await group.append(save)
            except OutcomeUnknown:
                self.unknown += 1

    async def check(self, dsn: str) -> None:
        """What was told is what is stored: each once, with its positions and its outcome."""
        stored = {row[0]: row[1:] for row in await ask(dsn, STORED, self.workspace_id)}
        assert stored.keys() == self.told.keys()
        for command_id, (last, outcome, positions) in stored.items():
            assert outcome == command_id
            assert self.told[command_id].position == last == (positions or [None])[-1]
            assert len(positions or []) == int(command_id.rpartition(":")[2]) % 4
        assert await ask(dsn, "SELECT count(*) = max(notification_id) FROM ledger.event_log") == [
            (True,)
        ]


@asynccontextmanager
async def calling(groups: list[GroupCommit], callers: int) -> AsyncIterator[Callers]:
    """Callers at every writer; whatever one of them is told unexpectedly is raised."""
    made = Callers()
    async with asyncio.TaskGroup() as tasks:
        for group in groups:
            for n in range(callers):
                tasks.create_task(made.call(group, f"{id(group)}:{n}"))
        try:
            yield made
        finally:
            made.enough.set()


async def lost_replies_are_answered_truthfully(dsn: str, cuts: int) -> None:
    async with AsyncExitStack() as stack:
        proxies = [await stack.enter_async_context(Proxy(dsn, 0.5, n)) for n in range(WRITERS)]
        groups = [await stack.enter_async_context(writing(proxy.dsn)) for proxy in proxies]
        async with calling(groups, CALLERS) as callers:
            while sum(proxy.cuts for proxy in proxies) < cuts and not callers.enough.is_set():
                await asyncio.sleep(0.02)
        for proxy in proxies:
            proxy.cut = 0.0
    await callers.check(dsn)
    assert callers.unknown > 0, "no reply was lost so often that the writer gave up"
    assert sum(one.replayed for one in callers.told.values()) >= cuts // 2


async def told_the_conflict(dsn: str, cuts: int) -> None:
    try:
        await lost_replies_are_answered_truthfully(dsn, cuts)
    except* Conflict:
        raise AssertionError("the winner was told that somebody was quicker") from None


@pytest.mark.proves("P2")
async def test_two_hundred_lost_replies_are_answered_truthfully(database: str) -> None:
    await lost_replies_are_answered_truthfully(database, 200)


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.proves("P2")
async def test_two_thousand_lost_replies_are_answered_truthfully(database: str) -> None:
    await lost_replies_are_answered_truthfully(database, 2_000)


async def test_a_log_without_a_memory_of_commands_is_noticed(databases: Databases) -> None:
    with broken_database(databases, NO_MEMORY) as dsn, noticed():
        await told_the_conflict(dsn, 20)


async def ended_connections_are_replaced_unseen(
    dsn: str, seconds: float, writer: type[GroupCommit] = GroupCommit
) -> None:
    ended = 0
    async with writing(dsn, writer) as here, writing(dsn, writer) as there:
        async with calling([here, there], 32) as callers:
            until = asyncio.get_running_loop().time() + seconds
            while asyncio.get_running_loop().time() < until:
                await asyncio.sleep(0.1)
                ended += len(
                    await ask(
                        dsn,
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE application_name = %s AND datname = current_database()",
                        NAME,
                    )
                )
        assert ended > 5 * seconds
        assert here.figures.reconnects + there.figures.reconnects > 0
    await callers.check(dsn)
    assert callers.unknown <= 0.1 * 32 * ended  # none, unless connecting takes as long as a life


async def test_sixty_four_callers_do_not_notice_that_connections_are_ended(
    database: str,
) -> None:
    await ended_connections_are_replaced_unseen(database, 3.0)


async def test_a_writer_that_does_not_connect_again_is_noticed(database: str) -> None:
    with noticed():
        await ended_connections_are_replaced_unseen(
            database, 1.0, broken_class(GroupCommit, ATTEMPTS=1)
        )
