"""Readiness: looking in Telegram at what a desk lacks."""

import strawberry

from application.workspaces import CheckReadiness
from interfaces.graphql.bots import TELEGRAM_UNREACHABLE, Premises
from interfaces.graphql.context import Info
from interfaces.graphql.lacks import Lack
from interfaces.graphql.payloads import CommandInput, CommandPayload, reached
from interfaces.graphql.principals import Who
from interfaces.graphql.workspaces import workspace_of


@strawberry.input
class CheckReadinessInput(CommandInput):
    """Look in Telegram at what the desk lacks."""


@strawberry.type
class CheckReadinessPayload(CommandPayload):
    """What the desk lacks; when nobody could look, only that, and nothing is recorded."""

    lacks: list[Lack]


@strawberry.type
class ReadinessMutations:
    """Whether a desk can work."""

    @strawberry.mutation
    async def check_readiness(
        self, info: Info, input: CheckReadinessInput
    ) -> CheckReadinessPayload:
        """Look in Telegram at the company's bots, channel and group, and record what is missing."""
        context = info.context
        order = context.order(input.command_id)
        if context.principal.who is Who.MANAGER:
            context.require_leader()
        await context.caught_up(context.models.workspaces)
        row = await workspace_of(context)
        chats = tuple(chat_id for chat_id, _ in row.executors)
        premises = Premises(row.workspace_id, row.surface, row.channel_id, row.group_id, chats)
        lacks = await context.parts.inspector.inspect(premises)
        if TELEGRAM_UNREACHABLE in lacks:
            return CheckReadinessPayload(
                position=None, replayed=False, lacks=[Lack.TELEGRAM_UNREACHABLE]
            )
        if lacks == row.lacks:
            return CheckReadinessPayload(
                position=None, replayed=False, lacks=[Lack(lack) for lack in lacks]
            )
        command = CheckReadiness(
            **order, lacks=tuple(lacks), channel_id=row.channel_id, group_id=row.group_id
        )
        done = await context.execute(command)
        await context.caught_up(context.models.workspaces)  # with what others found meanwhile
        return CheckReadinessPayload(
            position=reached(done),
            replayed=done.replayed,
            lacks=[Lack(lack) for lack in lacks],
        )
