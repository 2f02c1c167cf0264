"""Saves as a desk would send them, without a desk: notes in the streams of tickets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow

from application.ports import Save
from domain.tickets import Ticket
from infrastructure.group_commit import GroupCommit
from infrastructure.postgres import Role, connect
from tests.facts import Fact

NAME = "ledgerdesk writer"
NOTE = Fact(Ticket.NoteAdded)


def notes(
    workspace_id: UUID,
    command_id: str,
    stream: UUID,
    version: int,
    count: int = 1,
    **told: Any,
) -> Save:
    """A save of `count` notes in one stream, from `version` on."""
    events = [NOTE.recorded(workspace_id, version + n, stream) for n in range(count)]
    content = {"fingerprint": b"note", "outcome": "{}", "actor": "test"} | told
    return Save(workspace_id=workspace_id, command_id=command_id, events=events, **content)


@asynccontextmanager
async def writing(dsn: str, writer: type[GroupCommit] = GroupCommit) -> AsyncIterator[GroupCommit]:
    """The writer of one process."""
    group = writer(partial(connect, dsn, Role.DESK, name=NAME))
    await group.start()
    try:
        yield group
    finally:
        await group.close()


async def ask(dsn: str, question: str, *told: object) -> list[tuple[Any, ...]]:
    """What the login user of the database is answered."""
    connection = await psycopg.AsyncConnection[TupleRow].connect(dsn, autocommit=True)
    async with connection:
        return await (await connection.execute(question.encode(), told)).fetchall()
