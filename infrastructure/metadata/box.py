"""How boxes (ISO 14496-12, 4.2) are found in a file."""

from collections.abc import Iterator
from struct import unpack_from
from typing import NamedTuple

from infrastructure.metadata.data import Data, NotCleanable


class Box(NamedTuple):
    """A named stretch of a file."""

    name: bytes
    start: int
    content: int
    end: int


def boxes(data: Data, start: int, end: int) -> Iterator[Box]:
    """The boxes that stand one after the other."""
    at = start
    while at + 8 <= end:
        size, name = unpack_from(">I4s", data, at)
        content = at + 8
        if size == 1:
            (size,) = unpack_from(">Q", data, content)
            content += 8
        stop = at + size if size else end
        if not content <= stop <= end:
            raise NotCleanable("a broken video or picture")
        yield Box(name, at, content, stop)
        at = stop


def inside(data: Data, box: Box, *path: bytes) -> Box | None:
    """The first box at the end of the path below a box."""
    found: Box | None = box
    for name in path:
        found = found and next(
            (one for one in boxes(data, found.content, found.end) if one.name == name), None
        )
    return found
