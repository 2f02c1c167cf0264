"""Films whose every field names their author; made by hand, because no encoder is at hand."""

import struct

from tests.metadata.canary import CANARY, LONG

SAMPLES = bytes(range(1, 241)) * 4
PLACES = LONG.encode()
"""Samples of a track of notes: where the phone was."""


def box(name: bytes, *content: bytes) -> bytes:
    """A box of ISO 14496-12."""
    whole = b"".join(content)
    return struct.pack(">I", len(whole) + 8) + name + whole


def track(kind: bytes, start: int, sizes: list[int]) -> bytes:
    """A track whose samples are one chunk."""
    handler = bytes(8) + kind + bytes(12) + CANARY.encode() + b"\0"
    table = box(
        b"stbl",
        box(b"stco", bytes(4), struct.pack(">II", 1, start)),
        box(b"stsc", bytes(4), struct.pack(">IIII", 1, 1, len(sizes), 1)),
        box(b"stsz", bytes(4), struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes)),
    )
    named = box(b"udta", box(b"name", LONG.encode()))
    return box(b"trak", box(b"mdia", box(b"hdlr", handler), box(b"minf", table)), named)


def mp4() -> bytes:
    """As a phone makes it: notes of itself, its owner, and where it was during the film."""
    kind = box(b"ftyp", b"isom", bytes(4), b"isom")
    film = box(b"mdat", SAMPLES, PLACES)
    start = len(kind) + 8
    keys = box(b"ilst", box(b"\xa9ART", box(b"data", bytes(8), LONG.encode())))
    head = box(
        b"moov",
        box(b"mvhd", bytes(100)),
        track(b"vide", start, [len(SAMPLES)]),
        track(b"meta", start + len(SAMPLES), [100, len(PLACES) - 100]),
        box(b"udta", box(b"\xa9xyz", LONG.encode()), box(b"meta", bytes(4), keys)),
        box(b"meta", bytes(4), keys),
    )
    return kind + film + head + box(b"uuid", bytes(16), LONG.encode()) + box(b"free", PLACES)


def element(name: int, content: bytes, size: int | None = None) -> bytes:
    """An element of EBML whose size takes eight bytes."""
    head = name.to_bytes((name.bit_length() + 7) // 8, "big")
    length = (1 << 56) | (len(content) if size is None else size)
    return head + length.to_bytes(8, "big") + content


def matroska(size: int | None = None) -> bytes:
    """Title, names of programs and tracks, tags, an attached file."""
    word = LONG.encode()
    info = b"".join(element(name, word) for name in (0x7BA9, 0x4D80, 0x5741, 0x7384))
    tracks = element(0xAE, element(0xD7, b"\1") + element(0x536E, word))
    parts = [
        element(0x1549A966, info + element(0x2AD7B1, b"\x0f\x42\x40")),
        element(0x1654AE6B, tracks),
        element(0x1F43B675, element(0xE7, b"\0") + element(0xA3, SAMPLES), size),
        element(0x1254C367, element(0x7373, word)),
        element(0x1941A469, element(0x61A7, word)),
    ]
    return element(0x1A45DFA3, element(0x4282, b"webm")) + element(
        0x18538067, b"".join(parts), size
    )


def live_webm() -> bytes:
    """As a browser records it: nobody knew how long it would be."""
    return matroska((1 << 56) - 1)


MAKERS = {"mp4": mp4, "mov": mp4, "mkv": matroska, "webm": live_webm}
