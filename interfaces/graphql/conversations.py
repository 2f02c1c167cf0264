"""Conversations: what a client begins, and the one that their next message goes to."""

from uuid import uuid5

import strawberry

from application.tickets import ChooseConversation, OpenTicket
from interfaces.graphql.bounds import line, some_uuid, uuid_of
from interfaces.graphql.clients import ProfileInput, profile_of
from interfaces.graphql.context import Info
from interfaces.graphql.cycles import client_of
from interfaces.graphql.payloads import (
    CommandInput,
    CommandPayload,
    TicketPayload,
    reached,
    ticket_payload,
)

TOPIC = 200


@strawberry.input
class OpenTicketInput(CommandInput):
    """Start a conversation about a topic; without `ticketId` the server chooses one."""

    ticket_id: strawberry.ID | None = None
    topic: str = ""
    profile: ProfileInput


@strawberry.input
class ChooseConversationInput(CommandInput):
    """Send what the client writes next to this ticket."""

    ticket_id: strawberry.ID


@strawberry.type
class OpenTicketPayload(CommandPayload):
    """The new ticket."""

    ticket_id: strawberry.ID
    number: int


@strawberry.type
class ConversationMutations:
    """What a client begins and chooses."""

    @strawberry.mutation
    async def open_ticket(self, info: Info, input: OpenTicketInput) -> OpenTicketPayload:
        """Start a conversation with the company about a topic."""
        context = info.context
        order = context.order(input.command_id)
        chosen = some_uuid(input.ticket_id)
        command = OpenTicket(
            **order,
            ticket_id=chosen or uuid5(context.workspace_id, f"ticket:{input.command_id}"),
            topic=line(input.topic, "topic", TOPIC),
            profile=profile_of(context, input.profile),
        )
        done = await context.execute(command)
        return OpenTicketPayload(
            position=reached(done),
            replayed=done.replayed,
            ticket_id=strawberry.ID(str(done.answer["ticket"])),
            number=int(done.answer["number"] or 0),
        )

    @strawberry.mutation
    async def choose_conversation(
        self, info: Info, input: ChooseConversationInput
    ) -> TicketPayload:
        """Send what the client writes next to this ticket of theirs."""
        context = info.context
        command = ChooseConversation(
            **context.order(input.command_id),
            ticket_id=uuid_of(input.ticket_id),
            client_id=client_of(context),
        )
        return ticket_payload(await context.execute(command))
