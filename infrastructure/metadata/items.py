"""Items of a HEIF picture (ISO 23008-12): those that describe it, and where they stand."""

from collections.abc import Iterator
from struct import unpack_from
from typing import Final

from infrastructure.metadata.box import Box, boxes
from infrastructure.metadata.data import Data, NotCleanable

DESCRIPTIONS: Final = frozenset({b"Exif", b"mime", b"uri "})
EMPTY: Final = b"\0\0\0\0II*\0\x08\0\0\0\0\0"
"""An Exif without a word: readers refuse one that is none."""
IN_FILE: Final = 0
IN_META: Final = 1


def holds_pictures(data: Data, meta: Box) -> bool:
    """Whether the box says where items stand; else it is a note."""
    return b"iloc" in _parts(data, meta)


def descriptions(data: Data, meta: Box) -> Iterator[tuple[int, int]]:
    """Where what describes the picture (Exif, XMP) starts and ends; each can be `EMPTY`."""
    parts = _parts(data, meta)
    wanted = set(_described(data, parts[b"iinf"])) if b"iinf" in parts else set[int]()
    for item, method, start, end in _extents(data, parts[b"iloc"]):
        if item in wanted:
            if method not in {IN_FILE, IN_META}:
                raise NotCleanable("a picture made of parts of others")
            within = parts[b"idat"].content if method == IN_META else 0
            yield within + start, within + end


def _parts(data: Data, meta: Box) -> dict[bytes, Box]:
    return {one.name: one for one in boxes(data, meta.content + 4, meta.end)}


def _described(data: Data, info: Box) -> Iterator[int]:
    """The numbers of the items that describe."""
    short = data[info.content] == 0
    for entry in boxes(data, info.content + (6 if short else 8), info.end):
        wide = data[entry.content] >= 3  # noqa: PLR2004 - the version with numbers of 32 bits
        item, kind = unpack_from(">I2x4s" if wide else ">H2x4s", data, entry.content + 4)
        if kind in DESCRIPTIONS:
            yield item


def _extents(data: Data, places: Box) -> Iterator[tuple[int, int, int, int]]:
    """Of each stretch: its item, from where it is counted, its start and end."""
    version = data[places.content]
    wide = 4 if version == 2 else 2  # noqa: PLR2004 - the version with numbers of 32 bits
    offset, length = divmod(data[places.content + 4], 16)
    base, index = divmod(data[places.content + 5], 16)
    reading = _Reading(data, places.content + 6)
    for _ in range(reading.number(wide)):
        item = reading.number(wide)
        method = reading.number(2) % 16 if version else IN_FILE
        reading.number(2)
        start = reading.number(base)
        for _ in range(reading.number(2)):
            reading.number(index if version else 0)
            at = start + reading.number(offset)
            yield item, method, at, at + reading.number(length)


class _Reading:
    """Numbers of different lengths, one after the other."""

    def __init__(self, data: Data, at: int) -> None:
        self._data = data
        self._at = at

    def number(self, length: int) -> int:
        self._at += length
        if self._at > len(self._data):
            raise NotCleanable("a broken picture")
        return int.from_bytes(self._data[self._at - length : self._at], "big")
