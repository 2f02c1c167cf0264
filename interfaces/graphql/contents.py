"""Contents: what was said, as callers tell it."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, cast

import msgspec
import strawberry
from strawberry.scalars import JSON

from application.messages import Content
from interfaces.graphql.bounds import line, said
from interfaces.graphql.messages import MessageKind
from interfaces.graphql.refusals import BadContent
from interfaces.graphql.scalars import BigInt

TEXT, FILE_ID, FILE_NAME, ENTITIES, PIECES, DETAILS, OPTIONS = 4_096, 300, 255, 100, 10, 20, 12
MIME_TYPE = 100
SPOKEN = frozenset({MessageKind.TEXT, MessageKind.UNSUPPORTED})
DETAILED = frozenset(
    {
        MessageKind.LOCATION,
        MessageKind.VENUE,
        MessageKind.CONTACT,
        MessageKind.POLL,
        MessageKind.DICE,
    }
)


@strawberry.input
class PieceInput:
    """One item of an album; `messageId` is its own number in the chat where it was written."""

    message_id: BigInt
    kind: MessageKind
    file_id: str
    file_name: str | None = None
    text: str = ""
    entities: JSON | None = None


@strawberry.input
class ContentInput:
    """What was said; `entities` are Telegram's MessageEntity objects, `text` may be a caption.

    `details` are the plain fields of Telegram's Location, Venue, Contact, Poll or Dice; an album
    has `pieces`; `fileSize` is in bytes.
    """

    kind: MessageKind = MessageKind.TEXT
    text: str = ""
    entities: JSON | None = None
    file_id: str | None = None
    file_name: str | None = None
    file_size: BigInt | None = None
    mime_type: str | None = None
    details: JSON | None = None
    pieces: list[PieceInput] | None = None


def content_of(input: ContentInput) -> Content:
    """The content; raises BadContent or BadText."""
    kind, text, pieces = input.kind, said(input.text, "text", TEXT), input.pieces or []
    if kind is MessageKind.TEXT and not text:
        raise BadContent("A text message has a text.")
    if kind not in SPOKEN | DETAILED | {MessageKind.ALBUM} and not input.file_id:
        raise BadContent(f"A {kind} has a fileId.")
    if (kind is MessageKind.ALBUM) != bool(pieces) or len(pieces) > PIECES:
        raise BadContent(f"An album, and nothing else, has up to {PIECES} pieces.")
    if kind in DETAILED and not input.details:
        raise BadContent(f"A {kind} has details.")
    told = {
        "kind": kind.value,
        "text": text,
        "entities": _entities(input.entities),
        "file_id": _file_id(input.file_id),
        "file_name": _file_name(input.file_name),
        "file_size": input.file_size,
        "mime_type": None
        if input.mime_type is None
        else line(input.mime_type, "mimeType", MIME_TYPE),
        "details": _details(input.details),
        "pieces": [_piece(piece) for piece in pieces],
    }
    return msgspec.convert(told, Content)


def _piece(input: PieceInput) -> dict[str, Any]:
    if input.kind in SPOKEN | DETAILED | {MessageKind.ALBUM} or not input.file_id:
        raise BadContent("A piece of an album is a file.")
    return {
        "message_id": input.message_id,
        "kind": input.kind.value,
        "file_id": _file_id(input.file_id),
        "file_name": _file_name(input.file_name),
        "text": said(input.text, "text", TEXT),
        "entities": _entities(input.entities),
    }


def _file_id(given: str | None) -> str | None:
    return None if given is None else line(given, "fileId", FILE_ID)


def _file_name(given: str | None) -> str | None:
    return None if given is None else said(given, "fileName", FILE_NAME)


def _entities(given: object) -> list[dict[str, str | int]]:
    """Entities that hold only texts and numbers; others (mentions of users) are left out."""
    if given is None:
        return []
    if not isinstance(given, list):
        raise BadContent("Entities are a list of Telegram's MessageEntity objects.")
    listed = cast(list[object], given)
    if len(listed) > ENTITIES:
        raise BadContent(f"A message has up to {ENTITIES} entities.")
    return [entity for one in listed if (entity := _entity(one)) is not None]


def _entity(given: object) -> dict[str, str | int] | None:
    if not isinstance(given, Mapping):
        raise BadContent("An entity is an object.")
    entity: dict[str, str | int] = {}
    for name, value in cast(Mapping[str, object], given).items():
        if isinstance(value, str):
            entity[said(name, "an entity", FILE_NAME)] = said(value, "an entity", TEXT)
        elif isinstance(value, int) and abs(value) < 2**63:
            entity[said(name, "an entity", FILE_NAME)] = value
        else:
            return None
    return entity


def _details(given: object) -> dict[str, Any]:
    """Plain fields: texts, numbers, truths and lists of texts; others are left out."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise BadContent("Details are one object.")
    told = cast(Mapping[str, object], given)
    if len(told) > DETAILS:
        raise BadContent(f"There are up to {DETAILS} details.")
    plain = {said(name, "a detail", FILE_NAME): _detail(value) for name, value in told.items()}
    return {name: value for name, value in plain.items() if value is not None}


def _detail(value: object) -> object:
    if isinstance(value, str):
        return said(value, "a detail", TEXT)
    if isinstance(value, list):
        listed = cast(list[object], value)
        if len(listed) > OPTIONS:
            raise BadContent(f"A list among the details has up to {OPTIONS} texts.")
        return [said(one, "a detail", TEXT) for one in listed if isinstance(one, str)]
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if isinstance(value, int) and abs(value) < 2**63 else None
