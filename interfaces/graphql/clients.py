# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Clients: who writes to the company, and whether they may and can be reached."""

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry
from strawberry.types.lazy_type import LazyType

from application.clients import MarkUnreachable, Profile, RegisterClient
from interfaces.graphql.bounds import line, page_size, said, uuid_of
from interfaces.graphql.connections import Connection, Cursors, Slice
from interfaces.graphql.context import Context, Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload, reached
from interfaces.graphql.refusals import NotAllowed
from interfaces.graphql.scalars import BigInt
from projections.client_rows import ClientRow
from projections.ticket_rows import TicketRow

CURSORS = Cursors[tuple[datetime, UUID]]("clients", tuple[datetime, UUID])
NAME, USERNAME, LANGUAGE, REASON, SEARCH = 256, 64, 35, 1_000, 100
TICKET: LazyType[Any, Any] = LazyType("Ticket", "interfaces.graphql.tickets")


async def _last_tickets(
    info: Info, row: strawberry.Parent[ClientRow], first: int = 10
) -> list[TicketRow]:
    return await info.context.loaders.last_tickets.load((row.client_id, page_size(first)))


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
    blocked_reason: str
    blocked_at: datetime | None
    reachable: bool
    registered_at: datetime
    tickets: int
    open_tickets: int
    last_tickets: list[Any] = strawberry.field(
        resolver=_last_tickets,
        graphql_type=list[TICKET],
        description="Their tickets, open and closed, the newest first.",
    )


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
    async def clients(  # noqa: PLR0913 - the arguments of the field
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        search: str | None = None,
        blocked: bool | None = None,  # noqa: FBT001 - the arguments of the field
        min_position: BigInt | None = None,
    ) -> Slice[ClientRow]:
        """The clients of the company, the newest first.

        `search` finds beginnings of words in name, username and Telegram id.
        """
        context, model = info.context, info.context.models.clients
        await context.wait_for(min_position)
        page = await model.page(
            context.workspace_id,
            blocked=blocked,
            search=None if search is None else line(search, "search", SEARCH),
            first=page_size(first),
            after=CURSORS.decode(after),
        )
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
