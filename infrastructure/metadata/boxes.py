"""Boxes of ISO 14496-12: MP4, MOV, M4A, 3GP, and the pictures HEIC, AVIF, JPEG XL, JPEG 2000.

Everything stays where it stands, because boxes point to each other by offsets: what tells who
made the file becomes a `free` box of zeros.
"""

from typing import BinaryIO, Final

from infrastructure.metadata.box import Box, boxes
from infrastructure.metadata.data import Copy, Data, NotCleanable
from infrastructure.metadata.items import EMPTY, descriptions, holds_pictures
from infrastructure.metadata.profiles import nameless
from infrastructure.metadata.tracks import is_played, samples

OPENED: Final = frozenset(
    {b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf", b"mpvd", b"iprp", b"ipco", b"jp2h"}
)
FREED: Final = frozenset(
    {b"udta", b"uuid", b"free", b"skip", b"emsg", b"Exif", b"xml ", b"jumb", b"brob", b"jbrd"}
)
PROFILES: Final = frozenset({b"prof", b"rICC"})
DEEPEST: Final = 12


def clean_boxes(data: Data, target: BinaryIO) -> None:
    """Free every box that is neither played nor drawn."""
    _sweep(Copy(data, target), 0, len(data))


def _sweep(copy: Copy, start: int, end: int, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise NotCleanable("boxes in boxes without an end")
    for box in boxes(copy.data, start, end):
        if _is_told(copy, box):
            copy.write(box.start + 4, b"free")
            copy.blank(box.content, box.end)
        elif box.name == b"meta":
            for first, after in descriptions(copy.data, box):
                copy.blank(first, after)
                copy.write(first, EMPTY[: after - first])
            _sweep(copy, box.content + 4, box.end, depth + 1)
        elif box.name in OPENED:
            _sweep(copy, box.content, box.end, depth + 1)
        else:
            _blank_names(copy, box)


def _is_told(copy: Copy, box: Box) -> bool:
    """Whether nothing of the box is played or drawn."""
    match box.name:
        case b"meta":
            return not holds_pictures(copy.data, box)
        case b"trak" if not is_played(copy.data, box):
            for sample in samples(copy.data, box):
                copy.blank(*sample)
            return True
        case _:
            return box.name in FREED


def _blank_names(copy: Copy, box: Box) -> None:
    """Blank the name of the program that wrote a track, and those in a colour profile."""
    if box.name == b"cmov":
        raise NotCleanable("a video with a compressed head")
    if box.name == b"hdlr":
        copy.blank(box.content + 24, box.end)
    if box.name == b"colr" and copy.data[box.content : box.content + 4] in PROFILES:
        copy.write(box.content + 4, nameless(copy.data[box.content + 4 : box.end]))
