"""Matroska and WebM (RFC 9559): what tells who made the film becomes a void of the same length."""

from struct import pack
from typing import BinaryIO, Final

from infrastructure.metadata.data import Copy, Data, NotCleanable

OPENED: Final = frozenset({0x18538067, 0x1549A966, 0x1654AE6B, 0xAE})
"""Segment, Info, Tracks, TrackEntry."""
VOIDED: Final = frozenset(
    {0x1254C367, 0x1941A469, 0x7BA9, 0x7384, 0x3C83AB, 0x3E83BB, 0x4461, 0x536E, 0xBF, 0xEC}
)
"""Tags, Attachments; title, names of files before and after, date; name of a track; sums; voids."""
PROGRAMS: Final = frozenset({0x4D80, 0x5741})
"""With what it was written; they must be there, and may be empty."""
LONGEST_ID: Final = 4
LONGEST_SIZE: Final = 8
VOID_OF_LONG_SIZE: Final = 128


def clean_matroska(data: Data, target: BinaryIO) -> None:
    """Void every element that is not played."""
    copy = Copy(data, target)
    at = 0
    while at < len(data):
        name, after = _number(data, at, LONGEST_ID, marked=True)
        size, content = _number(data, after, LONGEST_SIZE)
        unknown = size == (1 << 7 * (content - after)) - 1
        end = content + size
        if name in OPENED or unknown:
            end = content
        elif end > len(data):
            raise NotCleanable("a broken Matroska")
        elif name in VOIDED:
            _void(copy, at, end)
        elif name in PROGRAMS:
            copy.blank(content, end)
        at = end


def _number(data: Data, at: int, longest: int, *, marked: bool = False) -> tuple[int, int]:
    """A number of variable length (RFC 8794), with its mark of length or without; what follows."""
    length = 9 - data[at].bit_length()
    if length > longest or at + length > len(data):
        raise NotCleanable("a broken Matroska")
    value = int.from_bytes(data[at : at + length], "big")
    return value if marked else value & ((1 << 7 * length) - 1), at + length


def _void(copy: Copy, start: int, end: int) -> None:
    rest = end - start
    short = rest < VOID_OF_LONG_SIZE
    head = bytes([0xEC, 0x80 | rest - 2]) if short else b"\xec\x01" + pack(">Q", rest - 9)[1:]
    copy.write(start, head)
    copy.blank(start + len(head), end)
