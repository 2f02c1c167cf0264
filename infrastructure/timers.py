"""Timers: commands that policies have set for later, kept in Postgres until they are done."""

from collections.abc import Sequence
from typing import Any

import msgspec
import structlog
from psycopg.types.json import Jsonb

from application.desk import Command, Desk, Refused
from application.policy import Timer
from application.threads import MissThread
from infrastructure.postgres import Connection, Pool, checkout

log = structlog.get_logger(__name__)

COMMANDS: dict[str, type[Command]] = {kind.__name__: kind for kind in (MissThread,)}
"""Commands that may be set for later: their class names stand in the table."""

SET = """INSERT INTO ledger.timer (workspace_id, command_id, due_at, command, content)
 SELECT * FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[], %s::text[], %s::jsonb[])
 ON CONFLICT DO NOTHING"""
DUE = """SELECT workspace_id, command_id, command, content FROM ledger.timer
 WHERE done_at IS NULL AND due_at <= now() ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED"""
DONE = """UPDATE ledger.timer SET done_at = now()
 WHERE workspace_id = %s AND command_id = %s AND done_at IS NULL"""


async def set_timers(connection: Connection, timers: Sequence[Timer]) -> None:
    """Keep the timers, in the caller's transaction; one that is there already stays as it is."""
    if timers:
        commands = [timer.command for timer in timers]
        await connection.execute(
            SET,
            (
                [command.workspace_id for command in commands],
                [command.command_id for command in commands],
                [timer.due_at for timer in timers],
                [type(command).__name__ for command in commands],
                [Jsonb(msgspec.to_builtins(command)) for command in commands],
            ),
        )


async def carry_out_due(pool: Pool, desk: Desk, *, most: int = 100) -> int:
    """Carry out what is due, each once however many do this at a time; returns how many.

    The command is recorded before its timer is marked: after a crash in between it is carried out
    again under the same command id, and changes nothing.
    """
    async with checkout(pool) as connection, connection.transaction():
        rows = await (await connection.execute(DUE, (most,))).fetchall()
        for workspace_id, command_id, name, content in rows:
            await _carry_out(desk, name, content)
            await connection.execute(DONE, (workspace_id, command_id))
    return len(rows)


async def _carry_out(desk: Desk, name: str, content: dict[str, Any]) -> None:
    command = msgspec.convert(content, COMMANDS[name])
    try:
        await desk.execute(command)
    except Refused as refused:
        log.info("timer refused", command=name, id=command.command_id, why=str(refused))
