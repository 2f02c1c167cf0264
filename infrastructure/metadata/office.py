"""Documents of offices: OOXML (docx, xlsx, pptx) and OpenDocument (odt, ods, odp)."""

from functools import partial
from shutil import copyfileobj
from typing import BinaryIO, Final
from zipfile import ZipInfo

from infrastructure.metadata.archives import Budget, opened, rewrite_archive
from infrastructure.metadata.data import Data, NotCleanable, cleaned_bytes
from infrastructure.metadata.markup import rewrite
from infrastructure.metadata.media import MEDIA, beginning, format_among
from infrastructure.metadata.office_rules import COPIED, GONE, MARKUP, REFUSED, rule_for

ARCHIVE: Final = beginning(rb"PK(?:\x03\x04|\x05\x06)")
OLE: Final = beginning(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
OOXML: Final = "[Content_Types].xml"
OPEN_DOCUMENT: Final = "META-INF/manifest.xml"
BOMB: Final = 256 << 20
BOMB_RATIO: Final = 200
LARGEST_PART: Final = 64 << 20
PARSED: Final = 8
"""How much dearer a parsed byte is than a copied one."""
DEEPEST: Final = 3
PRINTER: Final = "printersettings"
PRINTER_NAME: Final = 64
"""Bytes of the name with which the settings of a printer begin (Windows' DEVMODE)."""


def is_document(data: Data) -> bool:
    """Whether an archive is a document; a bomb and what cannot be opened are refused."""
    with opened(data) as archive:
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        if size > BOMB and size > BOMB_RATIO * len(data):
            raise NotCleanable("an archive that unpacks to far more than it looks")
        names = {part.filename for part in parts}
        return OOXML in names or (OPEN_DOCUMENT in names and "mimetype" in names)


def clean_document(data: Data, target: BinaryIO) -> None:
    """Write the document anew without its authors, and what stands inside it without theirs."""
    _clean(data, target, Budget(), 1)


def _clean(data: Data, target: BinaryIO, budget: Budget, depth: int) -> None:
    if depth > DEEPEST:
        raise NotCleanable("documents in documents without an end")
    rewrite_archive(data, target, budget, GONE, partial(_treat, budget, depth))


def _treat(budget: Budget, depth: int, part: ZipInfo, source: BinaryIO, target: BinaryIO) -> None:
    """Write one part; `budget` and `depth` are of the document in which it stands."""
    name = part.filename
    for names, what in REFUSED:
        if names.search(name):
            raise NotCleanable(what)
    if COPIED.search(name) or not part.file_size:
        copyfileobj(source, target)
    elif MARKUP.search(name):
        budget.spend((PARSED - 1) * part.file_size)
        rewrite(source, target, rule_for)
    elif part.file_size > LARGEST_PART:
        raise NotCleanable("a document with too large a part")
    else:
        target.write(_inner(name, source.read(), budget, depth))


def _inner(name: str, data: bytes, budget: Budget, depth: int) -> bytes:
    """A picture, a sound or another document inside a document."""
    if ARCHIVE.match(data) and is_document(data):
        return cleaned_bytes(lambda inner, target: _clean(inner, target, budget, depth + 1), data)
    if OLE.match(data):
        raise NotCleanable("a document with an embedded object")
    if found := format_among(MEDIA, data):
        return cleaned_bytes(found.clean, data)
    if PRINTER in name.lower():
        return bytes(PRINTER_NAME) + data[PRINTER_NAME:]
    return data
