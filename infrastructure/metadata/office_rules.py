"""Where documents of offices keep who made them: OOXML (ECMA-376) and OpenDocument 1.3."""

import re
from collections.abc import Mapping
from typing import Final

from infrastructure.metadata.markup import Rule


def _part(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


ALWAYS: Final = frozenset({"absPath", "UserInfo"})  # where Excel found it, SharePoint's people
WHEN: Final = {
    "Relationship": _part(r"/thumbnail$"),
    "Override": _part(r"^/docProps/thumbnail"),
    "file-entry": _part(r"^Thumbnails/"),
    "config-item": _part(r"^Printer"),
}
"""Elements that go when one of their attributes says this."""


def _is_private(name: str, attributes: Mapping[str, str]) -> bool:
    """What only tells where a document was made, or points to a part that goes."""
    said = WHEN.get(name)
    private = said is not None and any(map(said.search, attributes.values()))
    return private or name in ALWAYS


SIGNS: Final = frozenset({"author", "initials", "userName", "refreshedBy"})
PERSON: Final = SIGNS | {"name", "displayName", "userId"}
WRITTEN: Final = frozenset({"author", "creator", "creator-initials", "sender-initials"})

REFUSED: Final = (
    (_part(r"vbaProject"), "a document with macros"),
    (_part(r"_xmlsignatures/|META-INF/.*signatures"), "a signed document"),
    (_part(r"^xl/(workbook|worksheets/).*\.bin$"), "a workbook in Excel's binary format"),
)
"""Parts with which a document is not sent, and what to call such a document."""

GONE: Final = _part(r"^(docProps/thumbnail|Thumbnails/)")
COPIED: Final = _part(r"^xl/(worksheets/sheet\d+|sharedStrings)\.xml$|^Basic/|^Dialogs/|\.vml$")
"""Parts that are large, somebody's program or not quite XML, and name nobody."""
MARKUP: Final = _part(r"\.(xml|rels|rdf|psmdcp)$")
"""Parts that are XML; their names say no more, because offices may choose them."""

HOLLOW: Final = Rule(hollow=True)
PEOPLE: Final = Rule(attributes=PERSON)
NOTES: Final = Rule(SIGNS, WRITTEN, dropped=_is_private)
OTHER: Final = Rule(SIGNS, dropped=_is_private)
RULES: Final = {
    "coreProperties": HOLLOW,
    "Properties": HOLLOW,
    "labelList": HOLLOW,
    "people": HOLLOW,
    "document-meta": HOLLOW,
    "personList": PEOPLE,
    "cmAuthorLst": PEOPLE,
    "authorLst": PEOPLE,
    "chgInfo": PEOPLE,
    "users": PEOPLE,
    "comments": NOTES,
    "document-content": NOTES,
    "document-styles": NOTES,
}
"""By the outermost element of a part."""


def rule_for(outermost: str) -> Rule:
    """The rule for a part, by the name of its outermost element."""
    return RULES.get(outermost, OTHER)
