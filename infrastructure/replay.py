"""Replays the log for people: every event of a period, a workspace, a subject or a kind."""

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO
from uuid import UUID

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from domain.events import Recorded, encode, topic_of
from domain.threads import thread_of
from infrastructure.history import History
from infrastructure.postgres import Role, pool
from projections.audit import Audit
from projections.log import Entry

WIDTH = 100  # characters of an event's content in a table


@dataclass(frozen=True)
class Selection:
    """Which events; empty means all. `since` is inclusive and `until` exclusive, by recording."""

    workspace_id: UUID | None = None
    subject: UUID | None = None
    ticket: UUID | None = None
    kinds: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None


async def replay(dsn: str, selection: Selection, form: str, out: TextIO) -> int:
    """Write the selected events to `out`, as `jsonl` or `table`; returns how many."""
    count = 0
    reads = pool(dsn, Role.DESK, name="ledgerdesk replay", max_size=1)
    async with reads:
        audit = Audit(reads.connection)
        first, last = await _bounds(audit, selection)
        with _progress(last - first) as progress:
            task = progress.add_task("replay", total=last - first) if progress else None
            async for page in _pages(audit, selection, first, last):
                out.writelines(_line(entry, form) for entry in page)
                count += len(page)
                if progress and task is not None:
                    progress.update(task, completed=page[-1].position - first)
            if progress and task is not None:
                progress.update(task, completed=last - first)
    return count


async def state(
    dsn: str, workspace_id: UUID, subject: UUID, version: int | None, position: int | None
) -> dict[str, object] | None:
    """An aggregate as it was at a version or a position; None if it was not there yet."""
    reads = pool(dsn, Role.DESK, name="ledgerdesk state", max_size=1)
    async with reads:
        history = History(Audit(reads.connection))
        found = await history(workspace_id, subject, version, position)
    if found is None:
        return None
    return {"kind": found.kind, "version": found.version, **found.data}


async def _bounds(audit: Audit, selection: Selection) -> tuple[int, int]:
    first = await audit.position_before(selection.since) if selection.since else 0
    last = await audit.position_before(selection.until) if selection.until else await audit.head()
    return first, last


async def _pages(
    audit: Audit, selection: Selection, first: int, last: int
) -> AsyncIterator[list[Entry]]:
    """One stream by the log's own order, or a ticket and its thread merged in that order."""
    if selection.ticket is None:
        pages = audit.replay(
            workspace_id=selection.workspace_id,
            subject=selection.subject,
            kinds=selection.kinds or None,
            after=first,
            up_to=last,
        )
        async for page in pages:
            yield page
        return
    if selection.workspace_id is None:
        raise ValueError("name the workspace of the ticket")
    found = [
        entry
        for stream in (selection.ticket, thread_of(selection.ticket))
        for entry in await audit.history(selection.workspace_id, stream)
        if first < entry.position <= last
    ]
    if found:
        yield sorted(found, key=lambda entry: entry.position)


def _line(entry: Entry, form: str) -> str:
    if isinstance(entry, Recorded):
        event = entry.event
        topic, subject, version = topic_of(event), event.originator_id, event.originator_version
        workspace, content = event.workspace_id, encode(event)
    else:
        topic, subject, version = entry.topic, entry.stream_id, entry.version
        workspace, content = entry.workspace_id, msgspec.json.encode({"undecodable": entry.error})
    if form == "table":
        at = entry.recorded_at.isoformat(timespec="milliseconds")
        cause = f" ←{entry.cause}" if entry.cause else ""
        who = f"{entry.actor}{cause} {entry.command_id}"
        told = content.decode()[:WIDTH]
        return f"{entry.position:>9} {at} {topic:<26} {subject}.{version} {who} {told}\n"
    line = {
        "position": entry.position,
        "recorded_at": entry.recorded_at,
        "workspace": workspace,
        "subject": subject,
        "version": version,
        "kind": topic,
        "actor": entry.actor,
        "command": entry.command_id,
        "cause": entry.cause,
        "data": msgspec.Raw(content),
    }
    return msgspec.json.encode(line).decode() + "\n"


def _progress(total: int) -> "Progress | nullcontext[None]":
    if not sys.stderr.isatty() or total == 0:
        return nullcontext()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
