"""Tracks of a film: which are played, and where in the file their samples stand."""

from collections.abc import Iterator
from itertools import pairwise
from struct import unpack_from
from typing import Final

from infrastructure.metadata.box import Box, inside
from infrastructure.metadata.data import Data

PLAYED: Final = frozenset({b"vide", b"soun", b"auxv", b"text", b"sbtl", b"subt", b"clcp"})
"""What tracks may hold; others are timed notes, such as where a phone was while it filmed."""


def is_played(data: Data, track: Box) -> bool:
    """Whether somebody sees or hears the track."""
    kind = inside(data, track, b"mdia", b"hdlr")
    return kind is None or data[kind.content + 8 : kind.content + 12] in PLAYED


def samples(data: Data, track: Box) -> Iterator[tuple[int, int]]:
    """Where the chunks of a track start and end."""
    table = inside(data, track, b"mdia", b"minf", b"stbl")
    if table is None:
        return
    sizes = _sizes(data, table)
    first = 0
    places = _places(data, table)
    for start, count in zip(places, _counts(data, table, len(places)), strict=False):
        last = first + count
        size = count * sizes if isinstance(sizes, int) else sum(sizes[first:last])
        yield start, start + size
        first = last


def _places(data: Data, table: Box) -> tuple[int, ...]:
    for name, kind in ((b"stco", "I"), (b"co64", "Q")):
        if box := inside(data, table, name):
            (count,) = unpack_from(">I", data, box.content + 4)
            return unpack_from(f">{count}{kind}", data, box.content + 8)
    return ()


def _sizes(data: Data, table: Box) -> int | tuple[int, ...]:
    """One size of all samples, or the size of each."""
    box = inside(data, table, b"stsz")
    if box is None:
        return 0
    size, count = unpack_from(">II", data, box.content + 4)
    return int(size) or unpack_from(f">{count}I", data, box.content + 12)


def _counts(data: Data, table: Box, chunks: int) -> Iterator[int]:
    """How many samples each chunk holds; the table names only the chunks where that changes."""
    box = inside(data, table, b"stsc")
    if box is None:
        return
    (count,) = unpack_from(">I", data, box.content + 4)
    runs = [unpack_from(">II", data, box.content + 8 + 12 * one) for one in range(count)]
    for (first, held), (after, _) in pairwise([*runs, (chunks + 1, 0)]):
        for _ in range(min(after - first, chunks)):
            yield held
