"""GIF89a: frames and how they follow each other; comments and notes of applications go."""

from typing import BinaryIO, Final

from infrastructure.metadata.data import Data, NotCleanable, pass_on

EXTENSION: Final = 0x21
FRAME: Final = 0x2C
END: Final = 0x3B
PLAIN_TEXT: Final = 0x01
CONTROL: Final = 0xF9
APPLICATION: Final = 0xFF
LOOPS: Final = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def clean_gif(data: Data, target: BinaryIO) -> None:
    """Keep what draws; what follows the end of the picture goes too."""
    at = 13 + _colours(data[10])
    pass_on(data, target, 0, at)
    while at < len(data) and data[at] != END:
        if data[at] == EXTENSION:
            label, end = data[at + 1], _end_of_blocks(data, at + 2)
            loops = label == APPLICATION and data[at + 3 : at + 14] in LOOPS
            kept = loops or label in {PLAIN_TEXT, CONTROL}
        elif data[at] == FRAME:
            end = _end_of_blocks(data, at + 11 + _colours(data[at + 9]))
            kept = True
        else:
            raise NotCleanable("a broken GIF")
        if kept:
            pass_on(data, target, at, end)
        at = end
    target.write(bytes([END]))


def _colours(flags: int) -> int:
    """Bytes of the table of colours that these flags announce."""
    return 3 << ((flags & 0x07) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: Data, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
