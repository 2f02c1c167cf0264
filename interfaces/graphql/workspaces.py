"""The workspace: what the company has set up, and the orders that set it up."""

from enum import StrEnum

import strawberry

from application.desk import NotFound
from application.workspaces import DefineTopics, LinkChannel, StartDesk, StopDesk
from interfaces.graphql.bounds import line
from interfaces.graphql.context import Context, Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload
from interfaces.graphql.refusals import BadText
from interfaces.graphql.scalars import BigInt
from projections.workspaces import WorkspaceRow

TOPIC, TOPICS = 64, 50


@strawberry.enum
class BotRole(StrEnum):
    """Whom a bot talks to."""

    CLIENT = "client"
    MANAGER = "manager"


@strawberry.type
class Bot:
    """A Telegram bot that works for the company."""

    bot_id: BigInt = strawberry.field(name="id")
    role: BotRole
    username: str


async def _missing(row: strawberry.Parent[WorkspaceRow]) -> list[str]:
    roles = {bot.role for bot in row.bots}
    there = {
        "client_bot": BotRole.CLIENT in roles,
        "manager_bot": BotRole.MANAGER in roles,
        "channel": row.channel_id is not None,
    }
    return [name for name, present in there.items() if not present]


@strawberry.type
class Workspace:
    """One company and what it has set up."""

    workspace_id: strawberry.ID = strawberry.field(name="id")
    name: str
    language: str
    running: bool
    missing: list[str] = strawberry.field(
        resolver=_missing,
        description="What the desk needs to start: client_bot, manager_bot, channel.",
    )
    channel_id: BigInt | None
    group_id: BigInt | None
    topics: list[str]
    bots: list[Bot]


@strawberry.input
class LinkChannelInput(CommandInput):
    """Post tickets to this channel; its linked group holds the comments."""

    channel_id: BigInt
    group_id: BigInt


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


@strawberry.type
class WorkspaceMutations:
    """What an admin sets up."""

    @strawberry.mutation
    async def link_channel(self, info: Info, input: LinkChannelInput) -> CommandPayload:
        """Post tickets to this channel; its linked group holds the comments."""
        order = info.context.order(input.command_id)
        command = LinkChannel(**order, channel_id=input.channel_id, group_id=input.group_id)
        return payload(await info.context.execute(command))

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
