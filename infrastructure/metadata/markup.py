"""XML is read and written anew, element by element, without the names of people."""

import re
from collections.abc import Callable, Mapping
from typing import BinaryIO, Final, NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from infrastructure.metadata.data import PIECE, NotCleanable

SOMEBODY: Final = "Author"
"""What Word writes too when it is told to remove personal information."""
LOCAL_PATH: Final = re.compile(r"(?:file:|[A-Za-z]:[\\/]|\\\\|/(?:Users|home)/)")


def nothing(_name: str, _attributes: Mapping[str, str]) -> bool:
    """No element is dropped."""
    return False


class Rule(NamedTuple):
    """What of one part of a document says who made it; all names are without their prefix."""

    attributes: frozenset[str] = frozenset()
    """Attributes that name somebody."""
    elements: frozenset[str] = frozenset()
    """Elements whose text names somebody."""
    dropped: Callable[[str, Mapping[str, str]], bool] = nothing
    """Whether an element, by its name and attributes, goes with all that is in it."""
    hollow: bool = False
    """Only the outermost element stays, empty."""


def rewrite(source: BinaryIO, target: BinaryIO, rule_for: Callable[[str], Rule]) -> None:
    """Write the XML anew by the rule for its outermost element.

    Paths on somebody's disk lose their folders.
    """
    writing = _Writing(target, rule_for)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.XmlDeclHandler = writing.declare
    parser.StartDoctypeDeclHandler = writing.doubt
    parser.StartElementHandler = writing.start
    parser.EndElementHandler = writing.end
    parser.CharacterDataHandler = writing.text
    while piece := source.read(PIECE):
        parser.Parse(piece, False)  # noqa: FBT003 - expat's own way
        writing.flush()
    parser.Parse(b"", True)  # noqa: FBT003
    writing.flush()


class _Writing:
    """What is written of one part, piece by piece."""

    def __init__(self, target: BinaryIO, rule_for: Callable[[str], Rule]) -> None:
        self._target = target
        self._rule_for = rule_for
        self._rule = Rule()
        self._path: list[str] = []
        self._hidden_from = 0
        """How deep the elements are that are not written; 0 while all are."""
        self._people: set[str] = set()
        self._written: list[str] = []

    def flush(self) -> None:
        """Bring to the target what was written since."""
        self._target.write("".join(self._written).encode())
        self._written.clear()

    def declare(self, *_: object) -> None:
        """What is written is UTF-8, whatever was read."""
        self._written.append('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')

    def doubt(self, _name: str, _place: object, _id: object, defines: object) -> None:
        """A document type only goes; with entities of its own it could grow without an end."""
        if defines:
            raise NotCleanable("a document that defines its own entities")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Write a start tag."""
        depth = len(self._path)
        plain = name.rpartition(":")[2]
        self._path.append(plain)
        if not depth:
            self._rule = self._rule_for(plain)
            self._hidden_from = 1 if self._rule.hollow else 0
        if not self._hidden_from and self._rule.dropped(plain, attributes):
            self._hidden_from = depth
        if not self._is_hidden(depth):
            shown = [f" {key}={self._said(key, value)}" for key, value in attributes.items()]
            self._written.append(f"<{name}{''.join(shown)}>")

    def end(self, name: str) -> None:
        """Write an end tag."""
        self._path.pop()
        depth = len(self._path)
        if not self._is_hidden(depth):
            self._written.append(f"</{name}>")
        elif depth == self._hidden_from and not self._rule.hollow:
            self._hidden_from = 0

    def text(self, text: str) -> None:
        """Write text, in which Excel lets a note begin with the name of who wrote it."""
        if self._is_hidden(len(self._path)):
            return
        if self._path and self._path[-1] in self._rule.elements:
            self._people.add(text)
            text = SOMEBODY
        begun, colon, rest = text.partition(":")
        if colon and begun in self._people:
            text = f"{SOMEBODY}:{rest}"
        self._written.append(escape(text, {"\r": "&#13;"}))

    def _is_hidden(self, depth: int) -> bool:
        return 0 < self._hidden_from <= depth

    def _said(self, name: str, value: str) -> str:
        if name.rpartition(":")[2] in self._rule.attributes:
            value = SOMEBODY
        elif LOCAL_PATH.match(value):
            value = re.split(r"[\\/]", value)[-1]
        return quoteattr(value)
