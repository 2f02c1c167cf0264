"""Surfaces: where a company's tickets stand, and the groups where orders for executors do."""

from enum import StrEnum

import strawberry

from application.workspaces import (
    LinkChannel,
    LinkExecutorsChat,
    LinkGroup,
    MigrateGroup,
    UnlinkExecutorsChat,
)
from application.workspaces import Surface as TicketSurface
from interfaces.graphql.bots import ChatSeen
from interfaces.graphql.bounds import said
from interfaces.graphql.context import Context, Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload
from interfaces.graphql.refusals import Declined
from interfaces.graphql.scalars import BigInt

TITLE = 255  # characters of a group's title
OLD_FORM = "group"
"""Telegram's type of groups in which each bot counts the messages for itself: none is a desk."""


@strawberry.enum
class Surface(StrEnum):
    """Where tickets stand: posts of a channel with comments, topics of a forum, a plain group."""

    CHANNEL = "channel"
    FORUM = "forum"
    GROUP = "group"


@strawberry.enum
class GroupSurface(StrEnum):
    """How tickets stand in a group: each as a topic, or as a message of its own."""

    FORUM = "forum"
    GROUP = "group"


class ChatUnseen(Declined):
    """The manager bot does not see this chat; make it an administrator there, then try again."""


class NoDiscussion(Declined):
    """The channel has no discussion group; link one in the channel's settings, then try again."""


class NotASupergroup(Declined):
    """Telegram keeps this group in its old form; show new members its history, then try again."""


@strawberry.input
class LinkChannelInput(CommandInput):
    """Post tickets to this channel; its linked group, found in Telegram, holds the comments."""

    channel_id: BigInt
    group_id: BigInt | None = None


@strawberry.input
class LinkGroupInput(CommandInput):
    """Let tickets stand in this group without a channel: in topics if it is a forum."""

    group_id: BigInt
    surface: GroupSurface | None = None


@strawberry.input
class LinkExecutorsChatInput(CommandInput):
    """Show orders for executors in this group too; the one linked first is the main one."""

    chat_id: BigInt
    title: str


@strawberry.input
class UnlinkExecutorsChatInput(CommandInput):
    """Show no more orders in this group."""

    chat_id: BigInt


@strawberry.input
class MigrateGroupInput(CommandInput):
    """Telegram has given the group another id."""

    from_id: BigInt
    to_id: BigInt


@strawberry.type
class SurfaceMutations:
    """Where tickets stand."""

    @strawberry.mutation
    async def link_channel(self, info: Info, input: LinkChannelInput) -> CommandPayload:
        """Post tickets to this channel; its linked group holds the comments."""
        context = info.context
        context.require_leader()
        order, group_id = context.order(input.command_id), input.group_id
        if group_id is None:
            linked_id = (await _seen(context, input.channel_id)).linked_id
            if linked_id is None:
                raise NoDiscussion
            group_id = BigInt(linked_id)
        command = LinkChannel(**order, channel_id=input.channel_id, group_id=group_id)
        return payload(await context.execute(command))

    @strawberry.mutation
    async def link_group(self, info: Info, input: LinkGroupInput) -> CommandPayload:
        """Let tickets stand in this group, as topics or as messages."""
        context = info.context
        context.require_leader()
        order, surface = context.order(input.command_id), input.surface
        if surface is None:
            seen = await _seen(context, input.group_id)
            if seen.kind == OLD_FORM:
                raise NotASupergroup
            surface = GroupSurface.FORUM if seen.is_forum else GroupSurface.GROUP
        command = LinkGroup(**order, group_id=input.group_id, surface=TicketSurface(surface.value))
        return payload(await context.execute(command))

    @strawberry.mutation
    async def link_executors_chat(
        self, info: Info, input: LinkExecutorsChatInput
    ) -> CommandPayload:
        """Show orders for executors in this group too."""
        context = info.context
        await context.identify_leader()
        order, title = context.order(input.command_id), said(input.title, "title", TITLE)
        command = LinkExecutorsChat(**order, chat_id=input.chat_id, title=title)
        return payload(await context.execute(command))

    @strawberry.mutation
    async def unlink_executors_chat(
        self, info: Info, input: UnlinkExecutorsChatInput
    ) -> CommandPayload:
        """Show no more orders in this group."""
        context = info.context
        await context.identify_leader()
        order = context.order(input.command_id)
        command = UnlinkExecutorsChat(**order, chat_id=input.chat_id)
        return payload(await context.execute(command))

    @strawberry.mutation
    async def migrate_group(self, info: Info, input: MigrateGroupInput) -> CommandPayload:
        """Follow the group to the id that Telegram has given it."""
        context = info.context
        order = context.order(input.command_id)
        command = MigrateGroup(**order, from_id=input.from_id, to_id=input.to_id)
        return payload(await context.execute(command))


async def _seen(context: Context, chat_id: int) -> ChatSeen:
    seen = await context.parts.inspector.chat(context.workspace_id, chat_id)
    if seen is None:
        raise ChatUnseen
    return seen
