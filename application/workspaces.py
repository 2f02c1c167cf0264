"""What can be done about a workspace: its bots, its channel, its topics, its running."""

from dataclasses import dataclass, field
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Command, Draft
from domain.bots import BotRole
from domain.surfaces import Surface
from domain.workspaces import Workspace, WorkspaceExists


@dataclass(frozen=True, kw_only=True)
class WorkspaceCommand(Command):
    """An order about the workspace itself."""

    @property
    @override
    def subject(self) -> UUID:
        return self.workspace_id

    async def workspace(self, draft: Draft) -> Workspace:
        """The workspace that the order is about."""
        return await draft.get(Workspace, self.workspace_id)


@dataclass(frozen=True, kw_only=True)
class FoundWorkspace(WorkspaceCommand):
    """Begin a company's use of Ledgerdesk."""

    name: str
    language: str = "ru"

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        if await draft.find(Workspace, self.workspace_id) is not None:
            raise WorkspaceExists
        draft.add(
            Workspace(
                id=self.workspace_id,
                workspace_id=self.workspace_id,
                timestamp=draft.at,
                name=self.name,
                language=self.language,
            )
        )
        return {}


@dataclass(frozen=True, kw_only=True)
class ConnectBot(WorkspaceCommand):
    """Let a Telegram bot work for the company; its token is kept elsewhere, sealed."""

    bot_id: int
    role: BotRole
    username: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.workspace(draft)).connect_bot(self.bot_id, self.role, self.username)
        return {}


@dataclass(frozen=True, kw_only=True)
class DisconnectBot(WorkspaceCommand):
    """End the work of a bot."""

    bot_id: int

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.workspace(draft)).disconnect_bot(self.bot_id)
        return {}


@dataclass(frozen=True, kw_only=True)
class LinkChannel(WorkspaceCommand):
    """Post tickets to this channel; its linked group holds the comments."""

    channel_id: int
    group_id: int

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.workspace(draft)).link_channel(self.channel_id, self.group_id)
        return {}


@dataclass(frozen=True, kw_only=True)
class LinkGroup(WorkspaceCommand):
    """Let tickets stand in this group, without a channel."""

    group_id: int
    surface: Surface

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.workspace(draft)).link_group(self.group_id, self.surface)
        return {}


@dataclass(frozen=True, kw_only=True)
class MigrateGroup(WorkspaceCommand):
    """Follow the group to the id that Telegram has given it."""

    from_id: int
    to_id: int

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.workspace(draft)).migrate_group(self.from_id, self.to_id)
        return {}


@dataclass(frozen=True, kw_only=True)
class LinkExecutorsChat(WorkspaceCommand):
    """Show orders for executors in this group too."""

    chat_id: int
    title: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.workspace(draft)).link_executors_chat(self.chat_id, self.title)
        return {}


@dataclass(frozen=True, kw_only=True)
class UnlinkExecutorsChat(WorkspaceCommand):
    """Show no more orders in this group."""

    chat_id: int

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.workspace(draft)).unlink_executors_chat(self.chat_id)
        return {}


@dataclass(frozen=True, kw_only=True)
class CheckReadiness(WorkspaceCommand):
    """Know what was found missing in Telegram; a retry may have found something else.

    `channel_id` and `group_id` are what was looked at.
    """

    lacks: tuple[str, ...] = field(metadata={"incidental": True})
    channel_id: int | None = field(metadata={"incidental": True})
    group_id: int | None = field(metadata={"incidental": True})

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        workspace = await self.workspace(draft)
        workspace.check_readiness(list(self.lacks), self.channel_id, self.group_id)
        return {}


@dataclass(frozen=True, kw_only=True)
class ChangeLanguage(WorkspaceCommand):
    """Write to the staff's chats in this language."""

    language: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.workspace(draft)).change_language(self.language)
        return {}


@dataclass(frozen=True, kw_only=True)
class DefineTopics(WorkspaceCommand):
    """Offer clients these topics, in this order."""

    topics: tuple[str, ...]

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.workspace(draft)).define_topics(list(self.topics))
        return {}


@dataclass(frozen=True, kw_only=True)
class StartDesk(WorkspaceCommand):
    """Take tickets from now on."""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.workspace(draft)).start()
        return {}


@dataclass(frozen=True, kw_only=True)
class StopDesk(WorkspaceCommand):
    """Take no tickets until the desk is started again."""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.workspace(draft)).stop()
        return {}
