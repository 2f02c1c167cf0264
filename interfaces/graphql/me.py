# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Who asks, as the server sees them."""

import strawberry

from interfaces.graphql.bounds import page_size
from interfaces.graphql.clients import Client
from interfaces.graphql.context import Context, Info
from interfaces.graphql.executors import Executor, executor_of
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.staff import Person, person_of
from interfaces.graphql.tickets import Ticket, TicketStatus
from interfaces.graphql.workspaces import Workspace, workspace_of
from projections.client_rows import ClientRow
from projections.executor_rows import ExecutorRow
from projections.roster import PersonRow
from projections.ticket_rows import TicketRow
from projections.tickets import Wanted
from projections.workspaces import WorkspaceRow

OWN = 20  # open tickets that are shown


class Caller:
    """The caller's rows, each asked for only when it is selected."""

    def __init__(self, context: Context) -> None:
        self.context = context

    async def client(self) -> ClientRow | None:
        """The client for whom the bot acts, if they are known."""
        id = self.context.client_id
        return None if id is None else await self.context.loaders.clients.load(id)


async def _person(info: Info) -> PersonRow | None:
    return await person_of(info, info.context.by)


async def _client(root: strawberry.Parent[Caller]) -> ClientRow | None:
    return await root.client()


async def _executor(info: Info) -> ExecutorRow | None:
    return await executor_of(info, info.context.executor_id)


async def _workspace(info: Info) -> WorkspaceRow:
    return await workspace_of(info.context)


async def _active_ticket_id(root: strawberry.Parent[Caller]) -> strawberry.ID | None:
    client = await root.client()
    return strawberry.ID(str(client.ticket_id)) if client and client.ticket_id else None


async def _open_tickets(info: Info) -> list[TicketRow]:
    return await _own(info.context, TicketStatus.OPEN, OWN)


async def _last_tickets(info: Info, first: int = 10) -> list[TicketRow]:
    return await _own(info.context, None, page_size(first))


async def _own(context: Context, status: TicketStatus | None, first: int) -> list[TicketRow]:
    """The tickets that the client has, or the manager holds, the newest first."""
    if context.client_id is None and context.by is None:
        return []
    wanted = Wanted(status=status, holder_id=context.by, client_id=context.client_id)
    page = await context.models.tickets.page(context.workspace_id, wanted=wanted, first=first)
    return page.rows


async def _language(info: Info, root: strawberry.Parent[Caller]) -> str | None:
    person = await person_of(info, info.context.by)
    if person is not None:
        return person.language
    client, executor = await root.client(), await _executor(info)
    return client.language if client else executor.language if executor else None


async def _topic(root: strawberry.Parent[Caller]) -> str | None:
    client = await root.client()
    return client.topic if client else None


async def _held_messages(root: strawberry.Parent[Caller]) -> int:
    client = await root.client()
    return client.held if client else 0


@strawberry.type
class Me:
    """The caller: one of the staff, a client or an executor; none when a key acts for itself."""

    person: Person | None = strawberry.field(resolver=_person, graphql_type=Person | None)
    client: Client | None = strawberry.field(resolver=_client, graphql_type=Client | None)
    executor: Executor | None = strawberry.field(resolver=_executor, graphql_type=Executor | None)
    workspace: Workspace = strawberry.field(resolver=_workspace, graphql_type=Workspace)
    active_ticket_id: strawberry.ID | None = strawberry.field(
        resolver=_active_ticket_id, description="Where the client's next message goes."
    )
    language: str | None = strawberry.field(
        resolver=_language,
        description="What the client, executor or member of the staff is spoken to in.",
    )
    topic: str | None = strawberry.field(
        resolver=_topic,
        description='What the client\'s next message opens a ticket about; "": about anything.',
    )
    held_messages: int = strawberry.field(
        resolver=_held_messages,
        description="How many messages wait until the client has said where they belong.",
    )
    open_tickets: list[Ticket] = strawberry.field(
        resolver=_open_tickets,
        graphql_type=list[Ticket],
        description="Up to 20 open tickets that the client has, or the manager holds.",
    )
    last_tickets: list[Ticket] = strawberry.field(
        resolver=_last_tickets,
        graphql_type=list[Ticket],
        description="Their tickets, open and closed, the newest first.",
    )


@strawberry.type
class MeQueries:
    """Questions about the caller."""

    @strawberry.field(graphql_type=Me)
    async def me(self, info: Info, min_position: BigInt | None = None) -> Caller:
        """Who asks, as the server sees them."""
        await info.context.wait_for(min_position)
        return Caller(info.context)
