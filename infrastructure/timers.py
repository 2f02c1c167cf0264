"""Timers: commands that policies have set for later, kept in Postgres until they are done."""

from collections.abc import Sequence
from typing import Any

import msgspec
import structlog
from psycopg.types.json import Jsonb

from application.desk import Busy, Command, Desk, OutcomeUnknown, Refused, SomebodyWasQuicker
from application.offers import EscalateOffer, ExpireOffer
from application.orders import DecideOffer
from application.policy import Timer
from application.threads import MissThread
from infrastructure.postgres import Connection, Pool, checkout

log = structlog.get_logger(__name__)

COMMANDS: dict[str, type[Command]] = {
    kind.__name__: kind for kind in (MissThread, EscalateOffer, ExpireOffer, DecideOffer)
}
"""Commands that may be set for later: their class names stand in the table."""

SET = """INSERT INTO ledger.timer (workspace_id, command_id, due_at, command, content)
 SELECT * FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[], %s::text[], %s::jsonb[])
 ON CONFLICT DO NOTHING"""
TAKE = """UPDATE ledger.timer t SET due_at = now() + make_interval(secs => %s)
 FROM (SELECT workspace_id, command_id, due_at FROM ledger.timer
        WHERE done_at IS NULL AND due_at <= now()
        ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED) due
 WHERE t.workspace_id = due.workspace_id AND t.command_id = due.command_id
 RETURNING t.workspace_id, t.command_id, t.command, t.content"""
DONE = """UPDATE ledger.timer SET done_at = now(), failure = NULL
 WHERE workspace_id = %s AND command_id = %s AND done_at IS NULL"""
FAILED = """UPDATE ledger.timer SET due_at = now() + make_interval(secs => %s), failure = %s
 WHERE workspace_id = %s AND command_id = %s"""

LEASE = 5.0  # seconds until a timer that somebody took, and did not finish, is due again
PENANCE = 60.0  # seconds until a timer that failed is tried again


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

    A timer is taken for some seconds, carried out, then marked: after a crash in between it is
    carried out again under the same command id, and changes nothing. One that fails waits a
    minute with its failure beside it, and holds nobody up.
    """
    async with checkout(pool) as connection:
        rows = await (await connection.execute(TAKE, (LEASE, most))).fetchall()
    done = 0
    for workspace_id, command_id, name, content in rows:
        failure = await _carry_out(desk, name, content)
        async with checkout(pool) as connection:
            if failure is None:
                marked = await connection.execute(DONE, (workspace_id, command_id))
                done += marked.rowcount
            else:
                await connection.execute(FAILED, (PENANCE, failure, workspace_id, command_id))
    return done


async def _carry_out(desk: Desk, name: str, content: dict[str, Any]) -> str | None:
    """None, or why it must be tried again."""
    try:
        command = msgspec.convert(content, COMMANDS[name])
        await desk.execute(command)
    except (SomebodyWasQuicker, Busy, OutcomeUnknown) as error:
        return repr(error)
    except Refused as refused:
        log.info("timer refused", command=name, why=str(refused))
    except Exception as error:  # a bug in one timer must not stop the others: it is seen and kept
        log.exception("timer failed", command=name)
        return repr(error)
    return None
