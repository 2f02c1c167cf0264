"""Documents that are archives are written anew, part by part, with a limit on what unpacks."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import IO, BinaryIO, Final, TypeAlias, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from infrastructure.metadata.data import Data, NotCleanable

MOST_PARTS: Final = 20_000
MOST_BYTES: Final = 256 << 20
ENCRYPTED: Final = 1
PACKINGS: Final = frozenset({ZIP_STORED, ZIP_DEFLATED})
"""What offices use."""
QUICK: Final = 3
"""How hard what was changed is packed again."""

Treatment: TypeAlias = Callable[[ZipInfo, BinaryIO, BinaryIO], None]
"""Writes a part as it may be sent."""


class Budget:
    """How much one file may unpack, with everything that stands inside it."""

    def __init__(self) -> None:
        self._left = MOST_BYTES

    def spend(self, size: int) -> None:
        """Count these bytes; refuse the file when it is too much."""
        self._left -= size
        if self._left < 0:
            raise NotCleanable("an archive that unpacks to far more than it looks")


def opened(data: Data) -> ZipFile:
    """The archive in these data; raises `BadZipFile`."""
    return ZipFile(BytesIO(data) if isinstance(data, bytes) else cast("IO[bytes]", data))


def rewrite_archive(
    data: Data, target: BinaryIO, budget: Budget, gone: re.Pattern[str], treat: Treatment
) -> None:
    """Write each part that is not `gone`, in the same order and with no other date than 1980."""
    with opened(data) as archive, ZipFile(target, "w", compresslevel=QUICK) as fresh:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or len({part.filename for part in parts}) < len(parts):
            raise NotCleanable("an archive of too many or of equally named parts")
        for part in parts:
            budget.spend(part.file_size)
            if part.flag_bits & ENCRYPTED or part.compress_type not in PACKINGS:
                raise NotCleanable("an encrypted or strangely packed document")
            if not gone.search(part.filename):
                with archive.open(part) as source, fresh.open(_bare(part), "w") as sink:
                    treat(part, cast("BinaryIO", source), cast("BinaryIO", sink))


def _bare(part: ZipInfo) -> ZipInfo:
    """The part by its name alone, without date, comment and the owner's numbers."""
    bare = ZipInfo(part.filename)
    bare.compress_type = part.compress_type
    return bare
