# pyright: reportAssignmentType=false
# a field shows rows of a read model as its type of the API
"""The workspace: what the company has set up, and the orders that set it up."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

import strawberry

from application.desk import NotFound
from application.workspaces import DefineTopics, StartDesk, StopDesk
from interfaces.graphql.bounds import line
from interfaces.graphql.context import Context, Info
from interfaces.graphql.lacks import LackRow, Readiness, told
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload
from interfaces.graphql.refusals import BadText
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.settings import Settings
from interfaces.graphql.staff import Role
from interfaces.graphql.surfaces import Surface
from projections.workspaces import WorkspaceRow

TOPIC, TOPICS, LED = 64, 50, 20


@strawberry.enum
class BotRole(StrEnum):
    """Whom a bot talks to."""

    CLIENT = "client"
    MANAGER = "manager"
    EXECUTOR = "executor"


@strawberry.type
class ExecutorsChat:
    """A group where orders for executors are shown."""

    chat_id: BigInt
    title: str


@strawberry.type
class Bot:
    """A Telegram bot that works for the company."""

    bot_id: BigInt = strawberry.field(name="id")
    role: BotRole
    username: str


async def _readiness(row: strawberry.Parent[WorkspaceRow]) -> list[LackRow]:
    return told(row.lacks, row.hindrances)


async def _open_now(info: Info, row: strawberry.Parent[WorkspaceRow]) -> bool:
    return row.rules.is_open(info.context.parts.now())


async def _next_opening(info: Info, row: strawberry.Parent[WorkspaceRow]) -> datetime | None:
    return row.rules.next_opening(info.context.parts.now())


@strawberry.type
class Workspace:
    """One company and what it has set up."""

    workspace_id: strawberry.ID = strawberry.field(name="id")
    name: str
    language: str
    running: bool
    lacks: list[str] = strawberry.field(
        name="missing",
        description="Deprecated, ask for `readiness`: what the desk lacks, by its code.",
    )
    readiness: list[Readiness] = strawberry.field(
        resolver=_readiness,
        graphql_type=list[Readiness],
        description="What the desk lacks before it can start or go on, and what to do about it.",
    )
    open_now: bool = strawberry.field(
        resolver=_open_now, description="Whether somebody is there for clients now."
    )
    next_opening: datetime | None = strawberry.field(
        resolver=_next_opening,
        description="When somebody is there again, in the company's zone; null: always, or never.",
    )
    rules: Settings = strawberry.field(name="settings")
    surface: Surface
    channel_id: BigInt | None
    group_id: BigInt | None
    topics: list[str]
    bots: list[Bot]
    executors_chats: list[ExecutorsChat] = strawberry.field(
        description="The groups where orders for executors are shown, the main one first."
    )


class MembershipRow(NamedTuple):
    """A company and who the caller is there."""

    workspace_id: UUID
    name: str
    role: str
    running: bool


@strawberry.type
class Membership:
    """A company that the caller leads, and as what."""

    workspace_id: strawberry.ID
    name: str
    role: Role
    running: bool


@strawberry.input
class DefineTopicsInput(CommandInput):
    """Offer clients these topics, in this order."""

    topics: list[str]


@strawberry.input
class StartDeskInput(CommandInput):
    """Take tickets from now on."""


@strawberry.input
class StopDeskInput(CommandInput):
    """Take no tickets until the desk is started again."""


async def workspace_of(context: Context) -> WorkspaceRow:
    """The company whose key it is; raises NotFound."""
    model = context.models.workspaces
    found = await context.found(model, lambda: model.one(context.workspace_id))
    if found is None:
        raise NotFound
    return found


@strawberry.type
class WorkspaceQueries:
    """Questions about the company."""

    @strawberry.field(graphql_type=Workspace)
    async def workspace(self, info: Info, min_position: BigInt | None = None) -> WorkspaceRow:
        """The company whose key it is."""
        context = info.context
        await context.wait_for(min_position)
        return await workspace_of(context)

    @strawberry.field(graphql_type=list[Membership])
    async def my_workspaces(
        self, info: Info, min_position: BigInt | None = None
    ) -> list[MembershipRow]:
        """The companies that the caller leads, in the order of joining; the first 20."""
        context, models = info.context, info.context.models
        await context.wait_for(min_position)
        led = (await models.roster.workspaces_of(context.principal.telegram_id or 0))[:LED]
        found = await models.workspaces.many([one.workspace_id for one in led])
        known = {row.workspace_id: row for row in found}
        return [
            MembershipRow(row.workspace_id, row.name, _leading(one.roles), row.running)
            for one in led
            if (row := known.get(one.workspace_id))
        ]


def _leading(roles: list[str]) -> str:
    return next(role.value for role in Role if role.value in roles)


@strawberry.type
class WorkspaceMutations:
    """What an admin sets up."""

    @strawberry.mutation
    async def define_topics(self, info: Info, input: DefineTopicsInput) -> CommandPayload:
        """Offer clients these topics, in this order."""
        order = info.context.order(input.command_id)
        topics = tuple(line(topic, "a topic", TOPIC, least=1) for topic in input.topics)
        if len(topics) > TOPICS or len(set(topics)) < len(topics):
            raise BadText(f"topics are up to {TOPICS}, each once")
        return payload(await info.context.execute(DefineTopics(**order, topics=topics)))

    @strawberry.mutation
    async def start_desk(self, info: Info, input: StartDeskInput) -> CommandPayload:
        """Take tickets from now on."""
        command = StartDesk(**info.context.order(input.command_id))
        return payload(await info.context.execute(command))

    @strawberry.mutation
    async def stop_desk(self, info: Info, input: StopDeskInput) -> CommandPayload:
        """Take no tickets until the desk is started again."""
        command = StopDesk(**info.context.order(input.command_id))
        return payload(await info.context.execute(command))
