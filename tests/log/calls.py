"""The append function called directly, and an independent model of what it must answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow

Answer: TypeAlias = tuple[str, str | None, int | None]
Session: TypeAlias = psycopg.Connection[TupleRow]

CALL = """SELECT status, outcome, last_id FROM ledger.append_once(
  %b::uuid[], %b::text[], %b::bytea[], %b::text[], %b::text[], %b::bigint[], %b::bigint[],
  %b::int[], %b::uuid[], %b::bigint[], %b::text[], %b::bytea[],
  %b::int[], %b::uuid[], %b::bigint[]) ORDER BY save_no"""


@dataclass(frozen=True)
class Told:
    """One save: versions by stream that it writes, and versions that it relies on."""

    workspace: UUID
    command: str
    fingerprint: bytes = b"same"
    outcome: str = "{}"
    number: int | None = None
    events: Sequence[tuple[UUID, int]] = ()
    seen: Sequence[tuple[UUID, int]] = ()


def append(session: Session, saves: Sequence[Told]) -> list[Answer]:
    """What the function answers to one call with these saves."""
    events = [(n, *event) for n, save in enumerate(saves, 1) for event in save.events]
    seen = [(n, *stream) for n, save in enumerate(saves, 1) for stream in save.seen]
    columns: list[list[Any]] = [
        [save.workspace for save in saves],
        [save.command for save in saves],
        [save.fingerprint for save in saves],
        [save.outcome for save in saves],
        ["test" for _ in saves],
        [None for _ in saves],
        [save.number for save in saves],
        [n for n, _, _ in events],
        [stream for _, stream, _ in events],
        [version for _, _, version in events],
        ["Ticket.NoteAdded#1" for _ in events],
        [b"{}" for _ in events],
        [n for n, _, _ in seen],
        [stream for _, stream, _ in seen],
        [version for _, _, version in seen],
    ]
    return session.execute(CALL, columns).fetchall()


@dataclass
class Model:
    """Saves decided one after the other, in memory; `head` is the last position."""

    head: int
    versions: dict[tuple[UUID, UUID], int] = field(default_factory=dict)
    commands: dict[tuple[UUID, str], tuple[bytes, str, int | None]] = field(default_factory=dict)
    numbers: dict[UUID, int] = field(default_factory=dict)
    log: list[tuple[int, UUID, UUID, int, str]] = field(default_factory=list)

    def decide(self, save: Told) -> Answer:
        """The answer to one save."""
        known = self.commands.get((save.workspace, save.command))
        if known is not None:
            fingerprint, outcome, last = known
            same = fingerprint == save.fingerprint
            return ("replayed", outcome, last) if same else ("id_reused", None, None)
        if not self._continues(save):
            return "conflict", None, None
        if save.number is not None:
            if save.number != self.numbers.get(save.workspace, 0) + 1:
                return "number_taken", None, None
            self.numbers[save.workspace] = save.number
        for stream, version in save.events:
            self.head += 1
            self.versions[save.workspace, stream] = version
            self.log.append((self.head, save.workspace, stream, version, save.command))
        last = self.head if save.events else None
        self.commands[save.workspace, save.command] = save.fingerprint, save.outcome, last
        return "stored", None, last

    def version(self, workspace: UUID, stream: UUID) -> int:
        """Where a stream stands."""
        return self.versions.get((workspace, stream), 0)

    def _continues(self, save: Told) -> bool:
        for stream in {stream for stream, _ in save.events}:
            versions = [version for one, version in save.events if one == stream]
            first = self.version(save.workspace, stream) + 1
            if versions != list(range(first, first + len(versions))):
                return False
        return all(self.version(save.workspace, on) == version for on, version in save.seen)
