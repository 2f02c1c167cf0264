"""What becomes known of a ticket's thread in Telegram."""

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import override

from application.desk import Answer, Command, Draft
from domain.messages import Place
from domain.surfaces import Surface
from domain.threads import GroupIsForeign, Thread, thread_of
from domain.workspaces import Workspace


@dataclass(frozen=True, kw_only=True)
class ThreadCommand(Command):
    """An order about the thread of one ticket."""

    ticket_id: UUID

    @property
    @override
    def subject(self) -> UUID:
        return thread_of(self.ticket_id)

    async def thread(self, draft: Draft) -> Thread:
        """The thread that the order is about."""
        return await draft.get(Thread, self.subject)


@dataclass(frozen=True, kw_only=True)
class ConfirmPost(ThreadCommand):
    """Know the ticket's post in the channel."""

    channel_id: int
    post_id: int

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        workspace = await draft.look(Workspace, self.workspace_id)
        if workspace.channel_id != self.channel_id:
            raise GroupIsForeign
        (await self.thread(draft)).post(self.channel_id, self.post_id)
        return {}


@dataclass(frozen=True, kw_only=True)
class OpenThread(ThreadCommand):
    """Know where the ticket is discussed."""

    group_id: int
    root_id: int
    post_id: int | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        workspace = await draft.look(Workspace, self.workspace_id)
        if workspace.group_id != self.group_id:
            raise GroupIsForeign
        (await self.thread(draft)).open(self.group_id, self.root_id, self.post_id)
        return {}


@dataclass(frozen=True, kw_only=True)
class MissThread(ThreadCommand):
    """Give up waiting for the discussion, if it has not appeared."""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.thread(draft)).miss()
        return {}


@dataclass(frozen=True, kw_only=True)
class ShowCard(ThreadCommand):
    """Know where the ticket's buttons are."""

    place: Place

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.thread(draft)).show_card(self.place)
        return {}


@dataclass(frozen=True, kw_only=True)
class ReplanThread(ThreadCommand):
    """Give the ticket another place: the company has moved, or the old place is gone."""

    surface: Surface
    turn: int
    reason: str = ""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await self.thread(draft)).replan(self.surface, self.reason, self.turn)
        return {}


@dataclass(frozen=True, kw_only=True)
class LoseThread(ThreadCommand):
    """Know that the topic of a ticket is gone from its forum; it gets another."""

    root_id: int

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        thread = await self.thread(draft)
        if thread.root_id == self.root_id:
            thread.replan(thread.surface, "the topic was deleted", thread.turn)
        return {}
