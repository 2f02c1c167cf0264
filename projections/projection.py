"""A read model: its tables, what each event does to their rows, and the questions they answer.

A page of events is folded in memory: the rows that it touches are fetched at once, changed as
plain objects, and written by one statement a table.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, ClassVar, Generic, LiteralString, NamedTuple, TypeAlias, TypeVar

from psycopg import AsyncConnection
from psycopg.errors import FeatureNotSupported
from psycopg.rows import TupleRow, args_row

from domain.aggregate import Aggregate
from domain.events import Recorded, catalogue
from projections.columns import Column, columns_of
from projections.log import Entry

Connection: TypeAlias = AsyncConnection[TupleRow]
Checkout: TypeAlias = Callable[[], AbstractAsyncContextManager[Connection]]
"""Lends an autocommit connection of the read side: `pool.connection`, for example."""

Key: TypeAlias = tuple[Any, ...]
R = TypeVar("R")
E = TypeVar("E", bound=Aggregate.Event)

MOST = 100  # rows a page of an answer


@dataclass(frozen=True, eq=False)
class Table(Generic[R]):
    """A table of a read model: one column for each field of the row class.

    `key` begins with workspace_id. `indexes` are what follows `CREATE INDEX ON table`. Rows of a
    table that is `written_once` are never changed or fetched.
    """

    name: LiteralString
    row: type[R]
    key: tuple[LiteralString, ...]
    indexes: tuple[LiteralString, ...] = ()
    written_once: bool = False
    columns: tuple[Column, ...] = field(init=False)
    key_columns: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        if self.key[0] != "workspace_id":
            raise TypeError(f"{self.name}: the key begins with workspace_id")
        columns = columns_of(self.row)
        by_name = {column.name: column for column in columns}
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "key_columns", tuple(by_name[name] for name in self.key))

    def key_of(self, row: R) -> Key:
        """The values of the key's columns."""
        return tuple(getattr(row, name) for name in self.key)


class Rows:
    """The rows that a page of events touches."""

    def __init__(self) -> None:
        self.found: dict[Table[Any], dict[Key, Any]] = {}
        self.changed: dict[Table[Any], dict[Key, Any]] = {}
        self.dropped: dict[Table[Any], set[Key]] = {}

    def look(self, table: Table[R], *key: object) -> R | None:
        """The row as it is now; only of a key that the event was said to read."""
        row: R | None = self.found[table][key]
        return row

    def change(self, table: Table[R], *key: object) -> R | None:
        """The row, to be changed in place; only of a key that the event was said to read."""
        row: R | None = self.found[table][key]
        if row is not None:
            self.changed.setdefault(table, {})[key] = row
        return row

    def put(self, table: Table[R], row: R) -> None:
        """A new row, or another one in the place of the old."""
        key = table.key_of(row)
        self.changed.setdefault(table, {})[key] = row
        if not table.written_once:
            self.found.setdefault(table, {})[key] = row

    def drop(self, table: Table[R], *key: object) -> None:
        """No such row any more."""
        self.changed.get(table, {}).pop(key, None)
        self.found.setdefault(table, {})[key] = None
        self.dropped.setdefault(table, set()).add(key)


Handler: TypeAlias = Callable[[Recorded, E, Rows], None]
KeyOf: TypeAlias = Callable[[E], Key]
KeysOf: TypeAlias = Callable[[E, Rows], Iterable[Key]]
Reads: TypeAlias = Table[Any] | tuple[Table[Any], KeyOf[E]]
"""A table whose row is keyed by the event's own aggregate, or a table and the row's key."""

_own_key = attrgetter("workspace_id", "originator_id")


class Fold:
    """What each kind of event does to the rows of one read model: no clock, network or chance.

    A fold may be made of parts, each for tables of its own.
    """

    def __init__(self, *parts: "Fold") -> None:
        self._handlers: dict[type[Aggregate.Event], list[Handler[Any]]] = {}
        self._reads: dict[type[Aggregate.Event], list[tuple[Table[Any], KeyOf[Any]]]] = {}
        self._then: dict[type[Aggregate.Event], list[tuple[Table[Any], KeysOf[Any]]]] = {}
        for part in parts:
            for kind, handlers in part._handlers.items():  # noqa: SLF001 - a fold itself
                self._handlers.setdefault(kind, []).extend(handlers)
                self._reads.setdefault(kind, []).extend(part._reads[kind])  # noqa: SLF001
                self._then.setdefault(kind, []).extend(part._then[kind])  # noqa: SLF001

    def on(
        self,
        *kinds: type[E],
        reads: Sequence[Reads[E]] = (),
        then: Sequence[tuple[Table[Any], KeysOf[E]]] = (),
    ) -> Callable[[Handler[E]], Handler[E]]:
        """Let the function do what follows from these kinds, knowing the rows that they read.

        `then` tells the keys of more rows, by those that are read.
        """

        def take(handler: Handler[E]) -> Handler[E]:
            for kind in kinds:
                self._handlers.setdefault(kind, []).append(handler)
                self._reads.setdefault(kind, []).extend(
                    wanted if isinstance(wanted, tuple) else (wanted, _own_key) for wanted in reads
                )
                self._then.setdefault(kind, []).extend(then)
            return handler

        return take

    def concerns(self, entry: Entry) -> bool:
        """Whether the entry is of a kind that does something here, or is unknown and might."""
        if isinstance(entry, Recorded):
            return type(entry.event) in self._handlers
        name = entry.topic.partition("#")[0]
        own = {kind.__qualname__ for kind in self._handlers}
        if name in {kind.__qualname__ for kind in catalogue().values()}:
            return name in own
        return name.partition(".")[0] in {kind.partition(".")[0] for kind in own}

    def wanted(self, page: Sequence[Recorded]) -> dict[Table[Any], set[Key]]:
        """The keys of the rows that the events of a page read."""
        keys: dict[Table[Any], set[Key]] = {}
        for recorded in page:
            for table, key_of in self._reads[type(recorded.event)]:
                keys.setdefault(table, set()).add(key_of(recorded.event))
        return keys

    def wanted_then(self, page: Sequence[Recorded], rows: Rows) -> dict[Table[Any], set[Key]]:
        """The keys of more rows, known by the ones that were read, but for those."""
        keys: dict[Table[Any], set[Key]] = {}
        for recorded in page:
            for table, keys_of in self._then[type(recorded.event)]:
                keys.setdefault(table, set()).update(keys_of(recorded.event, rows))
        missing = {table: keys[table] - rows.found.get(table, {}).keys() for table in keys}
        return {table: these for table, these in missing.items() if these}

    def project(self, recorded: Recorded, rows: Rows) -> None:
        """Bring the rows up to date with one event that concerns this read model."""
        for handler in self._handlers[type(recorded.event)]:
            handler(recorded, recorded.event, rows)


class Page(NamedTuple, Generic[R]):
    """Rows of a longer answer, and whether more follow them."""

    rows: list[R]
    more: bool


class ReadModel:
    """Rows made of events: a name, a version, tables, a fold; subclasses add the questions.

    The version goes up with every change of the tables or of the fold; the next rebuild serves it.
    Questions may meet a switch of builds at any moment and never see an error of it.
    """

    name: ClassVar[LiteralString]
    version: ClassVar[int]
    tables: ClassVar[tuple[Table[Any], ...]]
    fold: ClassVar[Fold]

    def __init__(self, checkout: Checkout) -> None:
        self._checkout = checkout

    async def _ask(
        self, kind: Callable[..., R], question: LiteralString, /, **told: object
    ) -> list[R]:
        """Every row of the answer as a `kind`."""
        async with self._checkout() as connection:
            cursor = connection.cursor(binary=True, row_factory=args_row(kind))
            try:
                await cursor.execute(question, told)
            except FeatureNotSupported:  # "cached plan must not change result type": a switch
                await cursor.execute(question, told, prepare=False)
            return await cursor.fetchall()

    async def _ask_one(
        self, kind: Callable[..., R], question: LiteralString, /, **told: object
    ) -> R | None:
        """The first row of the answer."""
        return next(iter(await self._ask(kind, question, **told)), None)

    async def _ask_page(
        self, kind: Callable[..., R], question: LiteralString, first: int, /, **told: object
    ) -> Page[R]:
        """Up to `first` rows; the question has a `LIMIT %(limit)s`."""
        first = max(0, min(first, MOST))
        rows = await self._ask(kind, question, limit=first + 1, **told)
        return Page(rows[:first], len(rows) > first)
