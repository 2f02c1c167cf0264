"""A build: the tables of one version of a read model in a schema of their own, and writing them.

One statement a table fetches the rows that a page of events touches, one writes them.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from psycopg import AsyncCursor
from psycopg.rows import TupleRow
from psycopg.sql import SQL, Composed, Identifier

from domain.events import Recorded
from projections.columns import Column, Packed
from projections.projection import Key, ReadModel, Rows, Table

Cursor = AsyncCursor[TupleRow]


class Unprojectable(Exception):
    """Events of a page that the read model could not take: what went wrong by position."""

    def __init__(self, faults: dict[int, str]) -> None:
        super().__init__(f"cannot project {faults}")
        self.faults = faults


class Unwritable(Exception):
    """Rows of a page hold values that no column takes; some event of the page is to blame."""


class Build(NamedTuple):
    """One build of a read model; `schema` is its name everywhere."""

    model: type[ReadModel]
    schema: str

    async def apply(self, cursor: Cursor, page: Sequence[Recorded]) -> None:
        """Fold events that concern the model into its tables.

        Raises Unprojectable, Unwritable or psycopg's errors; the transaction is the caller's.
        """
        rows = Rows()
        for table, keys in self.model.fold.wanted(page).items():
            rows.found[table] = await self._fetch(cursor, table, keys)
        for table, keys in self.model.fold.wanted_then(page, rows).items():
            rows.found.setdefault(table, {}).update(await self._fetch(cursor, table, keys))
        _fold(self.model, page, rows)
        for table, dropped in rows.dropped.items():
            gone = [key for key in dropped if key not in rows.changed.get(table, {})]
            if gone:
                await cursor.execute(_delete(self.schema, table), _keys(table, gone), binary=True)
        for table, changed in rows.changed.items():
            if changed:
                await cursor.execute(_write(self.schema, table), _values(table, changed.values()))

    async def _fetch(
        self, cursor: Cursor, table: Table[Any], keys: Iterable[Key]
    ) -> dict[Key, Any]:
        found: dict[Key, Any] = dict.fromkeys(keys)
        await cursor.execute(_read(self.schema, table), _keys(table, found), binary=True)
        for values in await cursor.fetchall():
            row = table.row(*values)
            found[table.key_of(row)] = row
        return found


def _fold(model: type[ReadModel], page: Sequence[Recorded], rows: Rows) -> None:
    faults: dict[int, str] = {}
    project = model.fold.project
    for recorded in page:
        try:
            project(recorded, rows)
        except Exception as error:  # noqa: BLE001 - any fault of a fold is the event's: it is parked
            faults[recorded.position] = f"{type(error).__name__}: {error}"
    if faults:
        raise Unprojectable(faults)


def _values(table: Table[Any], rows: Collection[Any]) -> list[Packed]:
    try:
        return [column.pack(map(column.of, rows)) for column in table.columns]
    except Exception as error:  # an event's value that cannot be packed, whatever is wrong with it
        raise Unwritable(f"{table.name}: {type(error).__name__}: {error}") from error


def _keys(table: Table[Any], keys: Iterable[Key]) -> list[Packed]:
    columns = zip(*keys, strict=True)
    return [column.pack(values) for column, values in zip(table.key_columns, columns, strict=True)]


def _names(columns: Iterable[Column]) -> Composed:
    return SQL(", ").join(Identifier(column.name) for column in columns)


def _arrays(columns: Iterable[Column]) -> Composed:
    return SQL(", ").join(SQL("%b::{}[]").format(SQL(column.type)) for column in columns)


@cache
def _read(schema: str, table: Table[Any]) -> bytes:
    return (
        SQL("SELECT {} FROM {} JOIN unnest({}) AS key ({}) USING ({})")
        .format(
            _names(table.columns),
            Identifier(schema, table.name),
            _arrays(table.key_columns),
            _names(table.key_columns),
            _names(table.key_columns),
        )
        .as_bytes()
    )


@cache
def _write(schema: str, table: Table[Any]) -> bytes:
    others = [column for column in table.columns if column not in table.key_columns]
    kept = SQL(", ").join(
        SQL("{0} = excluded.{0}").format(Identifier(column.name)) for column in others
    )
    statement = SQL("INSERT INTO {} ({}) SELECT * FROM unnest({})").format(
        Identifier(schema, table.name), _names(table.columns), _arrays(table.columns)
    )
    if table.written_once:
        return statement.as_bytes()
    again = SQL("UPDATE SET {}").format(kept) if others else SQL("NOTHING")
    anew = SQL(" ON CONFLICT ({}) DO {}").format(_names(table.key_columns), again)
    return (statement + anew).as_bytes()


@cache
def _delete(schema: str, table: Table[Any]) -> bytes:
    return (
        SQL("DELETE FROM {} WHERE ({}) IN (SELECT * FROM unnest({}))")
        .format(
            Identifier(schema, table.name), _names(table.key_columns), _arrays(table.key_columns)
        )
        .as_bytes()
    )


def create(schema: str, model: type[ReadModel]) -> list[Composed]:
    """The statements that make the empty tables of a build; the owner runs them."""
    statements = [SQL("CREATE SCHEMA {}").format(Identifier(schema))]
    for table in model.tables:
        columns = SQL(", ").join(
            SQL("{} {} {}").format(
                Identifier(column.name),
                SQL(column.type),
                SQL("" if column.nullable else "NOT NULL"),
            )
            for column in table.columns
        )
        place = Identifier(schema, table.name)
        statements.append(
            SQL("CREATE TABLE {} ({}, PRIMARY KEY ({})) WITH (fillfactor = {})").format(
                place,
                columns,
                _names(table.key_columns),
                SQL("100" if table.written_once else "80"),
            )
        )
        statements += [SQL("CREATE INDEX ON {} {}").format(place, SQL(it)) for it in table.indexes]
    statements.append(
        SQL("GRANT USAGE ON SCHEMA {} TO ledgerdesk_desk, ledgerdesk_projector").format(
            Identifier(schema)
        )
    )
    statements.append(
        SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO ledgerdesk_desk").format(Identifier(schema))
    )
    statements.append(
        SQL(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {}"
            " TO ledgerdesk_projector"
        ).format(Identifier(schema))
    )
    return statements
