"""A word that is planted wherever a file can name its author, and the search for it."""

import base64
import io
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf

CANARY = "Kanarejka7"
LONG = CANARY * 40
"""Too long to stand in a head, so that it stands somewhere else in the file."""
FORMS = [
    form
    for word in (CANARY,)
    for form in (
        word.encode(),
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        word.encode().hex().encode(),
        base64.b64encode(word.encode())[:12],
    )
]


def reveals(data: bytes) -> bool:
    """Whether the word stands in the bytes, or in anything that is packed inside them."""
    return any(form.lower() in layer.lower() for layer in layers(data) for form in FORMS)


def layers(data: bytes) -> Iterator[bytes]:
    """The bytes, and everything that can be unpacked from them."""
    yield data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.infolist():
                yield part.filename.encode() + part.comment + part.extra
                yield from layers(archive.read(part))
    elif data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for one in pdf.objects:
                yield one.unparse()
                if isinstance(one, pikepdf.Stream):
                    yield from layers(_content(one))
    elif data.startswith(b"\x89PNG"):
        at = 8
        while at < len(data):
            length = int.from_bytes(data[at : at + 4], "big")
            chunk = data[at + 8 : at + 8 + length]
            for start in range(min(100, len(chunk))):
                yield _inflated(chunk[start:])
            at += 12 + length


def _content(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes(pikepdf.StreamDecodeLevel.generalized)
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return b""
