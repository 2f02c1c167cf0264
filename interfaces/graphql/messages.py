# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Messages: what was said in a ticket, what became of it, and whether it arrived."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from interfaces.graphql.bounds import page_size, uuid_of
from interfaces.graphql.connections import Connection, Cursors, Slice, Whole
from interfaces.graphql.context import Context, Info
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.staff import Person, person_of
from projections.message_rows import MessageRow, captions
from projections.roster import PersonRow
from projections.versions import VersionRow

CURSORS = Cursors[int]("thread", Whole)
SHOWN = 20  # reactions, and last versions, of one message


@strawberry.enum
class MessageKind(StrEnum):
    """What a message is made of, by Telegram's own names; an album has pieces."""

    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    AUDIO = "audio"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO_NOTE = "video_note"
    LIVE_PHOTO = "live_photo"
    STICKER = "sticker"
    LOCATION = "location"
    VENUE = "venue"
    CONTACT = "contact"
    POLL = "poll"
    DICE = "dice"
    ALBUM = "album"
    UNSUPPORTED = "unsupported"


@strawberry.enum
class Direction(StrEnum):
    """Where a message goes: from the client, to the client, or to the staff only."""

    IN = "in"
    OUT = "out"
    NOTE = "note"


async def _by(info: Info, row: strawberry.Parent[MessageRow]) -> PersonRow | None:
    return await person_of(info, row.by)


class ReactionSeen:
    """Whose emoji are under a message."""

    __slots__ = ("by_client", "emoji", "person_id")

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.person_id = None if told["by"] is None else UUID(told["by"])
        self.by_client = told["by"] is None
        self.emoji: list[str] = told["emoji"]


async def _reacting(info: Info, root: strawberry.Parent[ReactionSeen]) -> PersonRow | None:
    return await person_of(info, root.person_id)


@strawberry.type
class Reaction:
    """The emoji of the client or of a manager (`by`) under a message."""

    by: Person | None = strawberry.field(resolver=_reacting, graphql_type=Person | None)
    by_client: bool
    emoji: list[str]


@strawberry.type
class Piece:
    """One item of an album."""

    kind: MessageKind
    file_name: str | None
    text: str


@strawberry.type
class MessageVersion:
    """What a message read from a moment on; an album reads as its captions together."""

    version: int
    at: datetime
    text: str


async def _reactions(info: Info, row: strawberry.Parent[MessageRow]) -> list[ReactionSeen]:
    seen = [ReactionSeen(told) for told in row.reactions]
    if info.context.client_id is not None:
        seen = [reaction for reaction in seen if reaction.by_client]
    return seen[-SHOWN:]


async def _pieces(row: strawberry.Parent[MessageRow]) -> list[Piece]:
    return [
        Piece(kind=MessageKind(told["kind"]), file_name=told["file_name"], text=told["text"])
        for told in row.pieces
    ]


async def _versions(info: Info, row: strawberry.Parent[MessageRow]) -> list[VersionRow]:
    if row.version == 1:
        return [VersionRow(row.message_id, 1, row.at, row.text or captions(row.pieces))]
    return (await info.context.loaders.versions.load(row.message_id))[-SHOWN:]


async def _details(row: strawberry.Parent[MessageRow]) -> JSON:
    return JSON(row.details)


@strawberry.type
class Message:
    """A message of a ticket: `by` is the manager, null for the client.

    It replies to the message `replyToId`, perhaps to a `quote` of it; `version` counts from 1.
    """

    message_id: strawberry.ID = strawberry.field(name="id")
    way: Direction = strawberry.field(name="direction")
    by: Person | None = strawberry.field(resolver=_by, graphql_type=Person | None)
    kind: MessageKind
    text: str
    file_name: str | None
    details: JSON = strawberry.field(
        resolver=_details,
        description="The plain fields of Telegram's Location, Venue, Contact, Poll or Dice.",
    )
    pieces: list[Piece] = strawberry.field(
        resolver=_pieces, graphql_type=list[Piece], description="The items of an album."
    )
    reply_to: strawberry.ID | None = strawberry.field(name="replyToId")
    quote: str
    version: int
    versions: list[MessageVersion] = strawberry.field(
        resolver=_versions,
        graphql_type=list[MessageVersion],
        description="What it read, up to its last 20 versions, the oldest first.",
    )
    withdrawn_at: datetime | None
    reactions: list[Reaction] = strawberry.field(
        resolver=_reactions,
        graphql_type=list[Reaction],
        description="The last 20 of them; a client sees their own.",
    )
    at: datetime
    delivered_at: datetime | None
    failure: str | None
    position: BigInt


async def thread_of(
    context: Context, ticket_id: UUID, first: int, after: str | None
) -> Slice[MessageRow]:
    """A page of a ticket's messages; a client sees neither notes nor what was withdrawn."""
    model, key = context.models.messages, CURSORS.decode(after)
    for_client = context.client_id is not None
    if key is None:
        page = await context.loaders.threads.load((ticket_id, page_size(first), for_client))
    else:
        page = await model.thread(
            context.workspace_id,
            ticket_id,
            for_client=for_client,
            first=page_size(first),
            after=key,
        )
    return context.slice(model, page, CURSORS)


@strawberry.type
class MessageQueries:
    """Questions about what was said."""

    @strawberry.field(graphql_type=Connection[Message])
    async def thread(
        self,
        info: Info,
        ticket_id: strawberry.ID,
        first: int = 50,
        after: str | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[MessageRow]:
        """What was said in a ticket, in its order."""
        await info.context.wait_for(min_position)
        id = uuid_of(ticket_id)
        await info.context.holds(id)
        return await thread_of(info.context, id, first, after)
