"""Parked events: what a read model could not take, and everything behind it in its stream.

Only the stream of the event waits, and only in that read model; the rest goes on. `redrive` brings
a stream back in, in order, after the cause has been mended.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

from domain.events import Recorded, topic_of
from projections.builds import Build, Cursor, Unprojectable
from projections.columns import Packed, columns_of
from projections.log import COLUMNS, Entry, Undecodable, read, stream_of
from projections.projection import Checkout

BEHIND = "an earlier event of this stream is parked"


class ParkedRow(NamedTuple):
    """An event that a read model has not taken, and why."""

    build: str
    workspace_id: UUID
    stream_id: UUID
    position: int
    topic: str
    error: str
    parked_at: datetime


class _Place(NamedTuple):
    build: str
    workspace_id: UUID
    stream_id: UUID
    position: int
    topic: str
    error: str


_COLUMNS = columns_of(_Place)


class Sorted(NamedTuple):
    """The events of a page that a read model takes, and those that are to be parked."""

    good: list[Recorded]
    bad: list[tuple[Entry, str]]


async def sort(
    cursor: Cursor, build: Build, page: Sequence[Entry], faults: Mapping[int, str], *, parked: bool
) -> Sorted:
    """Part a page: `faults` tells by position what cannot be taken, `parked` whether any is.

    The caller holds the lock of the bookmark's row, so that no redrive runs meanwhile.
    """
    streams: set[tuple[UUID, UUID]] = set()
    if parked:
        await cursor.execute(
            "SELECT DISTINCT workspace_id, stream_id FROM ledger.parked WHERE build = %s",
            [build.schema],
        )
        streams = {(workspace_id, stream) for workspace_id, stream in await cursor.fetchall()}
    good: list[Recorded] = []
    bad: list[tuple[Entry, str]] = []
    concerns = build.model.fold.concerns
    for entry in page:
        if not concerns(entry):
            continue
        if streams and stream_of(entry) in streams:
            bad.append((entry, BEHIND))
        elif isinstance(entry, Undecodable) or entry.position in faults:
            told = entry.error if isinstance(entry, Undecodable) else faults[entry.position]
            bad.append((entry, told))
            streams.add(stream_of(entry))
        else:
            good.append(entry)
    return Sorted(good, bad)


async def park(cursor: Cursor, build: Build, bad: Sequence[tuple[Entry, str]]) -> None:
    """Keep events for a redrive, in the transaction that passes them by."""
    places = [
        _Place(build.schema, *stream_of(entry), entry.position, _topic(entry), _plain(why))
        for entry, why in bad
    ]
    told: list[Packed | str | int] = [column.pack(map(column.of, places)) for column in _COLUMNS]
    await cursor.execute(
        """INSERT INTO ledger.parked (build, workspace_id, stream_id, position, topic, error)
           SELECT * FROM unnest(%b::text[], %b::uuid[], %b::uuid[], %b::bigint[], %b::text[],
                                %b::text[])""",
        told,
    )
    await cursor.execute(
        "UPDATE ledger.bookmark SET parked = parked + %s WHERE build = %s",
        [len(bad), build.schema],
    )


async def redrive(checkout: Checkout, build: Build, workspace_id: UUID, stream_id: UUID) -> int:
    """Let the model take the parked events of one stream, in order; returns how many.

    All or nothing: raises Unprojectable, and leaves them parked, when one still cannot be taken.
    """
    async with checkout() as connection, connection.transaction():
        cursor = connection.cursor(binary=True)
        await cursor.execute(
            "SELECT position FROM ledger.bookmark WHERE build = %s FOR UPDATE", [build.schema]
        )
        await cursor.execute(_PARKED, [build.schema, workspace_id, stream_id])
        entries = read(await cursor.fetchall())
        unread = {e.position: e.error for e in entries if isinstance(e, Undecodable)}
        if unread:
            raise Unprojectable(unread)
        await build.apply(cursor, [entry for entry in entries if isinstance(entry, Recorded)])
        await cursor.execute(
            "DELETE FROM ledger.parked WHERE build = %s AND workspace_id = %s AND stream_id = %s",
            [build.schema, workspace_id, stream_id],
        )
        await cursor.execute(
            "UPDATE ledger.bookmark SET parked = parked - %s WHERE build = %s",
            [len(entries), build.schema],
        )
    return len(entries)


async def parked(checkout: Checkout, workspace_id: UUID) -> list[ParkedRow]:
    """What is parked of a workspace, in all builds: each is an alarm."""
    async with checkout() as connection:
        cursor = await connection.execute(
            """SELECT build, workspace_id, stream_id, position, topic, error, parked_at
                 FROM ledger.parked WHERE workspace_id = %s ORDER BY build, position""",
            [workspace_id],
        )
        return [ParkedRow(*row) for row in await cursor.fetchall()]


_PARKED: LiteralString = (
    "SELECT " + COLUMNS + " FROM ledger.event_log"  # noqa: S608 - constants
    " WHERE notification_id IN (SELECT position FROM ledger.parked"
    " WHERE build = %s AND workspace_id = %s AND stream_id = %s) ORDER BY notification_id"
)


def _topic(entry: Entry) -> str:
    return entry.topic if isinstance(entry, Undecodable) else topic_of(entry.event)


def _plain(error: str) -> str:
    """As much of an error as is worth keeping, in characters that Postgres takes."""
    return error[:2_000].replace("\x00", "").encode(errors="replace").decode()
