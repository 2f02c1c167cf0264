"""All formats that are known, and what their files are called."""

import zlib
from struct import error
from typing import BinaryIO, Final, NoReturn
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from mutagen import MutagenError

from infrastructure.metadata.confinement import clean_confined
from infrastructure.metadata.data import Data, NotCleanable, pass_on
from infrastructure.metadata.media import MEDIA, Format, beginning, format_among
from infrastructure.metadata.office import ARCHIVE, OLE, clean_document, is_document

OFFICE: Final = ("docx", "xlsx", "pptx", "odt", "ods", "odp", "odg")


def _refuse_old(_data: Data, _target: BinaryIO) -> NoReturn:
    """Word 97 keeps its last ten authors, and where each saved it, among the text."""
    raise NotCleanable("a document of Office 97-2003 or an encrypted one")


PDF: Final = Format(beginning(rb".{0,1000}?%PDF-"), ("pdf", "ai"), clean_confined)
DOCUMENT: Final = Format(ARCHIVE, (), clean_document)
OLD_DOCUMENT: Final = Format(OLE, ("doc", "xls", "ppt", "msg"), _refuse_old, claimed=False)
UNKNOWN: Final = Format(beginning(b""), (), pass_on)
"""Plain text, archives, programs: what they say was said by who sent them."""
BROKEN: Final = (
    *(error, zlib.error, BadZipFile, ExpatError, MutagenError),
    *(ValueError, LookupError, EOFError, NotImplementedError, RecursionError),
)
"""How the parsing of a broken file ends."""
CLAIMED: Final = frozenset(OFFICE).union(*(one.suffixes for one in (*MEDIA, PDF) if one.claimed))


def format_of(data: Data, name: str | None) -> Format:
    """The format that the bytes show; refuses what is called a known format and is not."""
    if ARCHIVE.match(data):
        found = DOCUMENT if is_document(data) else None
    else:
        found = format_among((PDF, OLD_DOCUMENT, *MEDIA), data)
    suffix = (name or "").rpartition(".")[2].lower()
    if found is None and suffix in CLAIMED:
        raise NotCleanable("a file that is not what its name says")
    return found or UNKNOWN
