"""PDF (ISO 32000): read from standard input, written anew to standard output without its authors.

What no page and no attachment refers to any more is not written: so older revisions go.
"""

import re
import sys
from io import BytesIO
from typing import Any, Final, cast

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    PasswordError,
    Pdf,
    PdfError,
    Stream,
    String,
)
from pikepdf.settings import set_qpdf_limits

from infrastructure.metadata.confinement import REFUSED, confine
from infrastructure.metadata.data import NotCleanable, cleaned_bytes
from infrastructure.metadata.formats import BROKEN, PDF, format_of
from infrastructure.metadata.markup import LOCAL_PATH
from infrastructure.metadata.media import MEDIA, format_among

DESCRIPTIONS: Final = frozenset(
    {"/Metadata", "/PieceInfo", "/LastModified", "/SpiderInfo", "/Thumb"}
)
SIGNS: Final = frozenset({"/Author", "/Creator", "/Producer", "/Company"})
PICTURES: Final = frozenset({"/DCTDecode", "/JPXDecode"})
LARGEST_STREAM: Final = 64 << 20
"""Bytes that one packed stream may have when it is unpacked."""
DEEPEST_PDF: Final = 3
DEEPEST_LIST: Final = 100


def main() -> None:
    """Clean one PDF and say how it went, as `clean_confined` expects it."""
    confine()
    set_qpdf_limits(
        flate_max_memory=LARGEST_STREAM,
        run_length_max_memory=LARGEST_STREAM,
        png_max_memory=LARGEST_STREAM,
        tiff_max_memory=LARGEST_STREAM,
    )
    try:
        sys.stdout.buffer.write(cleaned_pdf(sys.stdin.buffer.read()))
    except NotCleanable as error:
        sys.stderr.write(str(error))
        sys.exit(REFUSED)
    except BROKEN:
        sys.exit(1)


def cleaned_pdf(data: bytes, depth: int = 1) -> bytes:
    """The same pages without descriptions; raises `NotCleanable`."""
    if depth > DEEPEST_PDF:
        raise NotCleanable("PDFs in PDFs without an end")
    try:
        with Pdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            return _written(pdf, depth)
    except PasswordError as error:
        raise NotCleanable("an encrypted PDF") from error
    except PdfError as error:
        raise NotCleanable("a broken PDF") from error


def _written(pdf: Pdf, depth: int) -> bytes:
    for one in pdf.objects:
        _sweep(one, depth)
    for name in ("/Info", "/ID"):
        if name in pdf.trailer and not (name == "/ID" and pdf.is_encrypted):
            del pdf.trailer[name]
    fresh = BytesIO()
    pdf.save(fresh, encryption=pdf.is_encrypted)
    return fresh.getvalue()


def _sweep(one: Object, depth: int, level: int = 0) -> None:
    """Strip an object and what is written inside it; indirect objects have their own turn."""
    if level > DEEPEST_LIST:
        raise NotCleanable("lists in lists without an end")
    if isinstance(one, Array):
        inner = list(cast("Any", one))
    elif isinstance(one, Dictionary | Stream):
        _strip(one, depth)
        inner = [value for _, value in one.items()]
    else:
        return
    for value in inner:
        if isinstance(value, Object) and not value.is_indirect:
            _sweep(value, depth, level + 1)


def _strip(one: Dictionary | Stream, depth: int) -> None:
    names = set(one.keys())
    if "/ByteRange" in names:
        raise NotCleanable("a signed PDF")
    for name in names & DESCRIPTIONS:
        del one[name]
    for name in names & SIGNS:
        if isinstance(one[name], String):
            del one[name]
    if names >= {"/Subtype", "/Rect", "/T"} and one["/Subtype"] != Name.Widget:
        del one["/T"]
    for name in names & {"/F", "/UF"}:
        if isinstance(one[name], String) and LOCAL_PATH.match(str(one[name])):
            one[name] = String(re.split(r"[\\/]", str(one[name]))[-1])
    if "/EF" in names:
        _attached(one, names, depth)
    if "/Filter" in names and isinstance(one, Stream):
        _drawn(one)


def _attached(named: Dictionary | Stream, names: set[str], depth: int) -> None:
    """Clean the files that are attached under a name."""
    name = next((str(named[key]) for key in ("/UF", "/F") if key in names), None)
    for stream in dict(named["/EF"]).values():
        if "/Params" in stream:
            del stream["/Params"]
        data = stream.read_bytes()
        found = format_of(data, name) if data else None
        if found is PDF:
            stream.write(cleaned_pdf(data, depth + 1))
        elif found:
            stream.write(cleaned_bytes(found.clean, data))


def _drawn(stream: Stream) -> None:
    """Clean a picture that stands in the document as a file of its own format."""
    filters = stream["/Filter"]
    names = list(filters) if isinstance(filters, Array) else [filters]
    if not names or str(names[-1]) not in PICTURES:
        return
    parameters: Any = stream.get("/DecodeParms") if len(names) == 1 else None
    data = stream.read_raw_bytes()
    if len(names) > 1:
        stream.write(data, filter=Array(names[:-1]))
        data = stream.read_bytes()
    if found := format_among(MEDIA, data):
        data = cleaned_bytes(found.clean, data)
    stream.write(data, filter=Name(str(names[-1])), decode_parms=parameters)


if __name__ == "__main__":
    main()
