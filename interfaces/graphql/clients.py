"""Clients: who writes to the company, and whether they may and can be reached."""

from datetime import datetime
from uuid import UUID

import strawberry

from application.clients import BlockClient, MarkUnreachable, Profile, RegisterClient, UnblockClient
from interfaces.graphql.bounds import line, page_size, said, uuid_of
from interfaces.graphql.connections import Connection, Cursors, Slice
from interfaces.graphql.context import Context, Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload, reached
from interfaces.graphql.refusals import NotAllowed
from interfaces.graphql.scalars import BigInt
from projections.clients import ClientRow

CURSORS = Cursors[tuple[datetime, UUID]]("clients", tuple[datetime, UUID])
NAME, USERNAME, LANGUAGE, REASON = 256, 64, 35, 1_000


@strawberry.type
class Client:
    """Somebody who writes to a client bot; `reachable` is false when Telegram cannot deliver."""

    client_id: strawberry.ID = strawberry.field(name="id")
    name: str
    username: str | None
    telegram_id: BigInt
    bot_id: BigInt
    language: str
    blocked: bool
    reachable: bool
    tickets: int
    open_tickets: int


@strawberry.input
class ProfileInput:
    """The client as Telegram describes them."""

    name: str
    username: str | None = None
    language: str = "ru"


@strawberry.input
class RegisterClientInput(CommandInput):
    """Know somebody who has started the client bot."""

    profile: ProfileInput


@strawberry.input
class BlockClientInput(CommandInput):
    """Bar a client from writing."""

    client_id: strawberry.ID
    reason: str = ""


@strawberry.input
class UnblockClientInput(CommandInput):
    """Let a client write again."""

    client_id: strawberry.ID


@strawberry.input
class MarkUnreachableInput(CommandInput):
    """Note that Telegram cannot deliver to a client."""

    client_id: strawberry.ID
    reason: str


@strawberry.type
class RegisterClientPayload(CommandPayload):
    """Who was registered."""

    client_id: strawberry.ID


@strawberry.type
class ClientQueries:
    """Questions about clients."""

    @strawberry.field(graphql_type=Connection[Client])
    async def clients(
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[ClientRow]:
        """The clients of the company, the newest first."""
        context, model = info.context, info.context.models.clients
        await context.wait_for(min_position)
        after_key = CURSORS.decode(after)
        page = await model.page(context.workspace_id, first=page_size(first), after=after_key)
        return context.slice(model, page, CURSORS)

    @strawberry.field(graphql_type=Client | None)
    async def client(
        self, info: Info, id: strawberry.ID, min_position: BigInt | None = None
    ) -> ClientRow | None:
        """One client of the company."""
        await info.context.wait_for(min_position)
        return await info.context.loaders.clients.load(uuid_of(id))


@strawberry.type
class ClientMutations:
    """What can be done about clients."""

    @strawberry.mutation
    async def register_client(
        self, info: Info, input: RegisterClientInput
    ) -> RegisterClientPayload:
        """Know somebody who has started the client bot."""
        order = info.context.order(input.command_id)
        command = RegisterClient(**order, profile=profile_of(info.context, input.profile))
        done = await info.context.execute(command)
        return RegisterClientPayload(
            position=reached(done),
            replayed=done.replayed,
            client_id=strawberry.ID(str(done.answer["client"])),
        )

    @strawberry.mutation
    async def block_client(self, info: Info, input: BlockClientInput) -> CommandPayload:
        """Bar a client from writing."""
        order = info.context.order(input.command_id)
        command = BlockClient(
            **order,
            client_id=uuid_of(input.client_id),
            by=info.context.manager(),
            reason=said(input.reason, "reason", REASON),
        )
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def unblock_client(self, info: Info, input: UnblockClientInput) -> CommandPayload:
        """Let a client write again."""
        order = info.context.order(input.command_id)
        command = UnblockClient(
            **order, client_id=uuid_of(input.client_id), by=info.context.manager()
        )
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def mark_unreachable(self, info: Info, input: MarkUnreachableInput) -> CommandPayload:
        """Note that Telegram cannot deliver to a client."""
        order = info.context.order(input.command_id)
        command = MarkUnreachable(
            **order,
            client_id=uuid_of(input.client_id),
            reason=said(input.reason, "reason", REASON),
        )
        return payload(await info.context.execute(command))


def profile_of(context: Context, input: ProfileInput) -> Profile:
    """The profile of the client for whom the bot acts."""
    telegram_id = context.principal.telegram_id
    if telegram_id is None:
        raise NotAllowed
    return Profile(
        bot_id=context.bot_id,
        telegram_id=telegram_id,
        name=said(input.name, "name", NAME),
        username=None if input.username is None else line(input.username, "username", USERNAME),
        language=line(input.language, "language", LANGUAGE, least=1),
    )
