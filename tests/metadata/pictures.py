"""Pictures whose every field names their author."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin, TiffImagePlugin

from tests.metadata.canary import CANARY, LONG

SIDEWAYS = 6
SIZE = (24, 16)


def drawn() -> Image.Image:
    """A small picture that is not symmetrical."""
    picture: Any = Image.new("RGB", SIZE)
    picture.putdata([(9 * x, 11 * y, 90) for y in range(SIZE[1]) for x in range(SIZE[0])])
    return picture


def exif(turned: int = SIDEWAYS) -> bytes:
    """An Exif that names everybody, with a place and a maker's note."""
    made = Image.Exif()
    made[0x0112] = turned
    for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298):
        made[tag] = LONG
    made.get_ifd(0x8769).update({0x9286: LONG, 0xA430: CANARY, 0x927C: LONG.encode()})
    made.get_ifd(0x8825).update({0x001B: LONG.encode(), 0x001D: "2026:01:01"})
    return made.tobytes()


def xmp() -> bytes:
    """A description in XMP."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" rdf:about="">'
        f"<dc:source>{LONG}</dc:source></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def profile() -> bytes:
    """A colour profile that is called after somebody's display."""
    making: Any = ImageCms
    plain: bytes = making.ImageCmsProfile(making.createProfile("sRGB")).tobytes()
    name = "sRGB built-in".encode("utf-16-be")
    assert name in plain
    return plain.replace(name, CANARY.ljust(13).encode("utf-16-be"))


def saved(kind: str, **options: Any) -> bytes:
    """The picture in a format."""
    file = io.BytesIO()
    drawn().save(file, kind, **options)
    return file.getvalue()


def jpeg() -> bytes:
    """Exif, XMP, a comment, Photoshop's notes, a second picture behind the end."""
    made = saved("JPEG", exif=exif(), icc_profile=profile(), comment=LONG, quality=95)
    segments = b"".join(
        bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload
        for marker, payload in (
            (0xE0, b"JFXX\0\x13" + LONG.encode()),
            (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp()),
            (0xED, b"Photoshop 3.0\x008BIM" + LONG.encode()),
            (0xEF, LONG.encode()),
        )
    )
    return made[:2] + segments + made[2:] + made + LONG.encode()


def png() -> bytes:
    """All kinds of text, packed and plain, Exif, a colour profile, bytes behind the end."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", LONG)
    notes.add_text("Comment", LONG, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", xmp().decode(), zip=True)
    made = saved("PNG", pnginfo=notes, exif=exif(), icc_profile=profile())
    at = made.index(b"IDAT") - 4
    own = b"prVt" + LONG.encode()
    chunk = struct.pack(">I", len(own) - 4) + own + struct.pack(">I", zlib.crc32(own))
    return made[:at] + chunk + made[at:] + LONG.encode()


def gif() -> bytes:
    """Two frames with a comment, XMP and bytes behind the end."""
    file = io.BytesIO()
    second = drawn().rotate(180)
    drawn().save(file, "GIF", save_all=True, append_images=[second], comment=LONG[:200], loop=0)
    made = file.getvalue()
    at = made.index(b"\x21\xfe")
    notes = b"\x21\xff\x0bXMP DataXMP" + bytes([len(CANARY)]) + CANARY.encode() + b"\0"
    return made[:at] + notes + made[at:] + LONG.encode()


def webp() -> bytes:
    """Exif, XMP and a colour profile."""
    return saved("WEBP", exif=exif(), xmp=xmp(), icc_profile=profile(), lossless=True)


def avif() -> bytes:
    """A picture as HEIC is made: items in boxes."""
    return saved("AVIF", exif=exif(1), xmp=xmp(), icc_profile=profile(), speed=10)


def tiff() -> bytes:
    """Two pages with names, a place and a description each."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    for tag in (270, 271, 272, 285, 305, 315, 316, 33432):
        tags[tag] = LONG
    tags[700] = xmp()
    tags[34853] = {0x001D: "2026:01:01", 0x001B: LONG.encode()}
    tags[34665] = {0x9286: LONG.encode(), 0xA430: CANARY}
    file = io.BytesIO()
    pages = [drawn().rotate(180)]
    drawn().save(
        file, "TIFF", tiffinfo=tags, save_all=True, append_images=pages, icc_profile=profile()
    )
    return file.getvalue()


MAKERS = {
    "jpg": jpeg,
    "png": png,
    "gif": gif,
    "webp": webp,
    "avif": avif,
    "tiff": tiff,
}
