"""The outbox: letters to Telegram, written in the transaction that decided on them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from infrastructure.attempts import Attempt, Sent
from infrastructure.postgres import Connection
from infrastructure.queues import Queue
from interfaces.telegram.calls import Call, Otherwise

OUTBOX: Final = Queue(
    "outbox",
    ("workspace_id", "method", "params", "key", "report", "otherwise", "sent_by", "pieces"),
    given_up="dead",
    lasting=True,
)

TOUCH = """
INSERT INTO ledger.outbox_lane (bot_id, chat_id, has_work)
SELECT bot_id, chat_id, true FROM unnest(%s::bigint[], %s::bigint[]) AS l (bot_id, chat_id)
ON CONFLICT (bot_id, chat_id) DO UPDATE SET has_work = true
"""
REPLACE = """
UPDATE ledger.outbox o SET settled_at = now(), outcome = 'replaced'
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[]) AS n (bot_id, chat_id, latest, key)
WHERE o.bot_id = n.bot_id AND o.chat_id = n.chat_id AND o.latest = n.latest AND o.key <> n.key
  AND o.settled_at IS NULL AND o.tried_at IS NULL
  AND NOT EXISTS (SELECT FROM ledger.outbox known WHERE known.key = n.key)
"""
ADD = """
WITH added AS (
  INSERT INTO ledger.outbox
    (bot_id, chat_id, workspace_id, method, params, key, latest, report, otherwise,
     settled_at, outcome)
  SELECT bot_id, chat_id, workspace_id, method, params, key, latest, report, otherwise,
         CASE WHEN replaced THEN now() END, CASE WHEN replaced THEN 'replaced' END
  FROM unnest(%s::bigint[], %s::bigint[], %s::uuid[], %s::text[], %s::jsonb[], %s::text[],
              %s::text[], %s::jsonb[], %s::jsonb[], %s::bool[])
       WITH ORDINALITY AS l
       (bot_id, chat_id, workspace_id, method, params, key, latest, report, otherwise, replaced, n)
  ORDER BY n
  ON CONFLICT (key) DO NOTHING
)
SELECT pg_notify('outbox', '')
"""


class Outgoing(NamedTuple):
    """A letter that is due; with `sent` only its report is missing."""

    workspace_id: UUID
    method: str
    params: dict[str, Any]
    key: str
    report: dict[str, str] | None
    otherwise: Otherwise | None
    sent: Sent | None


def of_attempt(attempt: Attempt) -> Outgoing:
    """The letter of an attempt."""
    *about, otherwise, sent_by, pieces = attempt.content
    return Outgoing(
        *about,
        otherwise=otherwise and Otherwise(**otherwise),
        sent=None if pieces is None else Sent(sent_by, tuple(pieces)),
    )


async def enqueue(connection: Connection, letters: Sequence[Call]) -> None:
    """Add worded letters within the caller's transaction; one whose key is known adds nothing.

    The lane's row comes first: its lock makes the order of ids the order of commits. Lanes are
    locked in order: call this once in a transaction, and two transactions cannot block each other.
    """
    if not letters:
        return
    lanes = sorted({(letter.bot_id, letter.chat_id) for letter in letters})
    await connection.execute(TOUCH, _columns(lanes), prepare=True)
    newest = _newest(letters)
    if newest:
        told = [(*about, key) for about, key in newest.items()]
        await connection.execute(REPLACE, _columns(told), prepare=True)
    replaced = {
        letter.key
        for letter in letters
        if letter.latest is not None
        and newest[letter.bot_id, letter.chat_id, letter.latest] != letter.key
    }
    rows = [_row(letter, letter.key in replaced) for letter in letters]
    await connection.execute(ADD, _columns(rows), prepare=True)


def _newest(letters: Sequence[Call]) -> dict[tuple[int, int, str], str]:
    """By lane and `latest`, the key of the letter that leaves."""
    return {
        (letter.bot_id, letter.chat_id, letter.latest): letter.key
        for letter in letters
        if letter.latest is not None
    }


def _row(letter: Call, replaced: bool) -> tuple[object, ...]:  # noqa: FBT001 - a column
    return (
        letter.bot_id,
        letter.chat_id,
        letter.workspace_id,
        letter.method,
        Jsonb(dict(letter.params)),
        letter.key,
        letter.latest,
        None if letter.report is None else Jsonb(dict(letter.report)),
        None if letter.otherwise is None else Jsonb(asdict(letter.otherwise)),
        replaced,
    )


def _columns(rows: Sequence[tuple[object, ...]]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]
