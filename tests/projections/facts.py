"""Facts for read models: written straight into the log, as any number of companies would."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import msgspec
import psycopg
from psycopg import AsyncConnection

from domain.aggregate import Aggregate
from domain.events import catalogue

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TOPICS = {event: topic for topic, event in catalogue().items()}
APPEND = """SELECT status, last_id FROM ledger.append_once(
    ARRAY[%(workspace)s]::uuid[], ARRAY[%(command)s]::text[], ARRAY[''::bytea],
    ARRAY['{}'], ARRAY['story'], ARRAY[NULL]::bigint[], ARRAY[NULL]::bigint[],
    array_fill(1, ARRAY[%(n)s]), %(streams)s::uuid[], %(versions)s::bigint[], %(topics)s::text[],
    %(states)s::bytea[], ARRAY[]::int[], ARRAY[]::uuid[], ARRAY[]::bigint[])"""


class Fact(NamedTuple):
    """An event to be, as its topic and the JSON of its fields."""

    stream: UUID
    topic: str
    state: bytes


def fact(kind: type[Aggregate.Event], on: UUID, minute: float = 0, **told: Any) -> Fact:
    """What happened on an aggregate, so many minutes after noon."""
    at = NOON + timedelta(minutes=minute)
    return Fact(on, TOPICS[kind], msgspec.json.encode(told | {"at": at}))


class Book:
    """Writes facts; each stream continues where it stands."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self.connection = connection
        self.versions: dict[tuple[UUID, UUID], int] = {}
        self.position = 0

    async def record(self, workspace_id: UUID, *facts: Fact, command: str = "") -> int:
        """Append the facts in one save; returns the position of the last."""
        versions = [self._next(workspace_id, one.stream) for one in facts]
        row = await self._append(workspace_id, facts, versions, command or str(uuid4()))
        assert row[0] == "stored", row
        self.position = row[1]
        return self.position

    def _next(self, workspace_id: UUID, stream: UUID) -> int:
        version = self.versions.get((workspace_id, stream), 0) + 1
        self.versions[workspace_id, stream] = version
        return version

    async def _append(
        self, workspace_id: UUID, facts: Sequence[Fact], versions: list[int], command: str
    ) -> tuple[str, int]:
        told = {
            "workspace": workspace_id,
            "command": command,
            "n": len(facts),
            "streams": [one.stream for one in facts],
            "versions": versions,
            "topics": [one.topic for one in facts],
            "states": [one.state for one in facts],
        }
        cursor = await self.connection.execute(APPEND, told)
        row = await cursor.fetchone()
        assert row is not None
        return row[0], row[1]


async def open_book(dsn: str) -> Book:
    """A book on a connection with the rights of the desk."""
    connection = await psycopg.AsyncConnection.connect(
        dsn, autocommit=True, options="-c role=ledgerdesk_desk -c timezone=UTC"
    )
    return Book(connection)
