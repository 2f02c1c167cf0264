"""Connections: the role and limits of a session, and what a caller hears when there is none."""

import asyncio
import time

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from infrastructure.postgres import (
    ConnectionLost,
    Limits,
    Pool,
    Role,
    Unavailable,
    checkout,
    connect,
    pool,
)

pytestmark = pytest.mark.asyncio
NOWHERE = "postgresql://127.0.0.1:1/ledgerdesk"
ABOUT = (
    "current_user",
    "timezone",
    "transaction_isolation",
    "statement_timeout",
    "lock_timeout",
    "idle_in_transaction_session_timeout",
    "application_name",
    "work_mem",
)


def end_sessions(dsn: str, name: str) -> None:
    """What a restart of the server does to those who wait for nothing."""
    with psycopg.connect(dsn, autocommit=True) as admin:
        ended = admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE application_name = %s",
            [name],
        ).fetchall()
    assert ended


def wait_for_sleep(dsn: str, name: str) -> None:
    """Return when a session of that name runs pg_sleep."""
    until = time.monotonic() + 10
    with psycopg.connect(dsn, autocommit=True) as admin:
        while time.monotonic() < until:
            sleeps = admin.execute(
                "SELECT FROM pg_stat_activity WHERE application_name = %s"
                " AND wait_event = 'PgSleep'",
                [name],
            )
            if sleeps.rowcount:
                return
    pytest.fail(f"no session {name} sleeps")


async def about(source: Pool) -> tuple[object, ...]:
    async with checkout(source) as connection:
        fields = ", ".join(f"current_setting('{name}')" for name in ABOUT[1:])
        cursor = await connection.execute(f"SELECT current_user, {fields}".encode())
        return await cursor.fetchone() or ()


async def test_a_session_has_the_role_and_the_limits_of_its_service(shared_database: str) -> None:
    dsn = make_conninfo(shared_database, options="-c work_mem=5MB")
    limits = Limits(statement="2s", idle_in_transaction="4s")
    async with pool(dsn, Role.PROJECTOR, name="trial limits", limits=limits) as source:
        assert await about(source) == (
            "ledgerdesk_projector",
            "UTC",
            "read committed",
            "2s",
            "3s",
            "4s",
            "trial limits",
            "5MB",
        )
    single = await connect(shared_database, Role.GATEWAY, name="trial single")
    async with single:
        row = await (await single.execute("SELECT current_user")).fetchone()
    assert (single.autocommit, row) == (True, ("ledgerdesk_gateway",))


async def test_an_exhausted_pool_refuses_within_a_second_and_serves_again(
    shared_database: str,
) -> None:
    async with pool(shared_database, Role.DESK, name="trial full", max_size=2) as source:
        async with checkout(source), checkout(source):
            begun = time.perf_counter()
            with pytest.raises(Unavailable, match="trial full"):
                await about(source)
            assert 0.9 < time.perf_counter() - begun < 2.0
        assert (await about(source))[0] == "ledgerdesk_desk"


async def test_who_finds_the_queue_full_is_refused_at_once(shared_database: str) -> None:
    source = pool(shared_database, Role.DESK, name="trial queue", max_size=1, max_waiting=1)
    async with source, checkout(source):
        waiting = asyncio.create_task(about(source))
        await asyncio.sleep(0)
        begun = time.perf_counter()
        with pytest.raises(Unavailable):
            await about(source)
        assert time.perf_counter() - begun < 0.5
        waiting.cancel()


async def test_whoever_is_cancelled_while_giving_back_loses_no_connection(
    shared_database: str,
) -> None:
    goes_on = asyncio.Event()

    async def use(source: Pool) -> None:
        async with checkout(source) as connection:
            await connection.execute("SELECT 1")
            await goes_on.wait()

    async with pool(shared_database, Role.DESK, name="trial cancelled", max_size=1) as source:
        await source.wait()
        using = asyncio.create_task(use(source))
        await asyncio.sleep(0.05)
        async with source._lock:  # as if others were given connections meanwhile
            goes_on.set()
            await asyncio.sleep(0.01)
            using.cancel()
            await asyncio.wait({using})
        assert using.cancelled()
        assert (await about(source))[0] == "ledgerdesk_desk"


async def test_where_no_server_listens_callers_hear_unavailable() -> None:
    async with pool(NOWHERE, Role.DESK, name="trial nowhere") as source:
        with pytest.raises(Unavailable):
            await about(source)
    with pytest.raises(Unavailable, match="trial nowhere"):
        await connect(NOWHERE, Role.DESK, name="trial nowhere")


async def test_sessions_that_the_server_ended_are_replaced_unseen(shared_database: str) -> None:
    source = pool(shared_database, Role.DESK, name="trial ended", min_size=4, max_size=4)
    async with source:
        await source.wait()
        await asyncio.to_thread(end_sessions, shared_database, "trial ended")
        for _ in range(8):
            assert (await about(source))[0] == "ledgerdesk_desk"


async def test_a_connection_lost_under_a_statement_is_told_apart(shared_database: str) -> None:
    async def sleep(source: Pool) -> None:
        async with checkout(source) as connection:
            await connection.execute("SELECT pg_sleep(20)")

    async with pool(shared_database, Role.DESK, name="trial lost", max_size=1) as source:
        await source.wait()
        sleeping = asyncio.create_task(sleep(source))
        await asyncio.to_thread(wait_for_sleep, shared_database, "trial lost")
        await asyncio.to_thread(end_sessions, shared_database, "trial lost")
        with pytest.raises(ConnectionLost):
            await sleeping
        assert (await about(source))[0] == "ledgerdesk_desk"


async def test_a_statement_that_takes_too_long_is_unavailable(shared_database: str) -> None:
    limits = Limits(statement="50ms")
    async with pool(shared_database, Role.DESK, name="trial slow", limits=limits) as source:
        with pytest.raises(Unavailable, match="statement timeout") as caught:
            async with checkout(source) as connection:
                await connection.execute("SELECT pg_sleep(20)")
        assert not isinstance(caught.value, ConnectionLost)


async def test_a_lock_that_is_not_to_be_had_is_unavailable(shared_database: str) -> None:
    limits = Limits(lock="50ms")
    async with (
        pool(shared_database, Role.DESK, name="trial lock", limits=limits) as source,
        checkout(source) as holder,
        holder.transaction(),
    ):
        await holder.execute("SELECT pg_advisory_xact_lock(1)")
        with pytest.raises(Unavailable, match="lock timeout"):
            async with checkout(source) as connection:
                await connection.execute("SELECT pg_advisory_xact_lock(1)")


async def test_a_mistake_of_ours_stays_what_it_is(shared_database: str) -> None:
    async with pool(shared_database, Role.DESK, name="trial wrong") as source:
        with pytest.raises(psycopg.errors.UndefinedTable):
            async with checkout(source) as connection:
                await connection.execute("SELECT * FROM no_such_table")
