"""Documents whose every field names their author, and whose text says something else."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.metadata import pictures
from tests.metadata.canary import CANARY, LONG

WORDS = 'Счёт № 7 на 100 €, <ООО "Ромашка"> & Ко'
SAID = WORDS.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
HOME = f"file:///C:\\Users\\{CANARY}\\Documents\\"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive whose parts tell of the machine on which they were packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.comment = LONG.encode()
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.comment = CANARY.encode()
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(info, content)
    return file.getvalue()


PROPERTIES = {
    "[Content_Types].xml": f'{DECLARED}<Types><Override PartName="/docProps/thumbnail.jpeg"/>'
    '<Override PartName="/package/core.psmdcp"/></Types>',
    "_rels/.rels": f'{DECLARED}<Relationships xmlns="{R}">'
    '<Relationship Id="rId1" Type="http://x/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/>'
    '<Relationship Id="rId2" Type="http://x/core-properties" Target="package/core.psmdcp"/>'
    "</Relationships>",
    "package/core.psmdcp": f'{DECLARED}<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc">'
    f"<dc:creator>{LONG}</dc:creator><cp:lastModifiedBy>{LONG}</cp:lastModifiedBy>"
    "</cp:coreProperties>",
    "docProps/app.xml": f"<Properties><Company>{LONG}</Company><Manager>{LONG}</Manager>"
    "</Properties>",
    "docProps/custom.xml": f'<Properties><property name="{CANARY}"><lpwstr>{LONG}</lpwstr>'
    "</property></Properties>",
    "docProps/thumbnail.jpeg": pictures.jpeg(),
    "customXml/item1.xml": f"<p><UserInfo><DisplayName>{LONG}</DisplayName></UserInfo></p>",
}


def docx(inner: bytes | None = None) -> bytes:
    """Tracked changes, comments, people, a template at home, a photo, a table in the text."""
    return archive(
        {
            **PROPERTIES,
            "word/document.xml": f'{DECLARED}<w:document xmlns:w="{W}" xmlns:wp="p"><w:body><w:p>'
            f'<w:ins w:id="1" w:author="{LONG}" w:date="2026-01-01T00:00:00Z"><w:r><w:t xml:space='
            f'"preserve">{SAID}</w:t></w:r></w:ins><w:r><w:t>author="x"&#13;</w:t></w:r></w:p>'
            f'<wp:docPr id="1" descr="C:\\Users\\{CANARY}\\logo.png"/></w:body></w:document>',
            "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="{LONG}" '
            f'w:initials="{CANARY}"/></w:comments>',
            "word/people.xml": f'<w15:people xmlns:w15="w15"><w15:person w15:author="{LONG}">'
            f'<w15:presenceInfo w15:userId="S::{CANARY}"/></w15:person></w15:people>',
            "word/_rels/settings.xml.rels": f'<Relationships xmlns="{R}"><Relationship Id="rId1" '
            f'Target="{HOME}Normal.dotm" TargetMode="External"/></Relationships>',
            "word/media/image1.jpeg": pictures.jpeg(),
            "word/media/image2.png": pictures.png(),
            "word/embeddings/sheet.xlsx": xlsx() if inner is None else inner,
        }
    )


def xlsx() -> bytes:
    """Comments that begin with a name, people, a path, a pivot, a printer."""
    return archive(
        {
            **PROPERTIES,
            "xl/workbook.xml": f'<workbook xmlns:x15ac="x"><fileSharing userName="{LONG}"/>'
            f'<x15ac:absPath url="D:\\{CANARY}\\"/><sheets/></workbook>',
            "xl/sharedStrings.xml": f"<sst><si><t>{SAID}</t></si></sst>",
            "xl/comments/comment1.xml": f"<comments><authors><author>{CANARY} И</author></authors>"
            f"<commentList><comment><text><r><t>{CANARY} И:</t></r><r><t>\n{SAID}</t></r></text>"
            "</comment></commentList></comments>",
            "xl/persons/person.xml": f'<personList><person displayName="{LONG}" id="{{1}}" '
            f'userId="S::{CANARY}" providerId="AD"/></personList>',
            "xl/pivotCache/pivotCacheDefinition1.xml": f'<pivotCache refreshedBy="{LONG}"/>',
            "xl/tables/table1.xml": '<table displayName="Table1" name="Table1"/>',
            "xl/printerSettings/printerSettings1.bin": CANARY.encode("utf-16-le").ljust(220, b"\1"),
        }
    )


def pptx() -> bytes:
    """Authors of comments, old and new."""
    return archive(
        {
            **PROPERTIES,
            "ppt/slides/slide1.xml": f"<p:sld xmlns:p='p' xmlns:a='a'><a:t>{SAID}</a:t></p:sld>",
            "ppt/commentAuthors.xml": '<a:cmAuthorLst xmlns:a="a">'
            f'<cmAuthor name="{LONG}" initials="{CANARY}"/></a:cmAuthorLst>',
            "ppt/authors.xml": f'<authorLst><author name="{LONG}" userId="{CANARY}"/></authorLst>',
        }
    )


def odt() -> bytes:
    """Description, changes, notes, a printer, a small picture of the first page."""
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": '<o:document-content xmlns:o="o" xmlns:dc="dc" xmlns:meta="m">'
            f"<change-info><dc:creator>{LONG}</dc:creator></change-info><annotation><dc:creator>"
            f"{LONG}</dc:creator><meta:creator-initials>{CANARY}</meta:creator-initials>"
            f"</annotation><p>{SAID}</p></o:document-content>",
            "meta.xml": f'<o:document-meta xmlns:o="o" xmlns:dc="dc"><dc:creator>{LONG}'
            "</dc:creator></o:document-meta>",
            "settings.xml": f'<s xmlns:c="c"><c:config-item c:name="PrinterName">{LONG}'
            '</c:config-item><c:config-item c:name="Zoom">100</c:config-item></s>',
            "Configurations2/accelerator/current.xml": "",
            "Basic/script-lc.xml": '<!DOCTYPE l PUBLIC "-//x" "x.dtd"><l/>',
            "META-INF/manifest.xml": '<m xmlns:m="m"><file-entry m:full-path="Thumbnails/t.png"/>'
            '<file-entry m:full-path="content.xml"/></m>',
            "Thumbnails/t.png": pictures.png(),
            "Pictures/p.jpg": pictures.jpeg(),
        }
    )


def pdf(**options: Any) -> bytes:
    """Info, XMP, notes of people, a photo, attached files, an older revision."""
    made: Any = pikepdf.new()
    made.add_blank_page(page_size=(200, 100))
    made.add_blank_page(page_size=(100, 200))
    page = made.pages[0]
    attached: Any = pikepdf.AttachedFileSpec
    page.obj["/Contents"] = made.make_stream(f"% {CANARY[::-1]}\n0 0 50 50 re f".encode())
    photo = Stream(made, pictures.jpeg())
    photo.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode, BitsPerComponent=8,
        Width=pictures.SIZE[0], Height=pictures.SIZE[1], ColorSpace=Name.DeviceRGB,
    )  # fmt: skip
    page.obj["/Resources"] = Dictionary(XObject=Dictionary(Photo=photo))
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], T=String(LONG), Contents=WORDS
    )
    field = made.make_indirect(
        Dictionary(Subtype=Name.Widget, FT=Name.Tx, Rect=[0, 0, 9, 9], T=String("amount"))
    )
    page.obj["/Annots"] = Array([note, field])
    made.Root["/AcroForm"] = Dictionary(Fields=[field])
    page.obj["/PieceInfo"] = Dictionary(Word=Dictionary(Private=String(LONG)))
    made.docinfo["/Author"] = LONG
    made.docinfo["/Manager"] = String(CANARY + "я")
    made.Root["/Metadata"] = Stream(made, pictures.xmp())
    made.Root["/OCProperties"] = Dictionary(CreatorInfo=Dictionary(Creator=String(LONG)))
    for name, content in (("a.docx", docx()), ("b.jpg", pictures.jpeg()), ("c.txt", b"words")):
        made.attachments[name] = attached(made, content, filename=name)
    file = io.BytesIO()
    made.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, **options)
    return file.getvalue()


def rtf() -> bytes:
    """Everything that Word knows of people, and a photo."""
    photo = pictures.jpeg().hex()
    return (
        rf"{{\rtf1\ansi{{\info{{\author {LONG}}}{{\operator {LONG}}}{{\*\company {LONG}\}}}}}}"
        rf"{{\*\revtbl {{Unknown;}}{{{CANARY};}}}}{{\*\template C:\\{CANARY}}}"
        rf"{{\*\userprops {{\propname x}}{{\staticval {LONG}}}}}{{\*\atnid {CANARY}}}"
        rf"{{\*\atnauthor {LONG}}}\chatn{{\pict\jpegblip\picw24 {photo}}}\pard visible\par}}"
    ).encode()


def html() -> bytes:
    """A page that Word saved."""
    return (
        f'<html><head><meta name="Author" content="{LONG}"><meta name=Generator content={CANARY}>'
        f"<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>{LONG}</o:Author>"
        f"</o:DocumentProperties></xml><![endif]--></head><body>{SAID}</body></html>"
    ).encode()


def svg() -> bytes:
    """A drawing of Inkscape."""
    return (
        f'<?xml version="1.0"?>\n<svg sodipodi:docname="/home/{CANARY}/logo.svg" '
        f'inkscape:export-filename="/home/{CANARY}/logo.png"><metadata id="m"><rdf:RDF>{LONG}'
        f"</rdf:RDF></metadata><text>{SAID}</text></svg>"
    ).encode()


MAKERS = {
    "docx": docx,
    "xlsx": xlsx,
    "pptx": pptx,
    "odt": odt,
    "pdf": pdf,
    "rtf": rtf,
    "html": html,
    "svg": svg,
}
