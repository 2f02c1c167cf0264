"""Revisions: what people do with a message after it was written: edit, withdraw, react."""

from typing import Final
from uuid import UUID

import strawberry

from application.desk import NotFound
from application.messages import EditMessage, React, WithdrawMessage
from interfaces.graphql.bounds import line
from interfaces.graphql.contents import ContentInput, content_of
from interfaces.graphql.context import Context, Info
from interfaces.graphql.messages import Direction
from interfaces.graphql.payloads import (
    CommandInput,
    CommandPayload,
    TicketPayload,
    number_of,
    payload,
    reached,
    ticket_payload,
)
from interfaces.graphql.places import PlaceInput, standing_at, written_at
from interfaces.graphql.postings import Kept, names_of
from interfaces.graphql.refusals import BadRequest, Declined
from projections.messages import Standing

EMOJI, EMOJIS = 64, 12
KEPT: Final = {Direction.IN.value: None, Direction.OUT.value: Kept.SENT}


class SentAlready(Declined):
    """The client has this message already: it cannot become a note; take it back instead."""


@strawberry.input
class EditMessageInput(CommandInput):
    """The new version of the message (or of the album's item) that was written at a place.

    `note`: it is meant for the staff only, and refused if the message went to the client.
    """

    place: PlaceInput
    content: ContentInput
    signed_as: list[str] | None = None
    note: bool = False


@strawberry.input
class WithdrawMessageInput(CommandInput):
    """Take back the message that was written at a place."""

    place: PlaceInput


@strawberry.input
class ReactInput(CommandInput):
    """Put these emoji (none: take them away) under the message, or copy of one, at a place."""

    place: PlaceInput
    emoji: list[str]


@strawberry.type
class EditMessagePayload(CommandPayload):
    """The ticket's number, and whether a manager's message is an answer or a note."""

    number: int
    kept: Kept | None = None


@strawberry.type
class RevisionMutations:
    """What is done with a message after it was written."""

    @strawberry.mutation
    async def edit_message(self, info: Info, input: EditMessageInput) -> EditMessagePayload:
        """Take the new version of one's own message."""
        context = info.context
        order, content = context.order(input.command_id), content_of(input.content)
        found = await written_at(context, input.place)
        by, client_id = _party(context, found)
        if input.note and found.way == Direction.OUT:
            raise SentAlready
        command = EditMessage(
            **order,
            ticket_id=found.ticket_id,
            message_id=found.message_id,
            by=by,
            client_id=client_id,
            content=content,
            piece=found.piece,
            signed_as=names_of(input.signed_as),
        )
        done = await context.execute(command)
        return EditMessagePayload(
            position=reached(done),
            replayed=done.replayed,
            number=number_of(done),
            kept=KEPT.get(found.way, Kept.NOTE),
        )

    @strawberry.mutation
    async def withdraw_message(self, info: Info, input: WithdrawMessageInput) -> TicketPayload:
        """Take one's own message back, also from the other side's chat."""
        context = info.context
        order, found = context.order(input.command_id), await written_at(context, input.place)
        by, client_id = _party(context, found)
        command = WithdrawMessage(
            **order,
            ticket_id=found.ticket_id,
            message_id=found.message_id,
            by=by,
            client_id=client_id,
        )
        return ticket_payload(await context.execute(command))

    @strawberry.mutation
    async def react(self, info: Info, input: ReactInput) -> CommandPayload:
        """Put emoji under a message, or take one's own away."""
        context, place = info.context, input.place
        order = context.order(input.command_id)
        if len(input.emoji) > EMOJIS:
            raise BadRequest(f"One reacts with up to {EMOJIS} emoji.")
        emoji = tuple(line(one, "emoji", EMOJI, least=1) for one in input.emoji)
        found = await standing_at(context, place.chat_id, place.message_id)
        if found is None:
            raise NotFound
        by, client_id = _party(context, found)
        command = React(
            **order,
            ticket_id=found.ticket_id,
            message_id=found.message_id,
            by=by,
            client_id=client_id,
            emoji=emoji,
        )
        return payload(await context.execute(command))


def _party(context: Context, found: Standing) -> tuple[UUID | None, UUID | None]:
    """The manager or the client who acts; for a client there are no notes."""
    if context.client_id is None:
        return context.manager(), None
    if found.way == Direction.NOTE:
        raise NotFound
    return None, context.client_id
