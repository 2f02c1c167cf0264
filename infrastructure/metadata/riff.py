"""RIFF: WEBP is written anew; WAV, AVI and the older AIFF are blanked where they stand."""

from collections.abc import Iterator
from struct import pack, unpack_from
from typing import BinaryIO, Final, NamedTuple

from infrastructure.metadata.data import Copy, Data, NotCleanable
from infrastructure.metadata.profiles import nameless
from infrastructure.metadata.tiff import upright

WEBP_KEPT: Final = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"})
EXIF_FLAG: Final = 0x08
XMP_FLAG: Final = 0x04
PLAYED: Final = frozenset(
    {b"fmt ", b"data", b"fact", b"cue ", b"smpl", b"ds64", b"wavl", b"slnt", b"PEAK"}
    | {b"COMM", b"SSND", b"FVER", b"MARK", b"INST"}
    | {b"avih", b"strh", b"strf", b"idx1", b"indx", b"dmlh", b"vprp"}
)
PLAYED_LISTS: Final = frozenset({b"movi"})
OPENED_LISTS: Final = frozenset({b"hdrl", b"strl", b"odml"})
OUTER: Final = 12


class Chunk(NamedTuple):
    """A named stretch of a file."""

    name: bytes
    start: int
    content: int
    stop: int
    end: int
    """Where the next one starts: `stop`, or one more to be even."""


def clean_webp(data: Data, target: BinaryIO) -> None:
    """Keep the chunks that draw; the head promises none of those that have gone."""
    chunks = {chunk.name: chunk for chunk in _chunks(data, OUTER, _end(data))}
    described = chunks.get(b"EXIF")
    turned = described and upright(
        data[described.content : described.stop].removeprefix(b"Exif\0\0")
    )
    target.write(b"RIFF\0\0\0\0WEBP")
    for chunk in _chunks(data, OUTER, _end(data)):
        content = data[chunk.content : chunk.stop]
        if chunk.name in WEBP_KEPT:
            _write(target, chunk.name, content)
        elif chunk.name == b"VP8X":
            flags = content[0] & ~(XMP_FLAG | EXIF_FLAG) | (EXIF_FLAG if turned else 0)
            _write(target, chunk.name, bytes([flags]) + content[1:])
        elif chunk.name == b"ICCP":
            _write(target, chunk.name, nameless(content))
    if turned:
        _write(target, b"EXIF", turned)
    size = target.tell() - 8
    target.seek(4)
    target.write(pack("<I", size))


def clean_riff(data: Data, target: BinaryIO) -> None:
    """Turn every chunk that is neither heard nor seen into `JUNK`."""
    _sweep(Copy(data, target), OUTER, _end(data))


def _sweep(copy: Copy, start: int, end: int) -> None:
    for chunk in _chunks(copy.data, start, end):
        listed = copy.data[chunk.content : chunk.content + 4] if chunk.name == b"LIST" else b""
        if listed in OPENED_LISTS:
            _sweep(copy, chunk.content + 4, chunk.stop)
        elif chunk.name not in PLAYED and listed not in PLAYED_LISTS:
            copy.write(chunk.start, b"JUNK")
            copy.blank(chunk.content, chunk.stop)


def _order(data: Data) -> str:
    """AIFF counts from the other end, and what was recorded on such machines."""
    return ">" if data[:4] in {b"FORM", b"RIFX"} else "<"


def _end(data: Data) -> int:
    """Where the file says that it ends; a stream that does not know ends where it ends."""
    (size,) = unpack_from(_order(data) + "I", data, 4)
    return min(len(data), size + 8) if size else len(data)


def _chunks(data: Data, start: int, end: int) -> Iterator[Chunk]:
    at, order = start, _order(data)
    while at + 8 <= end:
        name, size = unpack_from(order + "4sI", data, at)
        stop = at + 8 + size
        if stop > end and name != b"data":
            raise NotCleanable("a broken RIFF")
        yield Chunk(name, at, at + 8, min(stop, end), stop + size % 2)
        at = stop + size % 2


def _write(target: BinaryIO, name: bytes, content: bytes) -> None:
    target.write(name + pack("<I", len(content)) + content + b"\0" * (len(content) % 2))
