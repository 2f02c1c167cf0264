"""JPEG (ITU-T T.81, JFIF, Exif): the picture, its colours and which way up it is."""

import re
from collections.abc import Iterator
from struct import pack
from typing import BinaryIO, Final

from infrastructure.metadata.data import Data, NotCleanable, pass_on
from infrastructure.metadata.profiles import nameless
from infrastructure.metadata.tiff import upright

APPLICATIONS: Final = range(0xE0, 0xF0)
COMMENT: Final = 0xFE
SCAN: Final = 0xDA
END: Final = b"\xff\xd9"
MARKER: Final = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""What ends the data of a scan: neither a stuffed zero nor a restart."""
EXIF: Final = b"Exif\0\0"
PROFILE: Final = b"ICC_PROFILE\0"
PROFILE_PART: Final = 65_000
MOST_SEGMENTS: Final = 100_000


def clean_jpeg(data: Data, target: BinaryIO) -> None:
    """Keep what draws the picture; what follows its end goes too."""
    target.write(data[:2])
    profile: list[bytes] = []
    at = 2
    for _ in range(MOST_SEGMENTS):
        if at == len(data) or data[at : at + 2] == END:
            target.write(END)
            return
        if not MARKER.match(data, at):
            break
        marker = data[at + 1]
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in APPLICATIONS:
            target.writelines(
                pack(">BBH", 0xFF, marker, len(payload) + 2) + payload
                for payload in _kept(marker, data[at + 4 : end], profile)
            )
        elif marker != COMMENT:
            end = _end_of_scan(data, end) if marker == SCAN else end
            pass_on(data, target, at, end)
        at = end
    raise NotCleanable("a broken JPEG")


def _end_of_scan(data: Data, start: int) -> int:
    found = MARKER.search(data, start)
    return found.start() if found else len(data)


def _kept(marker: int, payload: bytes, profile: list[bytes]) -> Iterator[bytes]:
    """What of an application's segment draws; `profile` gathers the parts of a colour profile."""
    match marker:
        case 0xE0 if payload.startswith(b"JFIF\0"):
            yield payload[:12] + b"\0\0"  # without its own small picture
        case 0xE1 if payload.startswith(EXIF):
            if turned := upright(payload[len(EXIF) :]):
                yield EXIF + turned
        case 0xE2 if payload.startswith(PROFILE):
            profile.append(payload[14:])
            if payload[12] == payload[13]:
                yield from _parts(nameless(b"".join(profile)))
        case 0xEE if payload.startswith(b"Adobe"):
            yield payload[:12]
        case _:
            pass


def _parts(profile: bytes) -> Iterator[bytes]:
    pieces = [profile[at : at + PROFILE_PART] for at in range(0, len(profile), PROFILE_PART)]
    for number, piece in enumerate(pieces, 1):
        yield PROFILE + bytes([number, len(pieces)]) + piece
