r"""RTF 1.9: groups such as `{\info …}` go, names of who changed or commented become neutral."""

import re
from binascii import hexlify, unhexlify
from itertools import islice
from typing import BinaryIO, Final

from infrastructure.metadata.data import Cleaner, Data, NotCleanable, cleaned_bytes
from infrastructure.metadata.jpeg import clean_jpeg
from infrastructure.metadata.png import clean_png

BINARY: Final = re.compile(rb"\\bin\d")
TOKEN: Final = re.compile(rb"\\.|[{}]", re.DOTALL)
MOST_TOKENS: Final = 1_000_000
DROPPED: Final = frozenset(
    {b"info", b"userprops", b"template", b"xmlnstbl", b"datastore", b"mailmerge", b"rsidtbl"}
    | {b"protusertbl", b"docvar", b"private", b"filetbl", b"passwordhash"}
)
NAMED: Final = {b"atnauthor": b"Author", b"atnid": b"A"}
CHANGED: Final = b"|".join(sorted(DROPPED | NAMED.keys() | {b"revtbl", b"pict", b"objdata"}))
GROUP: Final = re.compile(rb"\{\s*(?:\\\*\s*)?\\(" + CHANGED + rb")(?![a-z])")
SHOWN: Final = re.compile(rb"(?:[^\\{]+|\\.|(?!" + GROUP.pattern + rb")\{)*+", re.DOTALL)
PICTURE: Final = re.compile(rb"\\(jpegblip|pngblip)\b")
DIGITS: Final = re.compile(rb"(?:\\[a-z]+-?\d* ?|\{[^{}]*\}|\s)*+([0-9a-fA-F\s]+)\}")
PICTURES: Final[dict[bytes, Cleaner]] = {b"jpegblip": clean_jpeg, b"pngblip": clean_png}


def clean_rtf(data: Data, target: BinaryIO) -> None:
    """Write the groups that are shown."""
    text = data[:]
    if BINARY.search(text):
        raise NotCleanable("a document with binary data in its text")
    at = 0
    while (shown := SHOWN.match(text, at)) and (group := GROUP.match(text, shown.end())):
        target.write(shown[0])
        at = _end_of_group(text, group.start())
        target.write(_replaced(group[1], text[group.start() : at]))
    target.write(text[at:])


def _replaced(name: bytes, group: bytes) -> bytes:
    """What stands instead of a group."""
    if name == b"objdata":
        raise NotCleanable("a document with an embedded object")
    if name in NAMED:
        return b"{\\*\\" + name + b" " + NAMED[name] + b"}"
    if name == b"revtbl":
        people = re.sub(rb"\{[^{}]*;\}", b"{Author;}", group[1:])
        return b"{" + people
    return _picture(group) if name == b"pict" else b""


def _picture(group: bytes) -> bytes:
    found = PICTURE.search(group)
    if found is None:
        return group
    digits = DIGITS.fullmatch(group, found.end())
    if digits is None:
        raise NotCleanable("a document with a picture that cannot be read")
    drawn = cleaned_bytes(PICTURES[found[1]], unhexlify(b"".join(digits[1].split())))
    return group[: digits.start(1)] + hexlify(drawn) + b"}"


def _end_of_group(text: bytes, start: int) -> int:
    depth = 0
    for token in islice(TOKEN.finditer(text, start), MOST_TOKENS):
        depth += {b"{": 1, b"}": -1}.get(token[0], 0)
        if depth == 0:
            return token.end()
    raise NotCleanable("a broken RTF")
