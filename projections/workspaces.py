"""Workspaces: what each company has set up, and which bot works for whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.workspaces import Workspace
from projections.projection import Fold, Key, ReadModel, Rows, Table


class BotRow(NamedTuple):
    """A Telegram bot and the workspace that it works for."""

    bot_id: int
    workspace_id: UUID
    role: str
    username: str


class WorkspaceRow(NamedTuple):
    """One company and what it has set up."""

    workspace_id: UUID
    name: str
    language: str
    running: bool
    channel_id: int | None
    group_id: int | None
    topics: list[str]
    founded_at: datetime
    bots: list[BotRow]


@dataclass(slots=True)
class StoredWorkspace:
    """What the table of workspaces keeps."""

    workspace_id: UUID
    name: str
    language: str
    founded_at: datetime
    running: bool
    channel_id: int | None
    group_id: int | None
    topics: list[str]


@dataclass(slots=True)
class StoredBot:
    """What the table of bots keeps; `position` is of the event that connected it."""

    workspace_id: UUID
    bot_id: int
    role: str
    username: str
    position: int


WORKSPACES = Table("workspaces", StoredWorkspace, ("workspace_id",))
BOTS = Table("bots", StoredBot, ("workspace_id", "bot_id"), ("(bot_id, position)",))

fold = Fold()


def _key(event: Workspace.Event) -> Key:
    return (event.workspace_id,)


def _change(event: Workspace.Event, rows: Rows) -> StoredWorkspace:
    workspace = rows.change(WORKSPACES, event.workspace_id)
    if workspace is None:
        raise LookupError(f"the workspace {event.workspace_id} was never founded")
    return workspace


@fold.on(Workspace.Founded)
def _founded(_: Recorded, event: Workspace.Founded, rows: Rows) -> None:
    place = (event.workspace_id, event.name, event.language, event.timestamp)
    rows.put(
        WORKSPACES,
        StoredWorkspace(*place, running=False, channel_id=None, group_id=None, topics=[]),
    )


@fold.on(Workspace.BotConnected)
def _bot_connected(recorded: Recorded, event: Workspace.BotConnected, rows: Rows) -> None:
    place = (event.workspace_id, event.bot_id)
    rows.put(BOTS, StoredBot(*place, event.role, event.username, recorded.position))


@fold.on(Workspace.BotDisconnected)
def _bot_disconnected(_: Recorded, event: Workspace.BotDisconnected, rows: Rows) -> None:
    rows.drop(BOTS, event.workspace_id, event.bot_id)


@fold.on(Workspace.ChannelLinked, reads=[(WORKSPACES, _key)])
def _channel_linked(_: Recorded, event: Workspace.ChannelLinked, rows: Rows) -> None:
    workspace = _change(event, rows)
    workspace.channel_id, workspace.group_id = event.channel_id, event.group_id


@fold.on(Workspace.TopicsDefined, reads=[(WORKSPACES, _key)])
def _topics_defined(_: Recorded, event: Workspace.TopicsDefined, rows: Rows) -> None:
    _change(event, rows).topics = event.topics


@fold.on(Workspace.Started, reads=[(WORKSPACES, _key)])
def _started(_: Recorded, event: Workspace.Started, rows: Rows) -> None:
    _change(event, rows).running = True


@fold.on(Workspace.Stopped, reads=[(WORKSPACES, _key)])
def _stopped(_: Recorded, event: Workspace.Stopped, rows: Rows) -> None:
    _change(event, rows).running = False


class Workspaces(ReadModel):
    """Every workspace and its bots."""

    name = "workspaces"
    version = 1
    tables = (WORKSPACES, BOTS)
    fold = fold

    async def one(self, workspace_id: UUID) -> WorkspaceRow | None:
        """The workspace with its bots."""
        found = await self._ask_one(
            WorkspaceRow,
            """SELECT workspace_id, name, language, running, channel_id, group_id, topics,
                      founded_at, '[]'::jsonb
                 FROM read.workspaces WHERE workspace_id = %(workspace_id)s""",
            workspace_id=workspace_id,
        )
        if found is None:
            return None
        bots = await self._ask(
            BotRow,
            """SELECT bot_id, workspace_id, role, username FROM read.bots
                WHERE workspace_id = %(workspace_id)s ORDER BY role, bot_id""",
            workspace_id=workspace_id,
        )
        return found._replace(bots=bots)

    async def bots(self) -> list[BotRow]:
        """The bots of all workspaces, for the gateway that runs them; nobody else may ask."""
        return await self._ask(
            BotRow,
            """SELECT DISTINCT ON (bot_id) bot_id, workspace_id, role, username
                 FROM read.bots ORDER BY bot_id, position DESC""",
        )

    async def by_bot(self, bot_id: int) -> BotRow | None:
        """For whom a bot works: the workspace that connected it last."""
        return await self._ask_one(
            BotRow,
            """SELECT bot_id, workspace_id, role, username FROM read.bots
                WHERE bot_id = %(bot_id)s ORDER BY position DESC LIMIT 1""",
            bot_id=bot_id,
        )
