"""Conversations: what a client begins, and where what they write goes."""

from uuid import uuid5

import strawberry

from application.desk import Done
from application.receiving import ChooseTopic, PlaceMessages
from application.tickets import ChooseConversation, OpenTicket
from interfaces.graphql.bounds import line, some_uuid, uuid_of
from interfaces.graphql.clients import ProfileInput, profile_of
from interfaces.graphql.context import Info
from interfaces.graphql.parties import client_of
from interfaces.graphql.payloads import (
    CommandInput,
    CommandPayload,
    TicketPayload,
    number_of,
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


@strawberry.input
class ChooseTopicInput(CommandInput):
    """Begin a ticket about one of the company's topics ("": about anything)."""

    topic: str
    profile: ProfileInput


@strawberry.input
class PlaceMessagesInput(CommandInput):
    """Put what is held into this ticket."""

    ticket_id: strawberry.ID


@strawberry.type
class OpenTicketPayload(CommandPayload):
    """The new ticket."""

    ticket_id: strawberry.ID
    number: int


@strawberry.type
class ChooseTopicPayload(CommandPayload):
    """The ticket that was opened with what was held; null: the client's next message opens it."""

    ticket_id: strawberry.ID | None = None
    number: int | None = None
    opened: bool = False


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
            number=number_of(done),
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

    @strawberry.mutation
    async def choose_topic(self, info: Info, input: ChooseTopicInput) -> ChooseTopicPayload:
        """Begin a ticket about a topic with what is held, or with the next message."""
        context = info.context
        command = ChooseTopic(
            **context.order(input.command_id),
            profile=profile_of(context, input.profile),
            topic=line(input.topic, "topic", TOPIC),
        )
        return _chosen(await context.execute(command))

    @strawberry.mutation
    async def place_messages(self, info: Info, input: PlaceMessagesInput) -> TicketPayload:
        """Put what is held into one of the client's open tickets."""
        context = info.context
        command = PlaceMessages(
            **context.order(input.command_id),
            client_id=client_of(context),
            ticket_id=uuid_of(input.ticket_id),
        )
        return ticket_payload(await context.execute(command))


def _chosen(done: Done) -> ChooseTopicPayload:
    told = ChooseTopicPayload(position=reached(done), replayed=done.replayed)
    if (ticket := done.answer["ticket"]) is not None:
        told.ticket_id, told.number = strawberry.ID(str(ticket)), number_of(done)
        told.opened = True
    return told
