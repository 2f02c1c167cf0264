"""Albums that come in: the pieces are updates of their own, and one message to people.

The first piece waits in its lane until no other has come for a moment. Who belongs to it is then
written down, so that a later try, perhaps of another process, handles the same pieces; one that
comes later still is a message of its own.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from infrastructure.attempts import Attempt
from infrastructure.postgres import Pool, checkout

WAIT: Final = 0.8  # seconds after the newest piece
SHORTEST_WAIT: Final = 0.2  # however fast the sandbox is, updates come through a network
MOST: Final = 10

MEMBERS = """
SELECT body FROM ledger.inbox WHERE album = %(head)s AND settled_at IS NULL ORDER BY id
"""
GATHER = """
WITH found AS (
  SELECT id, created_at FROM ledger.inbox
  WHERE bot_id = %(bot)s AND chat_id = %(chat)s AND media_group = %(group)s
    AND settled_at IS NULL AND album IS NULL
  ORDER BY id LIMIT %(most)s
), waiting AS (
  SELECT CASE WHEN count(*) >= %(most)s THEN 0.0 ELSE greatest(
    %(wait)s - extract(epoch FROM clock_timestamp() - max(created_at)), 0.0) END AS seconds
  FROM found
), gathered AS (
  UPDATE ledger.inbox i SET album = %(head)s FROM found, waiting
  WHERE i.id = found.id AND waiting.seconds = 0.0 RETURNING i.id, i.body
)
SELECT waiting.seconds::float8, gathered.body
FROM waiting LEFT JOIN gathered ON true ORDER BY gathered.id
"""


class Album(NamedTuple):
    """The bodies of the updates with its pieces, in order; or seconds to wait for more of them."""

    pieces: Sequence[bytes] = ()
    wait: float = 0.0


class Albums:
    """Gathers pieces; `pace` is how much faster than Telegram a sandbox is."""

    def __init__(self, pool: Pool, pace: float) -> None:
        self._pool = pool
        self._wait = max(WAIT / pace, SHORTEST_WAIT)

    async def gather(self, attempt: Attempt, media_group: str) -> Album:
        """The album that begins with this update; raises Unavailable."""
        wanted = {
            "head": attempt.id,
            "bot": attempt.bot_id,
            "chat": attempt.chat_id,
            "group": media_group,
            "wait": self._wait,
            "most": MOST,
        }
        async with checkout(self._pool) as connection:
            members = await (await connection.execute(MEMBERS, wanted)).fetchall()
            if members:
                return Album([bytes(body) for (body,) in members])
            rows = await (await connection.execute(GATHER, wanted)).fetchall()
        return Album([bytes(body) for _, body in rows if body is not None], rows[0][0])
