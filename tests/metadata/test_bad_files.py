"""Files that are broken, false or made to harm end quickly in a refusal or in a harmless copy."""

import io
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from infrastructure.metadata import NotCleanable, cleaned
from infrastructure.metadata.formats import BROKEN
from infrastructure.metadata.pdf import cleaned_pdf
from tests.metadata import documents, films, pictures, sounds
from tests.metadata.canary import CANARY, reveals
from tests.metadata.conftest import Cleaning

MAKERS = {**pictures.MAKERS, **sounds.MAKERS, **films.MAKERS, **documents.MAKERS}
QUICK = [one for one in MAKERS if one != "pdf"]
BILLION = 1 << 30


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG whose head says this size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    made = b"\x89PNG\r\n\x1a\n"
    for name, content in ((b"IHDR", head), *chunks, (b"IDAT", zlib.compress(b"")), (b"IEND", b"")):
        made += struct.pack(">I", len(content)) + name + content
        made += struct.pack(">I", zlib.crc32(name + content))
    return made


def zeros(megabytes: int) -> bytes:
    """So many zeros, packed."""
    packing = zlib.compressobj(9)
    block = packing.compress(bytes(1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH)
    again = packing.compress(bytes(1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH)
    return block + again * (megabytes - 1)


def saying(size: int, made: bytes) -> bytes:
    """An archive whose first part says that it unpacks to this size."""
    at = made.index(b"PK\x01\x02") + 24
    return made[:at] + struct.pack("<I", size) + made[at + 4 :]


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    """The bytes of a PDF."""
    file = io.BytesIO()
    pdf.save(file, **options)  # pyright: ignore[reportArgumentType]
    return file.getvalue()


def bursting_pdf() -> bytes:
    """A photo that is packed once more, around three gigabytes of zeros."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    filters = Array([Name.FlateDecode, Name.DCTDecode])
    photo = Stream(pdf, zeros(3000))
    photo.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Image, Filter=filters)
    page.obj["/Resources"] = Dictionary(XObject=Dictionary(Photo=photo))
    return saved(pdf)


def signed_pdf() -> bytes:
    """A signature, whose certificate names a person."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    signature = Dictionary(Type=Name.Sig, ByteRange=[0, 1, 2, 3], Contents=CANARY)
    pdf.Root["/AcroForm"] = Dictionary(Fields=[Dictionary(FT=Name.Sig, V=signature)])
    return saved(pdf)


def locked_zip() -> bytes:
    """A document whose first part is encrypted."""
    made = documents.docx()
    at = made.index(b"PK\x01\x02") + 8
    return made[:at] + b"\x01" + made[at + 1 :]


def doubled_zip() -> bytes:
    """Two parts of one name: programs disagree which one counts."""
    file = io.BytesIO(documents.docx())
    with zipfile.ZipFile(file, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("docProps/app.xml", CANARY)
    return file.getvalue()


def in_itself(times: int) -> bytes:
    """A document in a document and so on."""
    made = documents.xlsx()
    for _ in range(times):
        made = documents.docx(made)
    return made


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.pdf", bytes, "empty"),
    "garbage called a picture": ("a.jpg", lambda: b"nothing", "not what its name says"),
    "garbage called a document": ("a.docx", lambda: b"PC", "not what its name says"),
    "an archive called a document": (
        "a.docx",
        lambda: documents.archive({"a.txt": "a"}),
        "not what its name says",
    ),
    "an archive cut in two": ("a.zip", lambda: documents.docx()[:900], "broken"),
    "a bomb": (
        "a.docx",
        lambda: saying(BILLION, documents.docx()),
        "far more than it looks",
    ),
    "a bomb called an archive": (
        "a.zip",
        lambda: saying(BILLION, documents.archive({"a.txt": "a"})),
        "far more than it looks",
    ),
    "a bomb that says that it is none": (
        "a.docx",
        lambda: saying(9, documents.docx()),
        "broken",
    ),
    "a document in itself": ("a.docx", lambda: in_itself(4), "without an end"),
    "an encrypted part": ("a.docx", locked_zip, "encrypted"),
    "two parts of one name": ("a.docx", doubled_zip, "equally named"),
    "an encrypted or old document": (
        "a.doc",
        lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
        "Office 97",
    ),
    "an encrypted PDF": (
        "a.pdf",
        lambda: documents.pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
        "encrypted PDF",
    ),
    "a signed PDF": ("a.pdf", signed_pdf, "signed PDF"),
    "a broken PDF": ("a.pdf", lambda: b"%PDF-1.7\n" + bytes(99), "broken PDF"),
    "a bursting PDF": ("a.pdf", bursting_pdf, "broken"),
    "a page with a PDF behind it": (
        "a.pdf",
        lambda: b"<html>%PDF-1.7\n",
        "broken",
    ),
    "a PNG of a head alone": ("a.png", lambda: png(40_000, 40_000)[:33], "broken"),
    "a PNG with a bursting profile": (
        "a.png",
        lambda: png(8, 8, (b"iCCP", b"x\0\0" + zeros(30))),
        "does not end",
    ),
    "half a JPEG": ("a.jpg", lambda: pictures.saved("JPEG")[:99], "broken"),
    "a BigTIFF": ("a.tif", lambda: b"II\x2b\0" + bytes(99), "not known"),
    "a film in boxes in boxes": (
        "a.mp4",
        lambda: films.box(b"ftyp") + nested(b"moov", 20),
        "without an end",
    ),
    "only tags": ("a.mp3", lambda: b"ID3\4\0\0\0\0\0\0", "without sound"),
}


def nested(name: bytes, times: int) -> bytes:
    """A box in a box in a box and so on."""
    made = b""
    for _ in range(times):
        made = films.box(name, made)
    return made


@pytest.mark.parametrize(("name", "make", "why"), REFUSED.values(), ids=REFUSED)
def test_a_bad_file_is_refused_and_leaves_nothing(
    name: str, make: Callable[[], bytes], why: str, tmp_path: Path
) -> None:
    (tmp_path / "source").write_bytes(make())
    with pytest.raises(NotCleanable, match=why):
        cleaned(tmp_path / "source", tmp_path / "target", "document", name)
    assert [one.name for one in tmp_path.iterdir()] == ["source"]


def test_a_picture_that_would_be_drawn_for_ever_is_copied_without_being_drawn(
    clean: Cleaning,
) -> None:
    made = png(40_000, 40_000)
    assert clean(made, "a.png") == (made, "a.png")


@pytest.mark.parametrize("suffix", ["jpg", "png", "gif"])
def test_what_hides_behind_a_picture_does_not_go_with_it(suffix: str, clean: Cleaning) -> None:
    picture = clean(MAKERS[suffix](), f"a.{suffix}")[0]
    hidden = documents.archive({"a.html": "<script>"})
    assert clean(picture + hidden, f"a.{suffix}")[0] == picture


@pytest.mark.parametrize("name", ["счёт.pdf.exe", "a.svg", "page.html", "archive.tar.gz"])
def test_a_name_keeps_its_suffixes(name: str, clean: Cleaning) -> None:
    assert clean(b"MZ", name)[1] == name


@pytest.mark.parametrize("suffix", QUICK)
def test_a_damaged_file_is_cleaned_or_refused_and_nothing_else(
    suffix: str, clean: Cleaning
) -> None:
    """Forty times cut or with other bytes; whatever else is raised fails the test."""
    chance = random.Random(suffix)
    made = MAKERS[suffix]()
    for turn in range(40):
        damaged = bytearray(made)
        for _ in range(1 + turn % 3):
            at = chance.randrange(len(made))
            damaged[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", bytes(4), os.urandom(4)])
        cut = len(made) if turn % 2 else chance.randrange(1, len(made))
        with suppress(NotCleanable):
            clean(bytes(damaged[:cut]), f"a.{suffix}")


def test_a_damaged_pdf_is_cleaned_or_refused_and_nothing_else() -> None:
    made = documents.pdf()
    for cut in range(9, len(made), len(made) // 12):
        with suppress(NotCleanable, *BROKEN):
            assert not reveals(cleaned_pdf(made[:cut]))
