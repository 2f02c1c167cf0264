"""Columns of a read model, and whole columns of values as Postgres' binary arrays.

A page of rows is written as one array a column: packing them here costs a tenth of what one
parameter a value costs.
"""

import types
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from operator import attrgetter
from struct import Struct
from typing import Any, LiteralString, NamedTuple, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format
from typing_extensions import override

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_NULL = b"\xff\xff\xff\xff"
_HEADER = Struct(">iiiii")
_LENGTH = Struct(">i").pack
_LONG = Struct(">iq").pack
_DOUBLE = Struct(">id").pack
_json = msgspec.json.Encoder().encode


class Packed(bytes):
    """An array parameter in Postgres' binary form; the statement says its type by a cast."""


class _PackedDumper(Dumper):
    format = Format.BINARY

    @override
    def dump(self, obj: Packed) -> Buffer:
        return obj


psycopg.adapters.register_dumper(Packed, _PackedDumper)


def _uuid(value: UUID) -> bytes:
    return b"\x00\x00\x00\x10" + value.bytes


def _long(value: int) -> bytes:
    return _LONG(8, value)


def _double(value: float) -> bytes:
    return _DOUBLE(8, value)


def _text(value: str) -> bytes:
    told = value.encode()
    return _LENGTH(len(told)) + told


def _moment(value: datetime) -> bytes:
    since = value - _EPOCH
    return _LONG(8, (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def _truth(value: bool) -> bytes:  # noqa: FBT001 - a value like any other here
    return b"\x00\x00\x00\x01\x01" if value else b"\x00\x00\x00\x01\x00"


def _tree(value: object) -> bytes:
    told = _json(value)
    return _LENGTH(len(told) + 1) + b"\x01" + told


class _Type(NamedTuple):
    name: LiteralString
    oid: int
    pack: Callable[[Any], bytes]


_TYPES: dict[type, _Type] = {
    UUID: _Type("uuid", 2950, _uuid),
    int: _Type("bigint", 20, _long),
    float: _Type("double precision", 701, _double),
    str: _Type("text", 25, _text),
    bool: _Type("boolean", 16, _truth),
    datetime: _Type("timestamptz", 1184, _moment),
    list: _Type("jsonb", 3802, _tree),
    dict: _Type("jsonb", 3802, _tree),
}


class Column(NamedTuple):
    """A column: its Postgres type, and how its values are read off rows and packed."""

    name: str
    type: LiteralString
    nullable: bool
    oid: int
    of: Callable[[Any], Any]
    pack_one: Callable[[Any], bytes]

    def pack(self, values: Iterable[Any]) -> Packed:
        """The values as one binary array."""
        one = self.pack_one
        items = (
            [_NULL if value is None else one(value) for value in values]
            if self.nullable
            else [one(value) for value in values]
        )
        return Packed(_HEADER.pack(1, self.nullable, self.oid, len(items), 1) + b"".join(items))


def columns_of(row: type[Any]) -> tuple[Column, ...]:
    """One column for each field of a row class: `int | None` is a nullable bigint, and so on."""
    made: list[Column] = []
    for name, hint in get_type_hints(row).items():
        told = [arg for arg in _alternatives(hint) if arg is not type(None)]
        if len(told) != 1:
            raise TypeError(f"{row.__name__}.{name}: one type, or one type and None")
        kind = _TYPES[get_origin(told[0]) or told[0]]
        nullable = len(_alternatives(hint)) > 1
        made.append(Column(name, kind.name, nullable, kind.oid, attrgetter(name), kind.pack))
    return tuple(made)


def _alternatives(hint: object) -> tuple[Any, ...]:
    is_union = get_origin(hint) in (Union, types.UnionType)
    return get_args(hint) if is_union else (hint,)
