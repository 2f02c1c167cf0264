"""Workspaces: what each company has set up, and which bot works for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.readiness import Lack
from domain.surfaces import Surface
from domain.workspaces import BotRole, Workspace
from projections import rules
from projections.projection import Fold, Key, ReadModel, Rows, Table
from projections.rules import RulesRow


class BotRow(NamedTuple):
    """A Telegram bot and the workspace that it works for."""

    bot_id: int
    workspace_id: UUID
    role: str
    username: str


class WorkspaceRow(NamedTuple):
    """One company and what it has set up; `found_lacking` is what somebody found in Telegram."""

    workspace_id: UUID
    name: str
    language: str
    running: bool
    surface: str
    channel_id: int | None
    group_id: int | None
    topics: list[str]
    found_lacking: list[str]
    founded_at: datetime
    bots: list[BotRow]
    rules: RulesRow

    @property
    def lacks(self) -> list[str]:
        """What the desk needs to start: what is not set up, else what was found broken."""
        roles = {bot.role for bot in self.bots}
        needed = {
            Lack.CLIENT_BOT: BotRole.CLIENT in roles,
            Lack.MANAGER_BOT: BotRole.MANAGER in roles,
            Lack.CHANNEL: self.group_id is not None,
        }
        return [lack.value for lack, there in needed.items() if not there] or self.found_lacking


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
    surface: str
    lacks: list[str]


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

fold = Fold(rules.fold)


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
        StoredWorkspace(
            *place,
            running=False,
            channel_id=None,
            group_id=None,
            topics=[],
            surface=Surface.CHANNEL.value,
            lacks=[],
        ),
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
    workspace.surface, workspace.lacks = Surface.CHANNEL.value, []


@fold.on(Workspace.GroupLinked, reads=[(WORKSPACES, _key)])
def _group_linked(_: Recorded, event: Workspace.GroupLinked, rows: Rows) -> None:
    workspace = _change(event, rows)
    workspace.channel_id, workspace.group_id = None, event.group_id
    workspace.surface, workspace.lacks = event.surface, []


@fold.on(Workspace.GroupMigrated, reads=[(WORKSPACES, _key)])
def _group_migrated(_: Recorded, event: Workspace.GroupMigrated, rows: Rows) -> None:
    _change(event, rows).group_id = event.to_id


@fold.on(Workspace.ReadinessChecked, reads=[(WORKSPACES, _key)])
def _readiness_checked(_: Recorded, event: Workspace.ReadinessChecked, rows: Rows) -> None:
    _change(event, rows).lacks = event.lacks


@fold.on(Workspace.LanguageChanged, reads=[(WORKSPACES, _key)])
def _language_changed(_: Recorded, event: Workspace.LanguageChanged, rows: Rows) -> None:
    _change(event, rows).language = event.language


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
    version = 2
    tables = (WORKSPACES, BOTS, rules.RULES)
    fold = fold

    async def one(self, workspace_id: UUID) -> WorkspaceRow | None:
        """The workspace with its bots and rules."""
        return next(iter(await self.many([workspace_id])), None)

    async def many(self, workspace_ids: Sequence[UUID]) -> list[WorkspaceRow]:
        """Those of the workspaces that there are, in any order; of a caller who may know them."""
        found = await self._ask(
            WorkspaceRow,
            """SELECT workspace_id, name, language, running, surface, channel_id, group_id, topics,
                      lacks, founded_at, '[]'::jsonb, '{}'::jsonb
                 FROM read.workspaces WHERE workspace_id = ANY(%(ids)s)""",
            ids=list(workspace_ids),
        )
        bots = await self._ask(
            BotRow,
            """SELECT bot_id, workspace_id, role, username FROM read.bots
                WHERE workspace_id = ANY(%(ids)s) ORDER BY role, bot_id""",
            ids=list(workspace_ids),
        )
        rules = await self._ask(
            RulesRow,
            """SELECT workspace_id, zone, week, first_reaction, closing, texts, report_every,
                      report_at, presence, silence, answer, routing, reopen_within,
                      reopen_by_reply, signing
                 FROM read.workspace_rules WHERE workspace_id = ANY(%(ids)s)""",
            ids=list(workspace_ids),
        )
        own = {row.workspace_id: row for row in rules}
        return [
            one._replace(
                bots=[bot for bot in bots if bot.workspace_id == one.workspace_id],
                rules=own.get(one.workspace_id) or RulesRow.usual(one.workspace_id),
            )
            for one in found
        ]

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
