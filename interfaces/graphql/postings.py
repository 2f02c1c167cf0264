"""Postings: what clients and managers write, and the ticket that it goes to."""

from enum import StrEnum

import strawberry

from application.desk import Done
from application.messages import AddNote, PostComment
from application.receiving import ReceiveMessage
from interfaces.graphql.bounds import said, some_uuid
from interfaces.graphql.clients import ProfileInput, profile_of
from interfaces.graphql.contents import ContentInput, content_of
from interfaces.graphql.context import Context, Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, number_of, reached
from interfaces.graphql.places import (
    PlaceInput,
    ThreadInput,
    place_of,
    replied_in,
    standing_at,
    ticket_named,
)
from interfaces.graphql.refusals import BadRequest

QUOTE, NAME, NAMES = 1_024, 256, 10


@strawberry.enum
class Kept(StrEnum):
    """What became of a comment: it went to the client, or stayed with the staff, and why."""

    SENT = "sent"
    NOTE = "note"
    UNCLAIMED = "unclaimed"
    HELD_BY_OTHER = "held_by_other"
    CLOSED = "closed"
    REVEALING = "revealing"


@strawberry.enum
class Asked(StrEnum):
    """What a client must say before their words can go anywhere."""

    TOPIC = "topic"
    TICKET = "ticket"


@strawberry.input
class PostMessageInput(CommandInput):
    """A client's message (`profile`), or a manager's (`thread` or `ticketId`, `signedAs`).

    `replyTo` is the place of the message that it replies to, `quote` what it quotes of it;
    `signedAs` are the names and logins that Telegram shows with a manager's message.
    """

    content: ContentInput
    place: PlaceInput | None = None
    profile: ProfileInput | None = None
    reply_to: PlaceInput | None = None
    quote: str = ""
    signed_as: list[str] | None = None
    ticket_id: strawberry.ID | None = None
    thread: ThreadInput | None = None


@strawberry.input
class AddNoteInput(CommandInput):
    """Words for the staff only, in the ticket of `thread` or `ticketId`."""

    ticket_id: strawberry.ID | None = None
    thread: ThreadInput | None = None
    content: ContentInput
    place: PlaceInput | None = None


@strawberry.type
class PostMessagePayload(CommandPayload):
    """Where the message went: `messageId` and `kept` of a manager's; all else of a client's.

    A client's message opened or reopened the ticket, or is held (no `ticketId`) until they have
    answered what they are `asked`, perhaps once more.
    """

    ticket_id: strawberry.ID | None = None
    number: int | None = None
    opened: bool = False
    reopened: bool = False
    asked: Asked | None = None
    asked_again: bool = False
    message_id: strawberry.ID | None = None
    kept: Kept | None = None


@strawberry.type
class AddNotePayload(CommandPayload):
    """The note."""

    message_id: strawberry.ID
    kept: Kept
    number: int


@strawberry.type
class PostingMutations:
    """What is written in tickets."""

    @strawberry.mutation
    async def post_message(self, info: Info, input: PostMessageInput) -> PostMessagePayload:
        """Take a client's message, or a manager's comment in the thread of a ticket."""
        if info.context.by is None:
            return await _receive(info.context, input)
        return await _comment(info.context, input)

    @strawberry.mutation
    async def add_note(self, info: Info, input: AddNoteInput) -> AddNotePayload:
        """Keep a manager's words for the staff only."""
        context = info.context
        order, content = context.order(input.command_id), content_of(input.content)
        command = AddNote(
            **order,
            ticket_id=await ticket_named(context, input.ticket_id, input.thread),
            by=context.manager(),
            content=content,
            place=place_of(context, input.place),
        )
        done = await context.execute(command)
        return AddNotePayload(
            position=reached(done),
            replayed=done.replayed,
            message_id=strawberry.ID(str(done.answer["message"])),
            kept=Kept(str(done.answer["kept"])),
            number=number_of(done),
        )


async def _receive(context: Context, input: PostMessageInput) -> PostMessagePayload:
    """A client's message: into the ticket that it replies to, else into their conversation."""
    if input.profile is None:
        raise BadRequest("A client's message comes with their profile.")
    order, profile = context.order(input.command_id), profile_of(context, input.profile)
    content, place = content_of(input.content), place_of(context, input.place)
    replied = input.reply_to and await standing_at(
        context, input.reply_to.chat_id, input.reply_to.message_id
    )
    named = some_uuid(input.ticket_id)
    command = ReceiveMessage(
        **order,
        profile=profile,
        content=content,
        place=place,
        ticket_id=named or (replied.ticket_id if replied else None),
        reply_to=replied.message_id if replied else None,
        quote=said(input.quote, "quote", QUOTE),
    )
    return _payload(await context.execute(command))


async def _comment(context: Context, input: PostMessageInput) -> PostMessagePayload:
    """A manager's comment: to the client if they hold the ticket, else for the staff."""
    order, content = context.order(input.command_id), content_of(input.content)
    ticket_id = await ticket_named(context, input.ticket_id, input.thread)
    command = PostComment(
        **order,
        ticket_id=ticket_id,
        by=context.manager(),
        content=content,
        place=place_of(context, input.place),
        reply_to=await replied_in(context, ticket_id, input.reply_to),
        quote=said(input.quote, "quote", QUOTE),
        signed_as=names_of(input.signed_as),
    )
    done = await context.execute(command)
    told = _payload(done)
    told.ticket_id = strawberry.ID(str(ticket_id))
    return told


def names_of(signed_as: list[str] | None) -> tuple[str, ...]:
    """The names and logins that Telegram shows with a manager's message."""
    names = signed_as or []
    if len(names) > NAMES:
        raise BadRequest(f"A message is signed with up to {NAMES} names.")
    return tuple(said(name, "signedAs", NAME) for name in names)


def _payload(done: Done) -> PostMessagePayload:
    told = done.answer
    ticket, asked, message, kept = map(told.get, ("ticket", "asked", "message", "kept"))
    return PostMessagePayload(
        position=reached(done),
        replayed=done.replayed,
        ticket_id=None if ticket is None else strawberry.ID(str(ticket)),
        number=None if told["number"] is None else number_of(done),
        opened=bool(told.get("opened")),
        reopened=bool(told.get("reopened")),
        asked=None if asked is None else Asked(str(asked)),
        asked_again=bool(told.get("asked_again")),
        message_id=None if message is None else strawberry.ID(str(message)),
        kept=None if kept is None else Kept(str(kept)),
    )
