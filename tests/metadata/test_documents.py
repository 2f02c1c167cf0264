"""Documents lose every word about their authors and keep what they say."""

import io
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from infrastructure.metadata import NotCleanable
from tests.metadata import documents, films, pictures
from tests.metadata.canary import CANARY, LONG, reveals
from tests.metadata.conftest import Cleaning


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def texts(data: bytes) -> dict[str, str]:
    """The visible text of each part that is text."""
    return {
        name: "".join(ET.fromstring(content).itertext())
        for name, content in parts(data).items()
        if name.endswith((".xml", ".rels"))
        and not name.startswith(("docProps", "customXml", "package", "Configurations2"))
    }


@pytest.mark.proves("P20")
@pytest.mark.parametrize(("suffix", "make"), documents.MAKERS.items())
def test_no_field_of_a_document_names_its_author(
    suffix: str, make: Callable[[], bytes], clean: Cleaning
) -> None:
    made = make()
    assert reveals(made)
    data, name = clean(made, f"счёт.{suffix}")
    assert not reveals(data)
    assert name == f"счёт.{suffix}"


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "pptx", "odt"])
def test_the_text_of_a_document_is_as_before(suffix: str, clean: Cleaning) -> None:
    made = documents.MAKERS[suffix]()
    before, after = texts(made), texts(clean(made, f"a.{suffix}")[0])
    for part in before.keys() - {"meta.xml", "settings.xml"}:
        named = before[part].replace(f"{CANARY} И", "Author").replace(LONG, "Author")
        assert after[part] == named.replace(CANARY, "Author")
    assert documents.WORDS in "".join(after.values())


def test_a_document_keeps_its_order_its_pictures_and_what_only_looks_like_an_author(
    clean: Cleaning,
) -> None:
    made = parts(documents.docx())
    kept = parts(clean(documents.docx(), "a.docx")[0])
    assert list(kept) == [name for name in made if "thumbnail" not in name]
    assert 'author="x"&#13;' in kept["word/document.xml"].decode()
    assert kept["word/media/image1.jpeg"] == clean(pictures.jpeg(), "a.jpg")[0]
    table = parts(kept["word/embeddings/sheet.xlsx"])["xl/tables/table1.xml"]
    assert b'displayName="Table1"' in table
    assert b'Target="Normal.dotm"' in kept["word/_rels/settings.xml.rels"]
    assert b"thumbnail" not in kept["_rels/.rels"] + kept["[Content_Types].xml"]
    assert b"core.psmdcp" in kept["_rels/.rels"]


def test_an_open_document_still_begins_with_its_type(clean: Cleaning) -> None:
    data, _ = clean(documents.odt(), "a.odt")
    assert data[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.text")


def test_a_pdf_keeps_pages_pictures_notes_fields_and_attached_files(clean: Cleaning) -> None:
    data, _ = clean(documents.pdf(), "a.pdf")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [page.mediabox[2] for page in pdf.pages] == [200, 100]
        page = pdf.pages[0].obj
        assert page["/Contents"].read_bytes().endswith(b"0 0 50 50 re f")
        note, field = page["/Annots"]
        assert str(note["/Contents"]) == documents.WORDS
        assert "/T" not in note
        assert str(field["/T"]) == "amount"
        assert page["/Resources"]["/XObject"]["/Photo"].read_raw_bytes().startswith(b"\xff\xd8")
        attached = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert attached["c.txt"] == b"words"
    assert list(parts(attached["a.docx"])) == list(parts(clean(documents.docx(), "a.docx")[0]))


def test_a_pdf_that_may_not_be_printed_stays_one_that_may_not_be_printed(clean: Cleaning) -> None:
    allowed = pikepdf.Permissions(print_lowres=False, print_highres=False)
    locked = documents.pdf(encryption=pikepdf.Encryption(owner="key", user="", allow=allowed))
    data, _ = clean(locked, "a.pdf")
    assert not reveals(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.allow.print_lowres


def test_text_formats_keep_their_text(clean: Cleaning) -> None:
    for suffix in ("html", "svg"):
        assert documents.SAID.encode() in clean(documents.MAKERS[suffix](), f"a.{suffix}")[0]
    assert rb"}\pard visible\par}" in clean(documents.rtf(), "a.rtf")[0]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", f"Я {CANARY}".encode()),
        ("a.csv", b"\xff\xfea;b"),
        ("a.zip", documents.archive({"a.jpg": pictures.jpeg(), "a.mp4": films.mp4()})),
        ("a.exe", b"MZ" + bytes(99)),
        ("eicar.com", b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-TEST"),
    ],
)
def test_what_is_no_known_format_goes_as_it_is(name: str, data: bytes, clean: Cleaning) -> None:
    assert clean(data, name) == (data, name)


@pytest.mark.parametrize(
    ("part", "content", "why"),
    [
        ("word/vbaProject.bin", b"x", "macros"),
        ("_xmlsignatures/sig1.xml", b"<a/>", "signed"),
        ("word/embeddings/oleObject1.bin", bytes.fromhex("d0cf11e0a1b11ae1"), "embedded object"),
        ("word/styles.xml", b'<!DOCTYPE a [<!ENTITY a "aa">]><a>&a;</a>', "entities"),
        ("word/styles.xml", b"<a><b></a>", "broken"),
    ],
)
def test_a_document_that_cannot_be_cleaned_for_certain_is_refused(
    part: str, content: bytes, why: str, clean: Cleaning
) -> None:
    with pytest.raises(NotCleanable, match=why):
        clean(documents.archive({**documents.PROPERTIES, part: content}), "a.docx")
