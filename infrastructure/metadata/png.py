"""PNG (third edition, with animation): the chunks that draw the picture, and no others."""

import zlib
from struct import pack, unpack_from
from typing import BinaryIO, Final

from infrastructure.metadata.data import Data, NotCleanable, pass_on
from infrastructure.metadata.profiles import nameless
from infrastructure.metadata.tiff import upright

KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"bKGD"}
    | {b"hIST", b"pHYs", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT"}
)
LARGEST_PROFILE: Final = 1 << 24


def clean_png(data: Data, target: BinaryIO) -> None:
    """Keep what draws; what follows the end of the picture goes too."""
    target.write(data[:8])
    at, name = 8, b""
    while name != b"IEND":
        length, name = unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise NotCleanable("a broken PNG")
        if name in KEPT:
            pass_on(data, target, at, end)
        elif name == b"iCCP":
            profile = _inflated(data[at + 8 : end - 4].partition(b"\0")[2][1:])
            _write(target, b"iCCP", b"icc\0\0" + zlib.compress(nameless(profile)))
        elif name == b"eXIf" and (turned := upright(data[at + 8 : end - 4])):
            _write(target, b"eXIf", turned)
        at = end


def _write(target: BinaryIO, name: bytes, content: bytes) -> None:
    target.write(pack(">I", len(content)) + name + content)
    target.write(pack(">I", zlib.crc32(name + content)))


def _inflated(packed: bytes) -> bytes:
    inflating = zlib.decompressobj()
    profile = inflating.decompress(packed, LARGEST_PROFILE)
    if not inflating.eof:
        raise NotCleanable("a PNG with a colour profile that does not end")
    return profile
