"""Moves: when a company works elsewhere in Telegram, its open tickets go along."""

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override

from application.policy import Consequence, Policy
from application.ports import Past
from application.threads import ReplanThread
from domain.events import Recorded
from domain.threads import Thread, thread_of
from domain.workspaces import Workspace

MOVING = (Workspace.ChannelLinked, Workspace.GroupLinked, Workspace.GroupMigrated)


class Moves(Policy):
    """Open tickets that stand in another group get a new place in the present one."""

    name: ClassVar[str] = "moves"

    @override
    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        if not isinstance(happened.event, MOVING):
            return ()
        workspace = await past.get(Workspace, happened.event.workspace_id)
        if workspace is None:
            return ()
        threads = [await past.get(Thread, thread_of(id)) for id in await past.open_tickets()]
        return [
            ReplanThread(
                **self.follow(happened, n),
                ticket_id=thread.ticket_id,
                surface=workspace.surface,
                turn=thread.turn,
                reason="the company works elsewhere now",
            )
            for n, thread in enumerate(threads, 1)
            if thread is not None and _is_elsewhere(thread, workspace)
        ]


def _is_elsewhere(thread: Thread, workspace: Workspace) -> bool:
    there = (thread.surface, thread.channel_id, thread.group_id or workspace.group_id)
    return there != (workspace.surface, workspace.channel_id, workspace.group_id)
