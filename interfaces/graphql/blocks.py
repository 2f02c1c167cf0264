"""Blocks: whether a client may write to the company."""

from uuid import UUID

import strawberry

from application.clients import BlockClient, UnblockClient
from application.desk import NotFound
from interfaces.graphql.bounds import said, uuid_of
from interfaces.graphql.context import Context, Info
from interfaces.graphql.parties import manager_of
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload
from interfaces.graphql.refusals import BadRequest

REASON = 1_000


@strawberry.input
class BlockClientInput(CommandInput):
    """Bar a client from writing: by `clientId`, or by `ticketId` of one of their tickets."""

    client_id: strawberry.ID | None = None
    ticket_id: strawberry.ID | None = None
    reason: str = ""


@strawberry.input
class UnblockClientInput(CommandInput):
    """Let a client write again: by `clientId`, or by `ticketId` of one of their tickets."""

    client_id: strawberry.ID | None = None
    ticket_id: strawberry.ID | None = None


@strawberry.type
class BlockMutations:
    """Whether a client may write."""

    @strawberry.mutation
    async def block_client(self, info: Info, input: BlockClientInput) -> CommandPayload:
        """Bar a client from writing."""
        context = info.context
        command = BlockClient(
            **context.order(input.command_id),
            client_id=await _named(context, input),
            by=manager_of(context),
            reason=said(input.reason, "reason", REASON),
        )
        return payload(await context.execute(command))

    @strawberry.mutation
    async def unblock_client(self, info: Info, input: UnblockClientInput) -> CommandPayload:
        """Let a client write again."""
        context = info.context
        command = UnblockClient(
            **context.order(input.command_id),
            client_id=await _named(context, input),
            by=manager_of(context),
        )
        return payload(await context.execute(command))


async def _named(context: Context, input: BlockClientInput | UnblockClientInput) -> UUID:
    if (input.client_id is None) == (input.ticket_id is None):
        raise BadRequest("A client is named by clientId or by ticketId.")
    if input.client_id is not None:
        return uuid_of(input.client_id)
    ticket = await context.loaders.tickets.load(uuid_of(input.ticket_id or ""))
    if ticket is None:
        raise NotFound
    return ticket.client_id
