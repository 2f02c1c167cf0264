"""Places: where messages and discussions stand in Telegram, and what is found there."""

from uuid import UUID

import strawberry

from application.desk import NotFound
from application.messages import Place
from interfaces.graphql.bounds import uuid_of
from interfaces.graphql.context import Context
from interfaces.graphql.refusals import BadRequest
from interfaces.graphql.scalars import BigInt
from projections.messages import Standing


@strawberry.input
class PlaceInput:
    """Where a message stands, as the caller's bot sees it."""

    chat_id: BigInt
    message_id: BigInt


@strawberry.input
class ThreadInput:
    """A discussion in the group, by its first message (a forum's topic), or by one in it."""

    group_id: BigInt
    root_id: BigInt


def place_of(context: Context, input: PlaceInput | None) -> Place | None:
    """The place, if one is told."""
    return None if input is None else place_at(context, input)


def place_at(context: Context, input: PlaceInput) -> Place:
    """The place, as the caller's own bot sees it."""
    return Place(bot_id=context.bot_id, chat_id=input.chat_id, message_id=input.message_id)


async def standing_at(context: Context, chat_id: int, message_id: int) -> Standing | None:
    """The message of a ticket that stands at the place, written there or as a copy."""
    messages = context.models.messages
    bot_id, workspace_id = context.bot_id, context.workspace_id
    return await context.found(
        messages, lambda: messages.by_place(workspace_id, bot_id, chat_id, message_id)
    )


async def written_at(context: Context, place: PlaceInput) -> Standing:
    """The message that was written at the place; raises NotFound."""
    found = await standing_at(context, place.chat_id, place.message_id)
    if found is None or found.copied:
        raise NotFound
    return found


async def ticket_named(
    context: Context, ticket_id: strawberry.ID | None, thread: ThreadInput | None
) -> UUID:
    """The ticket, by its id or by its discussion; raises NotFound."""
    if (ticket_id is None) == (thread is None):
        raise BadRequest("A ticket is named by ticketId or by thread.")
    if thread is None:
        return uuid_of(ticket_id or "")
    tickets, workspace_id = context.models.tickets, context.workspace_id
    group_id, root_id = thread.group_id, thread.root_id

    async def discussed() -> UUID | None:
        ticket = await tickets.by_thread(workspace_id, group_id, root_id)
        if ticket is not None:
            return ticket.ticket_id
        messages = context.models.messages
        message = await messages.by_place(workspace_id, context.bot_id, group_id, root_id)
        return message.ticket_id if message else None

    found = await context.found(tickets, discussed)
    if found is None:
        raise NotFound
    return found


async def replied_in(context: Context, ticket_id: UUID, place: PlaceInput | None) -> UUID | None:
    """The message of the ticket that a comment replies to; its post and its card are none."""
    ticket = await context.loaders.tickets.load(ticket_id) if place else None
    if place is None or ticket is None:
        return None
    if place.message_id in {ticket.root_id, ticket.card_message_id}:
        return None
    found = await standing_at(context, place.chat_id, place.message_id)
    return found.message_id if found and found.ticket_id == ticket_id else None
