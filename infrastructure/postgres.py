"""Connections to Postgres: each with the role and the limits of the service that holds it.

Every session is READ COMMITTED, in autocommit and in UTC, and takes its role at connecting, so
that no statement runs with more rights than its service needs. A pool that is exhausted answers
within a second instead of queueing; what then reaches a caller is `Unavailable` (answer 503).
"""

import asyncio
import select
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import psycopg
from psycopg import AsyncConnection
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

Connection: TypeAlias = AsyncConnection[TupleRow]
Pool: TypeAlias = AsyncConnectionPool[Connection]

OLDEST = 150000  # server_version_num
CHECKOUT_TIMEOUT = 1.0  # seconds
BUSY = (  # the statement did not run, or was undone: classes and codes of SQLSTATE
    "53",  # out of connections, memory or disk
    "57P",  # shutting down or starting
    "57014",  # statement_timeout
    "55P03",  # lock_timeout
)


class Role(StrEnum):
    """Who a session is; the rights of each stand in the migrations."""

    OWNER = "ledgerdesk_owner"
    DESK = "ledgerdesk_desk"
    PROJECTOR = "ledgerdesk_projector"
    GATEWAY = "ledgerdesk_gateway"


@dataclass(frozen=True)
class Limits:
    """How long a session may take, as Postgres writes durations ("0" is no limit)."""

    statement: str = "10s"
    lock: str = "3s"
    idle_in_transaction: str = "1s"


ORDINARY = Limits()


class Unavailable(Exception):
    """The database cannot take this now, and nothing was done; try again in a moment."""

    retry_after = 1
    """Seconds to wait before the next try, for a Retry-After header."""


class ConnectionLost(Unavailable):
    """The connection broke under a statement: whether it was done is unknown.

    Repeat only what may be repeated: a question, or a command with the same command id.
    """


class PostgresTooOld(Exception):
    """The server is older than the oldest version that Ledgerdesk runs on."""


def pool(  # noqa: PLR0913 - each names one thing a service decides about its connections
    dsn: str,
    role: Role,
    *,
    name: str,
    max_size: int = 10,
    min_size: int = 1,
    max_waiting: int = 256,
    limits: Limits = ORDINARY,
) -> Pool:
    """A pool, not yet opened, of autocommit sessions of `role`, seen in the server as `name`.

    Who gets no connection within a second, or finds `max_waiting` others waiting, is refused.
    """

    async def still_there(connection: Connection) -> None:
        if _hung_up(connection):
            await made.check()  # the others of that server are as dead
            await connection.execute("")

    made = AsyncConnectionPool(
        _conninfo(dsn, role, name, limits),
        connection_class=AsyncConnection[TupleRow],
        kwargs={"autocommit": True},
        min_size=min(min_size, max_size),
        max_size=max_size,
        max_waiting=max_waiting,
        timeout=CHECKOUT_TIMEOUT,
        reconnect_timeout=2.0,
        check=still_there,
        name=name,
        open=False,
    )
    return made


@asynccontextmanager
async def checkout(source: Pool) -> AsyncGenerator[Connection]:
    """A connection of the pool, for as long as the block lasts.

    Raises Unavailable if there is none, or the server is too busy to run a statement, and
    ConnectionLost if the connection breaks under the block.
    """
    try:
        connection = await source.getconn()
    except psycopg.OperationalError as error:
        raise Unavailable(f"no connection of {source.name}: {error}") from error
    try:
        async with connection:
            yield connection
    except psycopg.OperationalError as error:
        if connection.closed:
            raise ConnectionLost(str(error)) from error
        if (error.sqlstate or "").startswith(BUSY):
            raise Unavailable(str(error)) from error
        raise
    finally:  # whoever is cancelled while the pool is busy would lose the connection for ever
        await asyncio.shield(source.putconn(connection))


async def connect(dsn: str, role: Role, *, name: str, limits: Limits = ORDINARY) -> Connection:
    """One autocommit session outside any pool, for LISTEN or for a writer of its own.

    Raises Unavailable if the server does not let us in.
    """
    conninfo = _conninfo(dsn, role, name, limits)
    try:
        return await AsyncConnection[TupleRow].connect(conninfo, autocommit=True)
    except psycopg.OperationalError as error:
        raise Unavailable(f"no connection for {name}: {error}") from error


def require_supported(dsn: str) -> None:
    """Raise PostgresTooOld or Unavailable unless a server that is new enough answers there."""
    try:
        with psycopg.connect(dsn, connect_timeout=5) as connection:
            require_version(connection.info.server_version)
    except psycopg.OperationalError as error:
        raise Unavailable(f"the database does not answer: {error}") from error


def require_version(number: int) -> None:
    """Raise PostgresTooOld unless `number` (as 150018 for 15.18) is new enough."""
    if number < OLDEST:
        raise PostgresTooOld(
            f"Postgres {number // 10000} is too old: Ledgerdesk needs {OLDEST // 10000} or newer"
        )


def _conninfo(dsn: str, role: Role, name: str, limits: Limits) -> str:
    given = str(conninfo_to_dict(dsn).get("options") or "")
    settings = {
        "role": role.value,
        "timezone": "UTC",
        "default_transaction_isolation": "read\\ committed",
        "statement_timeout": limits.statement,
        "lock_timeout": limits.lock,
        "idle_in_transaction_session_timeout": limits.idle_in_transaction,
    }
    options = [given, *(f"-c {setting}={value}" for setting, value in settings.items())]
    return make_conninfo(
        dsn,
        options=" ".join(options).strip(),
        application_name=name,
        connect_timeout=2,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
        tcp_user_timeout=10_000,
    )


def _hung_up(connection: Connection) -> bool:
    """Whether something arrived while nobody asked: almost always the server's goodbye."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
