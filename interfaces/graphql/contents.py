"""Contents: what was said and where it stands, as callers tell it."""

from collections.abc import Mapping
from typing import cast

import msgspec
import strawberry
from strawberry.scalars import JSON

from application.messages import Content, Place
from interfaces.graphql.bounds import line, said
from interfaces.graphql.context import Context
from interfaces.graphql.messages import MessageKind
from interfaces.graphql.refusals import BadContent
from interfaces.graphql.scalars import BigInt

TEXT, FILE_ID, FILE_NAME, ENTITIES = 4_096, 300, 255, 100


@strawberry.input
class ContentInput:
    """What was said; `entities` are Telegram's MessageEntity objects, `text` may be a caption."""

    kind: MessageKind = MessageKind.TEXT
    text: str = ""
    entities: JSON | None = None
    file_id: str | None = None
    file_name: str | None = None


@strawberry.input
class PlaceInput:
    """Where a message stands, as the caller's bot sees it."""

    chat_id: BigInt
    message_id: BigInt


@strawberry.input
class ThreadInput:
    """A discussion in the group, by its first message."""

    group_id: BigInt
    root_id: BigInt


def content_of(input: ContentInput) -> Content:
    """The content; raises BadContent or BadText."""
    kind, text = input.kind, said(input.text, "text", TEXT)
    if kind is MessageKind.TEXT and not text:
        raise BadContent("A text message has a text.")
    if kind not in {MessageKind.TEXT, MessageKind.UNSUPPORTED} and not input.file_id:
        raise BadContent(f"A {kind} has a fileId.")
    told = {
        "kind": kind.value,
        "text": text,
        "entities": _entities(input.entities),
        "file_id": None if input.file_id is None else line(input.file_id, "fileId", FILE_ID),
        "file_name": None
        if input.file_name is None
        else said(input.file_name, "fileName", FILE_NAME),
    }
    return msgspec.convert(told, Content)


def place_of(context: Context, input: PlaceInput | None) -> Place | None:
    """The place, if one is told."""
    return None if input is None else place_at(context, input)


def place_at(context: Context, input: PlaceInput) -> Place:
    """The place, as the caller's own bot sees it."""
    return Place(bot_id=context.bot_id, chat_id=input.chat_id, message_id=input.message_id)


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
