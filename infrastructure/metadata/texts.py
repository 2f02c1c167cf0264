"""Texts with marks, SVG, HTML, flat XML: what programs write into them about their author."""

import re
from typing import BinaryIO, Final

from infrastructure.metadata.data import Data, pass_on

LONGEST: Final = 1 << 24
DESCRIPTIONS: Final = (b"metadata", b"office:meta", b"o:DocumentProperties", b"rdf:RDF")
MARKS: Final = re.compile(
    rb"<meta\s[^<>]{0,300}?name\s*=\s*[\"']?"
    rb"(?:author|creator|owner|dc\.creator|changedby|generator|progid|originator)\b[^<>]{0,2000}>"
    rb"|\s(?:sodipodi:docname|sodipodi:absref|inkscape:export-filename)=(?:\"[^\"]*\"|'[^']*')",
    re.IGNORECASE,
)


def clean_text(data: Data, target: BinaryIO) -> None:
    """Take out the description and the author's marks; texts beyond 16 MB are left as they are."""
    if len(data) > LONGEST:
        pass_on(data, target)
        return
    text = MARKS.sub(b"", data[:])
    for name in DESCRIPTIONS:
        text = _without(name, text)
    target.write(text)


def _without(name: bytes, text: bytes) -> bytes:
    """The text without the elements of this name."""
    opening = re.compile(rb"<" + re.escape(name) + rb"[\s>]")
    closing = b"</" + name + b">"
    kept: list[bytes] = []
    at = 0
    while (found := opening.search(text, at)) and (end := text.find(closing, found.end())) >= 0:
        kept.append(text[at : found.start()])
        at = end + len(closing)
    return b"".join([*kept, text[at:]])
