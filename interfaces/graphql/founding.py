"""Founding: a company's first steps, where secrets are given out or taken in."""

import re
from uuid import UUID, uuid5

import strawberry

from application.desk import Refused
from application.staff import JoinStaff, Role
from application.workspaces import BotRole as WorkspaceBotRole
from application.workspaces import ConnectBot, DisconnectBot, FoundWorkspace
from interfaces.graphql.bounds import line, said, some_uuid
from interfaces.graphql.context import Context, Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload, reached
from interfaces.graphql.refusals import BadToken, Declined
from interfaces.graphql.scalars import BigInt
from interfaces.graphql.staff import username_of
from interfaces.graphql.workspaces import BotRole

WORKSPACES = UUID("5a1b6c3e-6a8f-4b0e-9f0f-9d4f2f6f7c11")  # names ids that the server chooses
NAME, LANGUAGE = 200, 35
FOUNDED = 5  # companies of one Telegram account
TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,100}")


class TooManyWorkspaces(Declined):
    """You lead five companies here already; one account may lead no more."""


@strawberry.input
class FoundWorkspaceInput(CommandInput):
    """Begin a company's use of Ledgerdesk; without `workspaceId` the server chooses one.

    A founder becomes its owner, under the name and login that Telegram shows.
    """

    workspace_id: strawberry.ID | None = None
    name: str
    language: str = "ru"
    owner_name: str | None = None
    owner_username: str | None = None


@strawberry.input
class ConnectBotInput(CommandInput):
    """Let a Telegram bot work for the company; for a working bot this renews the token."""

    token: str
    role: BotRole


@strawberry.input
class DisconnectBotInput(CommandInput):
    """End the work of a bot; its keys stop to work."""

    bot_id: BigInt


@strawberry.type
class FoundWorkspacePayload(CommandPayload):
    """The new company, and the key with which an operator's admin goes on; founders need none."""

    workspace_id: strawberry.ID
    admin_key: str | None


@strawberry.type
class ConnectBotPayload(CommandPayload):
    """The bot as Telegram knows it."""

    bot_id: BigInt
    username: str


@strawberry.type
class FoundingMutations:
    """What gives out or takes in secrets."""

    @strawberry.mutation
    async def found_workspace(
        self, info: Info, input: FoundWorkspaceInput
    ) -> FoundWorkspacePayload:
        """Begin a company's use of Ledgerdesk."""
        context = info.context
        chosen = some_uuid(input.workspace_id)
        workspace_id = chosen or uuid5(WORKSPACES, input.command_id)
        command = FoundWorkspace(
            **context.order(input.command_id, workspace_id),
            name=line(input.name, "name", NAME, least=1),
            language=line(input.language, "language", LANGUAGE, least=1),
        )
        founder, key = context.principal.telegram_id, None
        if founder is not None:
            await _may_found(context, founder, workspace_id)
        done = await context.execute(command)
        if founder is not None:
            done = await context.execute(_ownership(context, founder, workspace_id, input))
        else:
            key = await context.parts.keys.admin(workspace_id, input.command_id)
        return FoundWorkspacePayload(
            position=reached(done),
            replayed=done.replayed,
            workspace_id=strawberry.ID(str(workspace_id)),
            admin_key=key,
        )

    @strawberry.mutation
    async def connect_bot(self, info: Info, input: ConnectBotInput) -> ConnectBotPayload:
        """Let a Telegram bot work for the company; its token is kept sealed."""
        context, office = info.context, info.context.parts.bots
        order = context.order(input.command_id)
        token = input.token.strip()
        known = await office.introduce(token) if TOKEN.fullmatch(token) else None
        if known is None:
            raise BadToken
        workspace_id, (bot_id, username) = context.workspace_id, known
        role = WorkspaceBotRole(input.role.value)
        command = ConnectBot(**order, bot_id=bot_id, role=role, username=username)
        async with context.parts.turns.of_bot(bot_id):
            await office.reserve(workspace_id, bot_id, input.role, username, token)
            try:
                done = await context.execute(command)
            except Refused:
                await _follow_the_log(context, bot_id)
                raise
            await _follow_the_log(context, bot_id)
        return ConnectBotPayload(
            position=reached(done),
            replayed=done.replayed,
            bot_id=BigInt(bot_id),
            username=username,
        )

    @strawberry.mutation
    async def disconnect_bot(self, info: Info, input: DisconnectBotInput) -> CommandPayload:
        """End the work of a bot."""
        context = info.context
        order = context.order(input.command_id)
        async with context.parts.turns.of_bot(input.bot_id):
            done = await context.execute(DisconnectBot(**order, bot_id=input.bot_id))
            await _follow_the_log(context, input.bot_id)
        return payload(done)


async def _may_found(context: Context, telegram_id: int, workspace_id: UUID) -> None:
    """Refuse whoever leads as many companies as may be, unless it is a repeat."""
    roster = context.models.roster
    await context.caught_up(roster)
    led = {one.workspace_id for one in await roster.workspaces_of(telegram_id)}
    if len(led - {workspace_id}) >= FOUNDED:
        raise TooManyWorkspaces


def _ownership(
    context: Context, telegram_id: int, workspace_id: UUID, input: FoundWorkspaceInput
) -> JoinStaff:
    """The founder becomes the first of the staff, with every role."""
    name = said(input.owner_name or input.name, "ownerName", NAME)
    return JoinStaff(
        **context.order(f"owner:{workspace_id}", workspace_id),
        person_id=uuid5(workspace_id, "owner"),
        name=name,
        roles=(Role.OWNER, Role.ADMIN, Role.MANAGER),
        telegram_id=telegram_id,
        username=username_of(input.owner_username),
    )


async def _follow_the_log(context: Context, bot_id: int) -> None:
    """Let a bot's secrets be as the log has the company now, whatever the order was.

    So a late retry of an order that others have overtaken changes nothing.
    """
    office, id = context.parts.bots, context.workspace_id
    company = await context.parts.past(id, id, None, None)
    if company is not None and bot_id in company.data["bots"].values():
        await office.connect(id, bot_id)
    else:
        await office.disconnect(id, bot_id)
