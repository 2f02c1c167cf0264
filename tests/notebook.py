"""An event log in memory, with the rules of the real one: for stories of thousands of commands."""

from collections.abc import Sequence
from uuid import UUID

from typing_extensions import override

from application.ports import TICKETS, Conflict, EventLog, IdReused, Save, Stored
from domain.aggregate import Aggregate
from domain.events import Recorded, decode, encode, topic_of
from tests.past import Remembered


class Notebook(EventLog):
    """Events go through their bytes, so that nobody shares what another one changes.

    `saves` are what has been written, to be written into another log.
    """

    def __init__(self) -> None:
        self.entries: list[Recorded] = []
        self.saves: list[Save] = []
        self._streams: dict[tuple[UUID, UUID], list[int]] = {}
        self._answers: dict[tuple[UUID, str], tuple[bytes, Stored]] = {}
        self._numbers: dict[tuple[UUID, str], int] = {}

    @override
    async def append(self, save: Save) -> Stored:
        key = save.workspace_id, save.command_id
        if key in self._answers:
            fingerprint, stored = self._answers[key]
            if fingerprint != save.fingerprint:
                raise IdReused
            return stored._replace(replayed=True)
        self._check(save)
        self._write(save)
        stored = Stored(save.outcome, len(self.entries) if save.events else None, replayed=False)
        self._answers[key] = save.fingerprint, stored
        return stored

    def _check(self, save: Save) -> None:
        versions = {seen.id: seen.version for seen in save.seen}
        for event in save.events:
            stream = event.originator_id
            if event.originator_version != versions.get(stream, self._version(save, stream)) + 1:
                raise Conflict
            versions[stream] = event.originator_version
        if any(self._version(save, seen.id) != seen.version for seen in save.seen):
            raise Conflict
        last = self._numbers.get((save.workspace_id, save.series), 0)
        if save.number is not None and save.number != last + 1:
            raise Conflict

    def _version(self, save: Save, stream: UUID) -> int:
        return len(self._streams.get((save.workspace_id, stream), ()))

    def _write(self, save: Save) -> None:
        self.saves.append(save)
        for event in save.events:
            self.entries.append(
                Recorded(
                    len(self.entries) + 1,
                    event.timestamp,
                    _copied(event),
                    save.command_id,
                    save.actor,
                    save.cause,
                )
            )
            stream = self._streams.setdefault((save.workspace_id, event.originator_id), [])
            stream.append(len(self.entries))
        if save.number is not None:
            self._numbers[save.workspace_id, save.series] = save.number

    @override
    async def load(self, workspace_id: UUID, stream_id: UUID) -> Sequence[Aggregate.Event]:
        return self.until(workspace_id, stream_id, len(self.entries))

    def until(self, workspace_id: UUID, stream_id: UUID, position: int) -> list[Aggregate.Event]:
        """What had happened to one aggregate up to and with the position."""
        positions = self._streams.get((workspace_id, stream_id), ())
        return [_copied(self.entries[n - 1].event) for n in positions if n <= position]

    @override
    async def last_number(self, workspace_id: UUID, series: str = TICKETS) -> int:
        return self._numbers.get((workspace_id, series), 0)


class Page(Remembered):
    """The past of one entry of a notebook with one company in it."""

    def __init__(self, notebook: Notebook, entry: Recorded) -> None:
        self._notebook = notebook
        self._entry = entry

    @property
    def events(self) -> Sequence[Aggregate.Event]:
        return [one.event for one in self._notebook.entries[: self._entry.position]]

    @override
    async def history(self, id: UUID) -> Sequence[Aggregate.Event]:
        workspace_id, position = self._entry.event.workspace_id, self._entry.position
        return self._notebook.until(workspace_id, id, position)


def _copied(event: Aggregate.Event) -> Aggregate.Event:
    place = event.workspace_id, event.originator_id, event.originator_version
    return decode(topic_of(event), encode(event), *place)
