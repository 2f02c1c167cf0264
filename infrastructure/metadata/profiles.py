"""Colour profiles (ICC.1): colours stay, names of devices and of their owners go."""

from struct import unpack_from
from typing import Final

HEAD: Final = 128
CHECKSUM: Final = slice(84, 100)


def nameless(profile: bytes) -> bytes:
    """The profile with every text blanked."""
    plain = bytearray(profile)
    plain[CHECKSUM] = bytes(16)
    (count,) = unpack_from(">I", profile, HEAD)
    for number in range(min(count, len(profile) // 12)):
        name, start, size = unpack_from(">4sII", profile, HEAD + 4 + 12 * number)
        skipped = _head_of_text(name, profile[start : start + size])
        if skipped is not None:
            stop = min(start + size, len(plain))
            plain[start + skipped : stop] = bytes(max(0, stop - start - skipped))
    return bytes(plain)


def _head_of_text(name: bytes, tag: bytes) -> int | None:
    """How many bytes of a tag stand before its text; nothing for what is no text."""
    match tag[:4]:
        case b"text":
            return 8
        case b"desc":
            return 12
        case b"mluc":
            return 16 + 12 * int(unpack_from(">I", tag, 8)[0])
        case _:
            return 8 if name == b"mmod" else None  # Apple: make, model and number of a display
