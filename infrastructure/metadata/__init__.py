"""Files without their author's data: what a manager sends says nothing of who made it (P20).

A format is known by its bytes, never by its name. Nothing is drawn, run or unpacked to the disk;
what cannot be cleaned with certainty is refused. What a file shows and says stays as it is.
"""

from mmap import ACCESS_READ
from pathlib import Path

from infrastructure.metadata.data import Mapped, NotCleanable
from infrastructure.metadata.formats import BROKEN, format_of
from infrastructure.metadata.names import sendable

__all__ = ["NotCleanable", "cleaned"]


def cleaned(source: Path, target: Path, kind: str, name: str | None) -> str:
    """Copy `source` to `target` without what tells who made it; the name to send it under.

    `kind` is Telegram's (document, photo, audio, video, animation, voice …), `name` how the
    sender called the file; whether that tells who they are was judged when they sent it. Raises
    `NotCleanable`, and then there is no `target`.
    """
    if not source.stat().st_size:
        raise NotCleanable("an empty file")
    try:
        with (
            source.open("rb") as file,
            Mapped(file.fileno(), 0, access=ACCESS_READ) as data,
            target.open("w+b") as fresh,
        ):
            found = format_of(data, name)
            found.clean(data, fresh)
    except NotCleanable:
        target.unlink(missing_ok=True)
        raise
    except BROKEN as error:
        target.unlink(missing_ok=True)
        raise NotCleanable("a broken file") from error
    return sendable(name, kind, found.suffixes)
