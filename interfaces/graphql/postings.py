"""Postings: what clients and managers write, and the ticket that it goes to."""

from enum import StrEnum
from uuid import UUID

import strawberry

from application.desk import Done, NotFound
from application.messages import AddNote, PostComment, ReceiveMessage
from interfaces.graphql.bounds import some_uuid, uuid_of
from interfaces.graphql.clients import ProfileInput, profile_of
from interfaces.graphql.contents import (
    ContentInput,
    PlaceInput,
    ThreadInput,
    content_of,
    place_of,
)
from interfaces.graphql.context import Context, Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, reached
from interfaces.graphql.refusals import BadRequest


@strawberry.enum
class Kept(StrEnum):
    """What became of a comment: it went to the client, or stayed with the staff, and why."""

    SENT = "sent"
    NOTE = "note"
    HELD_BY_OTHER = "held_by_other"
    CLOSED = "closed"


@strawberry.input
class PostMessageInput(CommandInput):
    """A client's message (`profile`, `replyTo`), or a manager's (`thread` or `ticketId`)."""

    content: ContentInput
    place: PlaceInput | None = None
    profile: ProfileInput | None = None
    reply_to: PlaceInput | None = None
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
    """Where the message went: `opened` of a client's, `messageId` and `kept` of a manager's."""

    ticket_id: strawberry.ID
    number: int
    opened: bool | None = None
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
            ticket_id=await _discussed(context, input.ticket_id, input.thread),
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
            number=int(done.answer["number"] or 0),
        )


async def _receive(context: Context, input: PostMessageInput) -> PostMessagePayload:
    """A client's message: into the ticket that it replies to, else into their conversation."""
    if input.profile is None:
        raise BadRequest("A client's message comes with their profile.")
    order, profile = context.order(input.command_id), profile_of(context, input.profile)
    content, place = content_of(input.content), place_of(context, input.place)
    ticket_id = some_uuid(input.ticket_id) or await _replied(context, input.reply_to)
    command = ReceiveMessage(
        **order, profile=profile, content=content, place=place, ticket_id=ticket_id
    )
    done = await context.execute(command)
    return _payload(done, str(done.answer["ticket"]), opened=bool(done.answer["opened"]))


async def _comment(context: Context, input: PostMessageInput) -> PostMessagePayload:
    """A manager's comment: to the client if they hold the ticket, else for the staff."""
    order, content = context.order(input.command_id), content_of(input.content)
    ticket_id = await _discussed(context, input.ticket_id, input.thread)
    command = PostComment(
        **order,
        ticket_id=ticket_id,
        by=context.manager(),
        content=content,
        place=place_of(context, input.place),
    )
    return _payload(await context.execute(command), str(ticket_id))


def _payload(done: Done, ticket_id: str, *, opened: bool | None = None) -> PostMessagePayload:
    message, kept = done.answer.get("message"), done.answer.get("kept")
    return PostMessagePayload(
        position=reached(done),
        replayed=done.replayed,
        ticket_id=strawberry.ID(ticket_id),
        number=int(done.answer["number"] or 0),
        opened=opened,
        message_id=None if message is None else strawberry.ID(str(message)),
        kept=None if kept is None else Kept(str(kept)),
    )


async def _replied(context: Context, place: PlaceInput | None) -> UUID | None:
    """The ticket whose message stands at the place; None for any other message of the bot."""
    if place is None:
        return None
    messages = context.models.messages
    found = await context.found(
        messages,
        lambda: messages.by_place(
            context.workspace_id, context.bot_id, place.chat_id, place.message_id
        ),
    )
    return found.ticket_id if found else None


async def _discussed(
    context: Context, ticket_id: strawberry.ID | None, thread: ThreadInput | None
) -> UUID:
    """The ticket, by its id or by its discussion; raises NotFound."""
    if (ticket_id is None) == (thread is None):
        raise BadRequest("A ticket is named by ticketId or by thread.")
    if thread is None:
        return uuid_of(ticket_id or "")
    tickets = context.models.tickets
    found = await context.found(
        tickets, lambda: tickets.by_thread(context.workspace_id, thread.group_id, thread.root_id)
    )
    if found is None:
        raise NotFound
    return found.ticket_id
