"""The statements of a queue with lanes: how work is claimed, settled and forgotten.

A lane is one chat of one bot. Its row is locked before its items are touched, so that the order of
an item's ids is the order of commits. Under READ COMMITTED each statement sees the world anew:
settling locks the lanes in one statement (`hold`) and looks for more work in another (`release`),
else work added meanwhile would be overlooked and the lane would sleep for ever.
"""

from typing import Final, LiteralString

from psycopg.sql import SQL, Identifier

from infrastructure.postgres import Connection

HOLDERS: Final = 4712  # advisory locks (HOLDERS, number): workers that are alive

CLAIM: LiteralString = """
WITH free AS (
  SELECT l.bot_id, l.chat_id
  FROM unnest(%(bots)s::bigint[], %(rooms)s::int[]) AS b (bot_id, room)
  CROSS JOIN LATERAL (
    SELECT bot_id, chat_id FROM ledger.{lanes}
    WHERE bot_id = b.bot_id AND has_work AND not_before <= now()
      AND (holder IS NULL OR lease_until <= now())
    ORDER BY not_before LIMIT b.room FOR UPDATE SKIP LOCKED) l
), mine AS (
  UPDATE ledger.{lanes} l
  SET holder = %(holder)s, lease_until = now() + make_interval(secs => %(lease)s)
  FROM free WHERE l.bot_id = free.bot_id AND l.chat_id = free.chat_id
  RETURNING l.bot_id, l.chat_id
), due AS (
  SELECT mine.bot_id, mine.chat_id, next.id, next.tried_at
  FROM mine LEFT JOIN LATERAL (
    SELECT id, tried_at FROM ledger.{items} i
    WHERE i.bot_id = mine.bot_id AND i.chat_id = mine.chat_id AND settled_at IS NULL
    ORDER BY id LIMIT 1) next ON true
), marked AS (
  UPDATE ledger.{items} i SET tried_at = coalesce(i.tried_at, now())
  FROM due WHERE i.id = due.id AND i.settled_at IS NULL
  RETURNING i.id, i.attempts, {content}
)
SELECT due.bot_id, due.chat_id, marked.id, marked.attempts,
       extract(epoch FROM now() - due.tried_at)::float8, {marked}
FROM due LEFT JOIN marked USING (id) ORDER BY id
"""
HOLD: LiteralString = """
SELECT 1 FROM ledger.{lanes} l
JOIN unnest(%(bots)s::bigint[], %(chats)s::bigint[]) AS d (bot_id, chat_id) USING (bot_id, chat_id)
WHERE holder = %(holder)s ORDER BY bot_id, chat_id FOR UPDATE OF l
"""
SETTLE: LiteralString = """
UPDATE ledger.{items} i SET
  settled_at = CASE WHEN d.outcome IS NOT NULL THEN now() END,
  outcome = d.outcome, last_error = coalesce(d.error, i.last_error),
  attempts = i.attempts + d.counted,
  tried_at = CASE d.tried WHEN 'kept' THEN i.tried_at WHEN 'now' THEN now() END{known}{forgotten}
FROM unnest(%(ids)s::bigint[], %(outcomes)s::text[], %(errors)s::text[], %(counted)s::int[],
            %(tried)s::text[], %(senders)s::bigint[], %(pieces)s::text[])
     AS d (id, outcome, error, counted, tried, sent_by, pieces)
     {together}
WHERE i.id = {settled} AND i.settled_at IS NULL
"""
KNOWN: LiteralString = """,
  sent_by = coalesce(d.sent_by, i.sent_by), pieces = coalesce(d.pieces::bigint[], i.pieces)"""
FORGOTTEN: LiteralString = """,
  body = CASE WHEN d.outcome = 'done' OR d.outcome IS NOT NULL
               AND i.bot_id IN (SELECT bot_id FROM ledger.bot WHERE role = 'settings')
              THEN '' ELSE i.body END"""
TOGETHER: LiteralString = """CROSS JOIN LATERAL (
       SELECT d.id UNION ALL SELECT m.id FROM ledger.{items} m
       WHERE m.album = d.id AND m.id <> d.id AND d.outcome IS NOT NULL) AS one (id)"""
RELEASE: LiteralString = """
UPDATE ledger.{lanes} l SET holder = NULL, lease_until = '-infinity',
  not_before = now() + make_interval(secs => d.rest),
  has_work = EXISTS (SELECT FROM ledger.{items} i WHERE i.bot_id = l.bot_id
                     AND i.chat_id = l.chat_id AND i.settled_at IS NULL)
FROM unnest(%(bots)s::bigint[], %(chats)s::bigint[], %(rests)s::float8[])
     AS d (bot_id, chat_id, rest)
WHERE l.bot_id = d.bot_id AND l.chat_id = d.chat_id AND l.holder = %(holder)s
"""
ADOPT: LiteralString = """
UPDATE ledger.{lanes} l SET holder = %(holder)s
FROM unnest(%(bots)s::bigint[], %(chats)s::bigint[]) AS d (bot_id, chat_id)
WHERE l.bot_id = d.bot_id AND l.chat_id = d.chat_id AND l.holder = %(before)s
"""
REAP: LiteralString = """
UPDATE ledger.{lanes} l SET holder = NULL, lease_until = '-infinity'
FROM (SELECT bot_id, chat_id FROM ledger.{lanes} held WHERE holder IS NOT NULL AND NOT EXISTS (
        SELECT FROM pg_locks p WHERE p.locktype = 'advisory' AND p.objsubid = 2
          AND p.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND p.classid = %(holders)s AND p.objid = held.holder::oid)
      FOR UPDATE SKIP LOCKED) gone
WHERE l.bot_id = gone.bot_id AND l.chat_id = gone.chat_id
"""
PURGE: LiteralString = """
DELETE FROM ledger.{items} WHERE id IN (
  SELECT id FROM ledger.{items} WHERE settled_at < now() - make_interval(days => %(days)s)
  LIMIT 10000)
"""
DEAD: LiteralString = """
SELECT id, bot_id, chat_id, settled_at, last_error FROM ledger.{items}
WHERE outcome = %(outcome)s ORDER BY id DESC LIMIT %(limit)s
"""


class Queue:
    """The tables `<name>_lane` and `<name>`; `content` are the columns that a worker needs.

    With `sent_by` among them it is kept what Telegram made of an item; with `album` the items of an
    album are settled together with its first one. A `body` is forgotten when it is done (and what
    owners wrote, with a token perhaps, also when it failed): words of
    people are kept in one place only, the tokens of bots nowhere but sealed.

    `given_up` is the outcome of an item that nobody will try again. With `lasting` an end is
    written to disk before the next item of the lane is begun; without it a crash of the database
    may bring back items that were settled in the last half second.
    """

    def __init__(
        self, name: LiteralString, content: tuple[str, ...], *, given_up: str, lasting: bool
    ) -> None:
        self.name = name
        self.given_up = given_up
        self.lasting = lasting
        self._content = content
        self.claim = self._about(CLAIM)
        self.hold = self._about(HOLD)
        self.settle = self._about(SETTLE)
        self.release = self._about(RELEASE)
        self.adopt = self._about(ADOPT)
        self.reap = self._about(REAP)

    async def purge(self, connection: Connection, *, days: int) -> int:
        """Forget at most 10,000 items that were settled so long ago; returns how many."""
        cursor = await connection.execute(self._about(PURGE), {"days": days})
        return cursor.rowcount

    async def given_up_items(
        self, connection: Connection, *, limit: int = 100
    ) -> list[tuple[object, ...]]:
        """The newest dead letters: id, bot, chat, time and error of each."""
        wanted = {"outcome": self.given_up, "limit": limit}
        return await (await connection.execute(self._about(DEAD), wanted)).fetchall()

    def _about(self, statement: LiteralString) -> bytes:
        items = Identifier(self.name)
        albums = "album" in self._content
        told = SQL(statement).format(
            lanes=Identifier(f"{self.name}_lane"),
            items=items,
            known=SQL(KNOWN if "sent_by" in self._content else ""),
            forgotten=SQL(FORGOTTEN if "body" in self._content else ""),
            together=SQL(TOGETHER).format(items=items) if albums else SQL(""),
            settled=SQL("one.id" if albums else "d.id"),
            content=SQL(", ").join(Identifier("i", column) for column in self._content),
            marked=SQL(", ").join(Identifier("marked", column) for column in self._content),
        )
        return told.as_bytes()  # put together once
