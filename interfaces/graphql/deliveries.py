"""Deliveries: what the gateway reports of posts, threads, cards and messages in Telegram."""

import strawberry

from application.messages import ConfirmDelivery, ReportFailure
from application.threads import ConfirmPost, LoseThread, OpenThread, ShowCard
from interfaces.graphql.bounds import said, uuid_of
from interfaces.graphql.context import Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload
from interfaces.graphql.places import PlaceInput, place_at
from interfaces.graphql.refusals import BadRequest
from interfaces.graphql.scalars import BigInt

REASON, PIECES = 1_000, 10


@strawberry.input
class ConfirmPostInput(CommandInput):
    """The ticket stands as a post in the channel."""

    ticket_id: strawberry.ID
    channel_id: BigInt
    post_id: BigInt


@strawberry.input
class OpenThreadInput(CommandInput):
    """The ticket is discussed in the group under the message `rootId`."""

    ticket_id: strawberry.ID
    group_id: BigInt
    root_id: BigInt
    post_id: BigInt | None = None


@strawberry.input
class ShowCardInput(CommandInput):
    """The card with the ticket's buttons stands there."""

    ticket_id: strawberry.ID
    place: PlaceInput


@strawberry.input
class LoseThreadInput(CommandInput):
    """The ticket's topic `rootId` is gone from the forum."""

    ticket_id: strawberry.ID
    root_id: BigInt


@strawberry.input
class ConfirmDeliveryInput(CommandInput):
    """A message reached the other side's chat; `pieces` are the numbers of an album's items."""

    ticket_id: strawberry.ID
    message_id: strawberry.ID
    place: PlaceInput
    pieces: list[BigInt] = strawberry.field(default_factory=list[BigInt])


@strawberry.input
class ReportFailureInput(CommandInput):
    """A message will not arrive."""

    ticket_id: strawberry.ID
    message_id: strawberry.ID
    reason: str


@strawberry.type
class DeliveryMutations:
    """What became of what was sent."""

    @strawberry.mutation
    async def confirm_post(self, info: Info, input: ConfirmPostInput) -> CommandPayload:
        """Know the ticket's post in the channel."""
        order = info.context.order(input.command_id)
        command = ConfirmPost(
            **order,
            ticket_id=uuid_of(input.ticket_id),
            channel_id=input.channel_id,
            post_id=input.post_id,
        )
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def open_thread(self, info: Info, input: OpenThreadInput) -> CommandPayload:
        """Know where the ticket is discussed."""
        order = info.context.order(input.command_id)
        command = OpenThread(
            **order,
            ticket_id=uuid_of(input.ticket_id),
            group_id=input.group_id,
            root_id=input.root_id,
            post_id=input.post_id,
        )
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def show_card(self, info: Info, input: ShowCardInput) -> CommandPayload:
        """Know where the ticket's buttons are."""
        order = info.context.order(input.command_id)
        command = ShowCard(
            **order,
            ticket_id=uuid_of(input.ticket_id),
            place=place_at(info.context, input.place),
        )
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def lose_thread(self, info: Info, input: LoseThreadInput) -> CommandPayload:
        """Know that the topic of a ticket is gone; the ticket gets another."""
        order = info.context.order(input.command_id)
        command = LoseThread(**order, ticket_id=uuid_of(input.ticket_id), root_id=input.root_id)
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def confirm_delivery(self, info: Info, input: ConfirmDeliveryInput) -> CommandPayload:
        """Note where a message arrived."""
        order = info.context.order(input.command_id)
        if len(input.pieces) > PIECES:
            raise BadRequest(f"An album has up to {PIECES} items.")
        command = ConfirmDelivery(
            **order,
            ticket_id=uuid_of(input.ticket_id),
            message_id=uuid_of(input.message_id),
            place=place_at(info.context, input.place),
            pieces=tuple(input.pieces),
        )
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def report_failure(self, info: Info, input: ReportFailureInput) -> CommandPayload:
        """Note that a message will not arrive, and why."""
        order = info.context.order(input.command_id)
        command = ReportFailure(
            **order,
            ticket_id=uuid_of(input.ticket_id),
            message_id=uuid_of(input.message_id),
            reason=said(input.reason, "reason", REASON),
        )
        return payload(await info.context.execute(command))
