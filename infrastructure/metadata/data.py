"""What the cleaning of every format works on: bytes in memory or mapped, and an open target."""

from collections.abc import Callable
from io import BytesIO
from mmap import mmap
from typing import BinaryIO, Final, TypeAlias


class Mapped(mmap):
    """A file on the disk, as bytes that are read when they are looked at."""

    def seekable(self) -> bool:
        """Python 3.11's map can seek and does not say so."""
        return True


Data: TypeAlias = bytes | Mapped
"""A whole file: what stands inside another one, or mapped from the disk."""
Cleaner: TypeAlias = Callable[[Data, BinaryIO], None]
"""Writes the data to the target without what tells who made them; raises `NotCleanable`."""

PIECE: Final = 1 << 20
CHANGE: Final = 100
"""As how many bytes one more change counts."""


class NotCleanable(Exception):
    """It is not certain that the file would tell nothing; the text says what it is."""


class Copy:
    """A copy in which stretches are overwritten, for formats that point to places by offsets."""

    def __init__(self, data: Data, target: BinaryIO) -> None:
        self.data = data
        self._target = target
        self._left = 2 * len(data) + PIECE
        pass_on(data, target)

    def write(self, at: int, content: bytes) -> None:
        """Overwrite as many bytes as there are in `content`.

        A file whose stretches overlap for ever, or are countless, is refused.
        """
        self._left -= len(content) + CHANGE
        if self._left < 0:
            raise NotCleanable("a file that is made to be read for ever")
        self._target.seek(at)
        self._target.write(content[: max(0, len(self.data) - at)])

    def blank(self, start: int, end: int) -> None:
        """Overwrite a stretch with zeros."""
        stop = min(end, len(self.data))
        for at in range(start, stop, PIECE):
            self.write(at, bytes(min(PIECE, stop - at)))


def pass_on(data: Data, target: BinaryIO, start: int = 0, end: int | None = None) -> None:
    """Write a stretch of the data, a piece at a time."""
    stop = len(data) if end is None else min(end, len(data))
    target.writelines(data[at : min(at + PIECE, stop)] for at in range(start, stop, PIECE))


def cleaned_bytes(clean: Cleaner, data: Data) -> bytes:
    """What the cleaner makes of data that stand inside another file."""
    target = BytesIO()
    clean(data, target)
    return target.getvalue()
