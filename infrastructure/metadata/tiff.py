"""TIFF (TIFF 6.0), and Exif, which is a TIFF without a picture."""

from struct import error, pack, unpack_from
from typing import BinaryIO, Final, TypeAlias

from infrastructure.metadata.data import Copy, Data, NotCleanable
from infrastructure.metadata.profiles import nameless

ORIENTATION: Final = 274
SUB_PICTURES: Final = 330
EXIF: Final = 34665
PROFILE: Final = 34675
RAW: Final = frozenset({37500, 50706})  # what the maker of the camera noted, DNG
KEPT: Final = frozenset(
    {254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, ORIENTATION, 277, 278, 279}
    | {280, 281, 282, 283, 284, 288, 289, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319}
    | {320, 321, 322, 323, 324, 325, SUB_PICTURES, 332, 334, 336, 338, 339, 340, 341, 342, 347}
    | {513, 514, 529, 530, 531, 532, PROFILE}
)
"""The tags without which the picture would look otherwise; all others go."""
DRAWN: Final = ((273, 279), (324, 325), (513, 514))
"""Which tag says where the bytes of a picture stand, and which how many they are."""
SIZES: Final = {3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes of one value by type; of all others, one."""
SHORT: Final = 3
IN_ENTRY: Final = 4
"""Bytes of values that stand in the entry itself."""
MOST_DIRECTORIES: Final = 10_000

Entry: TypeAlias = tuple[int, int, int, int]
"""Tag, type, count, and where in the file the entry stands."""


def upright(exif: bytes) -> bytes | None:
    """An Exif that says nothing but how the picture is turned, if it is."""
    try:
        order = _order(exif)
        (first,) = unpack_from(order + "I", exif, 4)
        (count,) = unpack_from(order + "H", exif, first)
        for at in range(first + 2, first + 2 + 12 * count, 12):
            tag, turned = unpack_from(order + "H6xH", exif, at)
            if tag == ORIENTATION and 1 < turned <= 8:  # noqa: PLR2004 - the turns of TIFF 6.0
                return b"II*\0" + pack("<IHHHIHHI", 8, 1, ORIENTATION, 3, 1, turned, 0, 0)
    except (error, NotCleanable):
        return None
    return None


def clean_tiff(data: Data, target: BinaryIO) -> None:
    """Take every tag out that is not of the picture, and blank what no other points to."""
    keeping = _Keeping(Copy(data, target), _order(data[:8]))
    (at,) = unpack_from(keeping.order + "I", data, 4)
    while at:
        at = keeping.leave(at)
    keeping.blank_the_rest()


def _order(head: bytes) -> str:
    if head[:4] == b"II*\0":
        return "<"
    if head[:4] == b"MM\0*":
        return ">"
    raise NotCleanable("a kind of TIFF that is not known")


class _Keeping:
    """What of one file is kept: of each directory some entries, and what they point to."""

    def __init__(self, copy: Copy, order: str) -> None:
        self.order = order
        self._copy = copy
        self._seen: set[int] = set()
        self._kept = [(0, 8)]

    def leave(self, at: int) -> int:
        """Leave the directory at this place with what draws; where the next one stands."""
        if at in self._seen:
            return 0
        self._seen.add(at)
        if len(self._seen) > MOST_DIRECTORIES:
            raise NotCleanable("a TIFF that is made to be read for ever")
        entries, end = self._entries(at)
        stay = [self._copy.data[one[3] : one[3] + 12] for one in entries.values() if one[0] in KEPT]
        after = self._copy.data[end : end + 4]
        head = pack(self.order + "H", len(stay)) + b"".join(stay) + after
        self._copy.write(at, head.ljust(end + 4 - at, b"\0"))
        self._kept.append((at, end + 4))
        self._follow(entries)
        return int.from_bytes(after, "little" if self.order == "<" else "big")

    def blank_the_rest(self) -> None:
        """Blank what nothing that is kept points to."""
        done = 0
        for start, end in sorted(self._kept):
            self._copy.blank(done, start)
            done = max(done, end)
        self._copy.blank(done, len(self._copy.data))

    def _entries(self, at: int) -> tuple[dict[int, Entry], int]:
        """The entries of a directory by tag, and where they end."""
        data = self._copy.data
        (count,) = unpack_from(self.order + "H", data, at)
        end = at + 2 + 12 * count
        if end + 4 > len(data):
            raise NotCleanable("a broken TIFF")
        places = range(at + 2, end, 12)
        found = [(*unpack_from(self.order + "HHI", data, one), one) for one in places]
        if not RAW.isdisjoint(tag for tag, *_ in found):
            raise NotCleanable("a raw photo")
        return {one[0]: one for one in found}, end

    def _follow(self, entries: dict[int, Entry]) -> None:
        """Keep what the kept entries point to."""
        for tag, kind, count, at in entries.values():
            if tag in KEPT and (size := SIZES.get(kind, 1) * count) > IN_ENTRY:
                (start,) = unpack_from(self.order + "I", self._copy.data, at + 8)
                self._kept.append((start, start + size))
                if tag == PROFILE:
                    profile = nameless(self._copy.data[start : start + size])
                    self._copy.write(start, profile)
        for places, sizes in DRAWN:
            starts, lengths = self._numbers(entries.get(places)), self._numbers(entries.get(sizes))
            drawn = zip(starts, lengths, strict=False)
            self._kept.extend((start, start + length) for start, length in drawn)
        for place in self._numbers(entries.get(SUB_PICTURES)):
            self.leave(place)
        for place in self._numbers(entries.get(EXIF)):
            self._entries(place)

    def _numbers(self, entry: Entry | None) -> tuple[int, ...]:
        if entry is None:
            return ()
        _, kind, count, at = entry
        size = SIZES.get(kind, 1)
        if size * count > IN_ENTRY:
            (start,) = unpack_from(self.order + "I", self._copy.data, at + 8)
        else:
            start = at + 8
        letter = "H" if kind == SHORT else "I"
        return unpack_from(f"{self.order}{count}{letter}", self._copy.data, start)
