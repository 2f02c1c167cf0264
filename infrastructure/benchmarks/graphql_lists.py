"""Lists over GraphQL: CPU of the server a request, against a plain JSON route with the same SQL."""

import asyncio
import secrets
import socket
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from os import environ
from statistics import median
from uuid import UUID, uuid4

import aiohttp
from pydantic import SecretStr

from infrastructure.benchmarks.catch_up import caught_up
from infrastructure.benchmarks.ground import Ground
from infrastructure.benchmarks.lives import keep, opened
from infrastructure.benchmarks.rounds import alternate, median_ratio, rate
from infrastructure.benchmarks.rows import Better, Row
from infrastructure.event_log import PostgresLog
from infrastructure.postgres import Role, pool
from infrastructure.roles import issue_key
from infrastructure.settings import Settings
from infrastructure.town import api_is_ready

AIM = 3.0
TICKETS = 300
ROWS = 50
CONNECTIONS = 8
DOCUMENT = """query ($first: Int!) { tickets(first: $first) {
  nodes { id number topic status clientName openedAt waitingSince lastMessageAt }
  pageInfo { hasNextPage } } }"""


async def measure(ground: Ground, *, requests: int = 300, rounds: int = 7) -> list[Row]:
    """50 rows of 8 fields; the GraphQL request passes everything that a stranger's would pass."""
    dsn = ground.database()
    workspace_id = uuid4()
    await _fill(dsn, workspace_id)
    async with _served(dsn, workspace_id) as server:

        async def by_graphql() -> float:
            return await server.cpu(requests, server.ask)

        async def by_route() -> float:
            return await server.cpu(requests, server.get)

        found = await alternate(rounds, graphql=by_graphql, route=by_route)
    return [
        Row(
            name="graphql_lists",
            ratio=median_ratio(found["graphql"], found["route"]),
            aim=AIM,
            better=Better.LOWER,
            figures={
                "graphql_cpu_ms": median(found["graphql"]) * 1e3,
                "route_cpu_ms": median(found["route"]) * 1e3,
                "rows": ROWS,
                "connections": CONNECTIONS,
                "requests": requests,
                "rounds": rounds,
            },
        )
    ]


@dataclass
class _Server:
    """The server as its callers know it."""

    session: aiohttp.ClientSession
    root: str
    key: str

    async def ask(self, _: int) -> None:
        """The list by GraphQL."""
        async with self.session.post(
            f"{self.root}/graphql",
            json={"query": DOCUMENT, "variables": {"first": ROWS}},
            headers={"Authorization": f"Bearer {self.key}"},
        ) as reply:
            body = await reply.json()
        if len(body["data"]["tickets"]["nodes"]) != ROWS:
            raise ValueError(body)

    async def get(self, _: int) -> None:
        """The list from the plain route."""
        async with self.session.get(f"{self.root}/bench/tickets?first={ROWS}") as reply:
            body = await reply.json()
        if len(body["tickets"]) != ROWS:
            raise ValueError(body)

    async def cpu(self, requests: int, act: Callable[[int], Awaitable[None]]) -> float:
        """Seconds of the server's CPU a request."""
        before = await self._spent()
        await rate(range(requests), act, CONNECTIONS)
        return (await self._spent() - before) / requests

    async def _spent(self) -> float:
        async with self.session.get(f"{self.root}/bench/cpu") as reply:
            return float(await reply.json())


async def _fill(dsn: str, workspace_id: UUID) -> None:
    async with pool(dsn, Role.DESK, name="bench") as reads:
        log = PostgresLog(dsn, reads)
        await log.start()
        position = await keep(log, (opened(workspace_id, n + 1) for n in range(TICKETS)))
        await log.close()
    await caught_up(dsn, position)


@asynccontextmanager
async def _served(dsn: str, workspace_id: UUID) -> AsyncGenerator[_Server]:
    """The server as a process of its own, for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    secret = secrets.token_hex(32)
    settings = Settings(secret_key=SecretStr(secret))
    told = {
        "LEDGERDESK_DATABASE_URL": dsn,
        "LEDGERDESK_SECRET_KEY": secret,
        "LEDGERDESK_PORT": str(port),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "infrastructure.benchmarks.list_server",
        str(workspace_id),
        env={**environ, **told},
    )
    try:
        async with aiohttp.ClientSession() as session:
            root = f"http://127.0.0.1:{port}"
            key = await issue_key(dsn, workspace_id, settings)
            await api_is_ready(session, root)
            yield _Server(session, root, key)
    finally:
        process.terminate()
        await process.wait()
