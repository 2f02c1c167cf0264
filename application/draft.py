"""A draft: what one command looked at and changed; nothing of it counts before the log takes it."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from typing import Self, TypeVar
from uuid import UUID

from application.ports import TICKETS, Conflict, EventLog, Seen
from domain.aggregate import Aggregate, Refused
from domain.events import fold

A = TypeVar("A", bound=Aggregate)


class NotFound(Refused):
    """There is no such thing in this workspace."""


class Line(asyncio.Lock):
    """Those who wait for the same thing, with the one whose turn it is."""

    length = 0


class Turn:
    """A place in a line; a line is there as long as anybody stands in it."""

    __slots__ = ("_key", "_line", "_lines")

    def __init__(self, lines: dict[object, Line], key: object) -> None:
        self._lines = lines
        self._key = key

    async def __aenter__(self) -> None:
        line = self._lines.get(self._key)
        if line is None:
            line = self._lines[self._key] = Line()
        self._line = line
        line.length += 1
        try:
            await line.acquire()
        except BaseException:  # cancelled while waiting
            self._leave()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._line.release()
        self._leave()

    def _leave(self) -> None:
        self._line.length -= 1
        if not self._line.length:
            del self._lines[self._key]


class Shelf:
    """Aggregates and numbers that a process remembers: hints, checked by every append.

    An aggregate leaves the shelf for one draft alone and comes back when the log has confirmed its
    version; so nobody ever sees a decision that was not recorded.
    """

    def __init__(self, log: EventLog, *, room: int) -> None:
        self._log = log
        self._room = room
        self._aggregates: OrderedDict[tuple[UUID, UUID], Aggregate] = OrderedDict()
        self._numbers: dict[tuple[UUID, str], int] = {}
        self._lines: dict[object, Line] = {}

    def turn(self, key: object) -> "Turn":
        """To be entered: waits until everybody who came earlier with this key has left."""
        return Turn(self._lines, key)

    async def take(self, workspace_id: UUID, id: UUID) -> Aggregate | None:
        """The aggregate, for one draft alone."""
        aggregate = self._aggregates.pop((workspace_id, id), None)
        if aggregate is None:
            for event in await self._log.load(workspace_id, id):
                aggregate = fold(aggregate, event)
        return aggregate

    async def show(self, workspace_id: UUID, id: UUID) -> Aggregate | None:
        """The aggregate, to be read by any number of drafts at once and changed by none."""
        aggregate = self._aggregates.get((workspace_id, id))
        if aggregate is None:
            aggregate = await self.take(workspace_id, id)
            if aggregate is not None:
                self.put_back(aggregate)
        return aggregate

    def put_back(self, aggregate: Aggregate) -> None:
        """Remember an aggregate as the log has confirmed it, unless a newer one is there."""
        key = aggregate.workspace_id, aggregate.id
        known = self._aggregates.get(key)
        if known is not None and known.version > aggregate.version:
            return
        self._aggregates[key] = aggregate
        if len(self._aggregates) > self._room:
            self._aggregates.popitem(last=False)

    def forget(self, workspace_id: UUID, id: UUID) -> None:
        """Load the aggregate again when it is asked for next."""
        self._aggregates.pop((workspace_id, id), None)

    async def next_number(self, workspace_id: UUID, series: str) -> int:
        """The next number of a series; ask within the turn of that series."""
        key = workspace_id, series
        if key not in self._numbers:
            self._numbers[key] = await self._log.last_number(workspace_id, series)
        return self._numbers[key] + 1

    def confirm_number(self, workspace_id: UUID, series: str, number: int) -> None:
        """Remember the number that the log has accepted last."""
        self._numbers[workspace_id, series] = number

    def forget_number(self, workspace_id: UUID, series: str) -> None:
        """Ask the log again before the next thing is numbered."""
        self._numbers.pop((workspace_id, series), None)


class Draft:
    """Hands aggregates to a command and keeps what they decided until it is recorded."""

    def __init__(self, shelf: Shelf, workspace_id: UUID, at: datetime) -> None:
        self._shelf = shelf
        self._workspace_id = workspace_id
        self.at = at
        self._seen: dict[UUID, int] = {}
        self._held: dict[UUID, Aggregate] = {}
        self._numbering: Turn | None = None
        self.number: int | None = None
        self.series = TICKETS

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._numbering is not None:
            await self._numbering.__aexit__()

    async def get(self, kind: type[A], id: UUID) -> A:
        """An aggregate of the command's workspace; `NotFound` when there is none."""
        found = await self.find(kind, id)
        if found is None:
            raise NotFound
        return found

    async def find(self, kind: type[A], id: UUID) -> A | None:
        """An aggregate of the command's workspace, or None."""
        aggregate = self._held.get(id)
        if aggregate is None:
            aggregate = await self._shelf.take(self._workspace_id, id)
            version = aggregate.version if aggregate else 0
            if self._seen.setdefault(id, version) != version:
                raise Conflict  # it has moved since this draft looked at it
            if aggregate is None:
                return None
            self._held[id] = aggregate
        if not isinstance(aggregate, kind):
            raise NotFound
        aggregate.at = self.at
        return aggregate

    async def look(self, kind: type[A], id: UUID) -> A:
        """An aggregate to read but not to change; `NotFound` when there is none."""
        aggregate = self._held.get(id) or await self._shelf.show(self._workspace_id, id)
        self._seen.setdefault(id, aggregate.version if aggregate else 0)
        if not isinstance(aggregate, kind):
            raise NotFound
        return aggregate

    def add(self, aggregate: A) -> A:
        """Begin a new aggregate; the log refuses when its id is taken."""
        self._seen[aggregate.id] = 0
        self._held[aggregate.id] = aggregate
        return aggregate

    async def next_number(self, series: str = TICKETS) -> int:
        """The next number of a series; others wait for theirs until this draft is done."""
        turn = self._shelf.turn((self._workspace_id, series))
        await turn.__aenter__()
        self._numbering = turn
        self.series = series
        self.number = await self._shelf.next_number(self._workspace_id, series)
        return self.number

    def events(self) -> list[Aggregate.Event]:
        """What was decided, in order within each aggregate."""
        return [event for one in self._held.values() for event in one.pending_events]  # type: ignore[misc]

    def seen(self, events: Sequence[Aggregate.Event]) -> list[Seen]:
        """What the decision rests on, without the streams that these events continue."""
        continued = {event.originator_id for event in events}
        return [Seen(id, version) for id, version in self._seen.items() if id not in continued]

    def keep(self, *, recorded: bool) -> None:
        """Put back unchanged aggregates, and changed ones if the log has recorded the changes."""
        for aggregate in self._held.values():
            if not aggregate.pending_events or recorded:
                aggregate.collect_events()
                self._shelf.put_back(aggregate)
        if self.number is not None:
            if recorded:
                self._shelf.confirm_number(self._workspace_id, self.series, self.number)
            else:
                self._shelf.forget_number(self._workspace_id, self.series)

    def forget(self) -> None:
        """Of all that the decision rested on something has moved: look at everything anew."""
        for id in self._seen:
            self._shelf.forget(self._workspace_id, id)
        if self.number is not None:
            self._shelf.forget_number(self._workspace_id, self.series)
