"""The inbox: every update that Telegram sent, kept before it is confirmed, taken once.

The lane of an update is its chat; a pressed button belongs to the chat of its message, so that it
does not overtake what was written there before. Only of the executors' bot hundreds press in one
chat at once: there a press belongs to the private chat of whoever pressed, so that nobody waits
for the others; in which order they count is settled by the log.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias, cast

import orjson

from infrastructure.attempts import Attempt
from infrastructure.postgres import Pool, checkout
from infrastructure.queues import Queue

INBOX: Final = Queue(
    "inbox", ("update_id", "body", "media_group", "album"), given_up="failed", lasting=False
)
LARGEST: Final = 2**63
CROWDED: Final = "executor"
"""The role of bots whose buttons are pressed by many at once in one chat."""

Json: TypeAlias = dict[str, Any]

RECEIVE = """
WITH lanes AS (
  INSERT INTO ledger.inbox_lane (bot_id, chat_id, has_work)
  SELECT DISTINCT %(bot)s::bigint, chat_id, true
  FROM unnest(%(chats)s::bigint[]) AS u (chat_id) ORDER BY 2
  ON CONFLICT (bot_id, chat_id) DO UPDATE SET has_work = true
), kept AS (
  INSERT INTO ledger.inbox (bot_id, chat_id, update_id, body, media_group)
  SELECT %(bot)s::bigint, chat_id, update_id, body, media_group
  FROM unnest(%(chats)s::bigint[], %(updates)s::bigint[], %(bodies)s::bytea[], %(groups)s::text[])
       WITH ORDINALITY AS u (chat_id, update_id, body, media_group, n) ORDER BY n
  ON CONFLICT (bot_id, update_id) DO NOTHING
)
SELECT pg_notify('inbox', '')
"""

BEHIND = """
SELECT 1 FROM ledger.inbox WHERE bot_id = %s AND settled_at IS NULL
  AND created_at <= now() - make_interval(secs => %s::float8) LIMIT 1
"""


class Arrival(NamedTuple):
    """An update as it came: JSON text that need not be a valid update."""

    update_id: int
    chat_id: int
    body: bytes
    media_group: str | None = None


class Inbox:
    """Keeps updates; one that was kept before changes nothing."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def keep(self, bot_id: int, arrivals: Sequence[Arrival]) -> None:
        """Return when the updates are on disk; raises Unavailable, and then ask again."""
        if not arrivals:
            return
        kept = {
            "bot": bot_id,
            "chats": [arrival.chat_id for arrival in arrivals],
            "updates": [arrival.update_id for arrival in arrivals],
            "bodies": [arrival.body for arrival in arrivals],
            "groups": [arrival.media_group for arrival in arrivals],
        }
        async with checkout(self._pool) as connection:
            await connection.execute(RECEIVE, kept, prepare=True)


async def is_behind(pool: Pool, bot_id: int, seconds: float) -> bool:
    """Whether an update of the bot that came so long ago, or longer, is still not handled."""
    async with checkout(pool) as connection:
        cursor = await connection.execute(BEHIND, [bot_id, seconds])
        return bool(await cursor.fetchone())


def arrivals(updates: Sequence[object], role: str) -> Iterator[Arrival]:
    """The updates of one getUpdates of a bot in this role, without those that have no number."""
    for update in updates:
        if isinstance(update, dict):
            told = cast("Json", update)
            number = told.get("update_id")
            if isinstance(number, int):
                yield Arrival(number, chat_of(told, role), written(told), media_group_of(told))


def chat_of(update: Mapping[str, Any], role: str) -> int:
    """The chat that an update of a bot in this role belongs to; 0 if it says none that we know."""
    for kind, about in update.items():
        if kind == "update_id" or not isinstance(about, dict):
            continue
        told = cast("Json", about)
        place: object = told
        if kind == "callback_query":
            private = {"chat": told.get("from")}
            place = private if role == CROWDED else told.get("message") or private
        chat: object = cast("Json", place).get("chat") if isinstance(place, dict) else None
        id_: object = cast("Json", chat).get("id") if isinstance(chat, dict) else None
        if isinstance(id_, int) and not isinstance(id_, bool) and -LARGEST <= id_ < LARGEST:
            return id_
    return 0


def media_group_of(update: Mapping[str, Any]) -> str | None:
    """The album that a message is a piece of; edits of its pieces come one by one."""
    match update.get("message"):
        case {"media_group_id": str(group)} if group.isascii() and group.isprintable():
            return group
        case _:
            return None


def read(body: bytes) -> Json:
    """The update in a body; what is not Unicode in it is replaced. Raises ValueError."""
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        told = orjson.loads(_without_surrogates(json.loads(body)))
    if not isinstance(told, dict):
        raise ValueError("an update is a JSON object")  # noqa: TRY004 - of the text, not of a type
    return cast("Json", told)


def written(update: Json) -> bytes:
    """An update as JSON text, whatever signs are in it."""
    try:
        return orjson.dumps(update)
    except TypeError:
        return json.dumps(update).encode()


def of_attempt(attempt: Attempt) -> Arrival:
    """The update of an attempt."""
    update_id, body, media_group, _ = attempt.content
    return Arrival(update_id, attempt.chat_id, bytes(body), media_group)


def _without_surrogates(told: object) -> bytes:
    text = json.dumps(told, ensure_ascii=False)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
