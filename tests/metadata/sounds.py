"""Sounds whose every field names their author; made by hand, because no encoder is at hand."""

import io
import struct
import wave
from typing import Any

from mutagen.apev2 import APEv2
from mutagen.flac import FLAC, Picture
from mutagen.id3 import APIC, COMM, ID3, TIT2, TPE1
from mutagen.ogg import OggPage
from mutagen.oggopus import OggOpus

from tests.metadata.canary import CANARY, LONG

FRAMES = b"".join(b"\xff\xfb\x90\x00" + bytes([n]) * 413 for n in range(8))
"""MPEG-1 Layer III, 128 kbit/s, 44.1 kHz."""
SAMPLES = bytes(range(200)) * 8


def mp3() -> bytes:
    """ID3 of both kinds, APEv2 and Lyrics3."""
    file = io.BytesIO(FRAMES)
    tags: Any = ID3()
    for frame in (TPE1, TIT2):
        tags.add(frame(encoding=3, text=LONG))
    tags.add(COMM(encoding=1, lang="rus", desc=CANARY, text=LONG))
    tags.add(APIC(encoding=3, mime="image/png", type=3, desc=CANARY, data=LONG.encode()))
    tags.save(file)
    ape: Any = APEv2()
    ape["Artist"] = LONG
    ape.save(file)
    lyrics = b"LYRICSBEGIN" + LONG.encode()
    lyrics += b"%06dLYRICS200" % len(lyrics)
    return file.getvalue() + lyrics + b"TAG" + LONG.encode()[:125]


def flac() -> bytes:
    """Comments, a picture, notes of a program."""
    stream = struct.pack(">HH", 4096, 4096) + bytes(6)
    stream += (44_100 << 44 | 1 << 41 | 15 << 36 | 400).to_bytes(8, "big") + bytes(16)
    own = b"test" + LONG.encode()
    made = b"fLaC" + block(0, stream) + block(0x82, own) + b"\xff\xf8" + SAMPLES
    file = io.BytesIO(made)
    sound: Any = FLAC(file)
    sound.add_tags()
    sound["artist"] = LONG
    cover: Any = Picture()
    cover.data = cover_art = LONG.encode()
    cover.desc = CANARY
    sound.add_picture(cover)
    file.seek(0)
    sound.save(file)
    assert cover_art in file.getvalue()
    return file.getvalue()


def block(kind: int, content: bytes) -> bytes:
    """A block of FLAC's metadata."""
    return struct.pack(">I", kind << 24 | len(content)) + content


def opus() -> bytes:
    """A voice message, as phones make it."""
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 0, 48_000, 0, 0)
    comments = b"OpusTags" + struct.pack("<I", len(LONG)) + LONG.encode() + struct.pack("<I", 0)
    file = io.BytesIO(
        b"".join(page(number, data) for number, data in enumerate((head, comments, SAMPLES)))
    )
    sound: Any = OggOpus(file)
    sound["artist"] = LONG
    sound.save(file)
    return file.getvalue()


def page(number: int, packet: bytes) -> bytes:
    """A page of OGG with one packet."""
    made: Any = OggPage()
    made.packets = [packet]
    made.sequence = number
    made.first = number == 0
    made.last = number == 2
    made.position = 960 * number
    return made.write()


def wav() -> bytes:
    """Notes before and behind the samples."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(SAMPLES)
    made = file.getvalue()
    names = b"INFO" + chunk(b"IART", LONG.encode())
    told = chunk(b"LIST", names) + chunk(b"bext", LONG.encode()) + chunk(b"id3 ", LONG.encode())
    content = made[12:36] + told + made[36:] + told
    return b"RIFF" + struct.pack("<I", len(content) + 4) + b"WAVE" + content


def aiff() -> bytes:
    """Author, copyright and a note."""
    told = [chunk(name, LONG.encode(), ">I") for name in (b"AUTH", b"(c) ", b"ANNO", b"ID3 ")]
    common = chunk(b"COMM", struct.pack(">HIH", 1, len(SAMPLES), 8) + bytes(10), ">I")
    content = b"".join([b"AIFF", common, *told, chunk(b"SSND", bytes(8) + SAMPLES, ">I")])
    return b"FORM" + struct.pack(">I", len(content)) + content


def chunk(name: bytes, content: bytes, size: str = "<I") -> bytes:
    """A chunk of RIFF, or of AIFF."""
    return name + struct.pack(size, len(content)) + content + b"\0" * (len(content) % 2)


def wma() -> bytes:
    """Descriptions of both kinds."""
    described = LONG[:100].encode("utf-16-le") + b"\0\0"
    parts = [
        asf("a1dcab8c47a9cf118ee400c00c205365", bytes(80)),
        asf(
            "3326b2758e66cf11a6d900aa0062ce6c",
            struct.pack("<5H", *(5 * [len(described)])) + 5 * described,
        ),
    ]
    head = struct.pack("<IBB", len(parts), 1, 2) + b"".join(parts)
    sound = asf("3626b2758e66cf11a6d900aa0062ce6c", bytes(26) + SAMPLES)
    return asf("3026b2758e66cf11a6d900aa0062ce6c", head) + sound


def asf(guid: str, content: bytes) -> bytes:
    """An object of ASF."""
    return bytes.fromhex(guid) + struct.pack("<Q", len(content) + 24) + content


MAKERS = {"mp3": mp3, "flac": flac, "ogg": opus, "wav": wav, "aiff": aiff, "wma": wma}
HEARD = dict.fromkeys(MAKERS, SAMPLES) | {"mp3": FRAMES}
