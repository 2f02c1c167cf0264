# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""Who asks, as the server sees them."""

import strawberry

from interfaces.graphql.clients import Client
from interfaces.graphql.context import Context, Info
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.staff import Person
from interfaces.graphql.tickets import Ticket, TicketStatus
from interfaces.graphql.workspaces import Workspace, workspace_of
from projections.clients import ClientRow
from projections.roster import PersonRow
from projections.tickets import TicketRow
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
    return info.context.person


async def _client(root: strawberry.Parent[Caller]) -> ClientRow | None:
    return await root.client()


async def _workspace(info: Info) -> WorkspaceRow:
    return await workspace_of(info.context)


async def _active_ticket_id(root: strawberry.Parent[Caller]) -> strawberry.ID | None:
    client = await root.client()
    return strawberry.ID(str(client.ticket_id)) if client and client.ticket_id else None


async def _open_tickets(info: Info) -> list[TicketRow]:
    context = info.context
    if context.client_id is None and context.by is None:
        return []
    page = await context.models.tickets.page(
        context.workspace_id,
        status=TicketStatus.OPEN,
        holder_id=context.by,
        client_id=context.client_id,
        first=OWN,
    )
    return page.rows


@strawberry.type
class Me:
    """The caller: a member of the staff or a client, or neither when a key acts for itself."""

    person: Person | None = strawberry.field(resolver=_person, graphql_type=Person | None)
    client: Client | None = strawberry.field(resolver=_client, graphql_type=Client | None)
    workspace: Workspace = strawberry.field(resolver=_workspace, graphql_type=Workspace)
    active_ticket_id: strawberry.ID | None = strawberry.field(
        resolver=_active_ticket_id, description="Where the client's next message goes."
    )
    open_tickets: list[Ticket] = strawberry.field(
        resolver=_open_tickets,
        graphql_type=list[Ticket],
        description="Up to 20 open tickets that the client has, or the manager holds.",
    )


@strawberry.type
class MeQueries:
    """Questions about the caller."""

    @strawberry.field(graphql_type=Me)
    async def me(self, info: Info, min_position: BigInt | None = None) -> Caller:
        """Who asks, as the server sees them."""
        await info.context.wait_for(min_position)
        return Caller(info.context)
