"""Sounds: MP3 and AAC with what stands around them, FLAC, OGG, WMA; WAV and AIFF are in riff."""

import re
from struct import unpack_from
from typing import Any, BinaryIO, Final

from mutagen.asf import ASF
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggspeex import OggSpeex
from mutagen.oggtheora import OggTheora
from mutagen.oggvorbis import OggVorbis

from infrastructure.metadata.data import Data, NotCleanable, pass_on

FLAC_KEPT: Final = frozenset({0, 3})  # STREAMINFO, SEEKTABLE
FLAC_LAST: Final = 0x80
OGG: Final = {
    b"OpusHead": OggOpus,
    b"\x01vorbis": OggVorbis,
    b"\x7fFLAC": OggFLAC,
    b"Speex   ": OggSpeex,
    b"\x80theora": OggTheora,
}
OGG_HEAD: Final = 128
OGG_COMMENTS: Final = re.compile(rb"OpusTags|\x03vorbis|\x81theora")


def clean_mpeg(data: Data, target: BinaryIO) -> None:
    """Take ID3, APEv2 and Lyrics3 off both ends; for all sounds that have tags only there."""
    start, end = 0, len(data)
    while data[start : start + 3] == b"ID3":
        start += 10 + _of_seven_bits(data[start + 6 : start + 10]) + (data[start + 5] & 0x10)
    if data[start : start + 4] == b"fLaC":
        return _clean_flac(data, target, start)
    while length := _tag_before(data, end):
        end -= length
    if start >= end:
        raise NotCleanable("a sound without sound")
    return pass_on(data, target, start, end)


def clean_flac(data: Data, target: BinaryIO) -> None:
    """Keep what the decoder needs, and the frames."""
    _clean_flac(data, target, 0)


def _clean_flac(data: Data, target: BinaryIO, start: int) -> None:
    kept: list[bytes] = []
    at, last = start + 4, False
    while not last:
        kind, last = data[at] & 0x7F, bool(data[at] & FLAC_LAST)
        end = at + 4 + int.from_bytes(data[at + 1 : at + 4], "big")
        if kind in FLAC_KEPT:
            kept.append(bytes([kind]) + data[at + 1 : end])
        at = end
    if not kept:
        raise NotCleanable("a broken FLAC")
    final = bytes([kept[-1][0] | FLAC_LAST]) + kept[-1][1:]
    target.write(b"".join([b"fLaC", *kept[:-1], final]))
    pass_on(data, target, at)


def clean_ogg(data: Data, target: BinaryIO) -> None:
    """Empty the comments of the only stream that has any."""
    if sum(1 for _ in OGG_COMMENTS.finditer(data)) > 1:
        raise NotCleanable("several recordings in one file")
    kind: Any = next((OGG[mark] for mark in OGG if mark in data[:OGG_HEAD]), None)
    if kind is None:
        raise NotCleanable("a kind of OGG that is not known")
    pass_on(data, target)
    target.seek(0)
    sound = kind(target)
    sound.tags.vendor = ""
    sound.delete(target)


def clean_asf(data: Data, target: BinaryIO) -> None:
    """Empty the descriptions of WMA and WMV."""
    pass_on(data, target)
    target.seek(0)
    sound: Any = ASF(target)
    target.seek(0)
    sound.delete(target)


def _of_seven_bits(number: bytes) -> int:
    """A number of ID3: seven bits of each byte."""
    value = 0
    for one in number:
        value = value << 7 | one & 0x7F
    return value


def _tag_before(data: Data, end: int) -> int:
    """The length of the tag that ends here, or none."""
    if data[max(0, end - 128) : end].startswith(b"TAG"):
        return 128
    tail = data[max(0, end - 227) : end]
    if tail.startswith(b"TAG+"):
        return len(tail)
    if tail[-32:].startswith(b"APETAGEX"):
        size, _, flags = unpack_from("<III", tail, len(tail) - 20)
        return int(size) + (32 if flags >> 31 else 0)
    if tail.endswith(b"LYRICS200"):
        return int(tail[-15:-9]) + 15
    if tail[-10:].startswith(b"3DI"):
        return _of_seven_bits(tail[-4:]) + 20
    return 0
