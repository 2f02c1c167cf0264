"""Workspaces: what each company has set up, and which bot works for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.readiness import hinders, lacking
from domain.surfaces import Surface
from domain.workspaces import Workspace
from projections import bots, rules
from projections.bots import BotRow
from projections.projection import Fold, Key, ReadModel, Rows, Table
from projections.rules import RulesRow


class ExecutorsChatRow(NamedTuple):
    """A group where orders for executors are shown."""

    chat_id: int
    title: str


class WorkspaceRow(NamedTuple):
    """One company and what it has set up; `found_lacking` is what somebody found in Telegram.

    `executors` are the groups where orders are shown: ids and titles, the main one first.
    """

    workspace_id: UUID
    name: str
    language: str
    running: bool
    surface: str
    channel_id: int | None
    group_id: int | None
    topics: list[str]
    executors: list[tuple[int, str]]
    found_lacking: list[str]
    founded_at: datetime
    bots: list[BotRow]
    rules: RulesRow

    @property
    def lacks(self) -> list[str]:
        """What the desk lacks: what is not set up, and what was found broken."""
        roles, chats = {bot.role for bot in self.bots}, [id for id, _ in self.executors]
        return lacking(roles, self.group_id, chats, self.found_lacking)

    @property
    def hindrances(self) -> list[str]:
        """What of it keeps the desk from starting."""
        return [lack for lack in self.lacks if hinders([lack])]

    @property
    def executors_chats(self) -> list[ExecutorsChatRow]:
        """The groups where orders are shown, the main one first."""
        return [ExecutorsChatRow(*chat) for chat in self.executors]


@dataclass(slots=True)
class StoredWorkspace:
    """What the table of workspaces keeps; `executors` are ids of groups with their titles."""

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
    executors: list[tuple[int, str]]


WORKSPACES = Table("workspaces", StoredWorkspace, ("workspace_id",))

fold = Fold(bots.fold, rules.fold)


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
            executors=[],
        ),
    )


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
    workspace = _change(event, rows)
    if workspace.group_id == event.from_id:
        workspace.group_id = event.to_id
    new = {event.from_id: event.to_id}
    workspace.executors = list({new.get(id, id): told for id, told in workspace.executors}.items())


@fold.on(Workspace.ExecutorsChatLinked, reads=[(WORKSPACES, _key)])
def _executors_chat_linked(_: Recorded, event: Workspace.ExecutorsChatLinked, rows: Rows) -> None:
    workspace = _change(event, rows)
    workspace.executors = list({**dict(workspace.executors), event.chat_id: event.title}.items())


@fold.on(Workspace.ExecutorsChatUnlinked, reads=[(WORKSPACES, _key)])
def _executors_chat_unlinked(
    _: Recorded, event: Workspace.ExecutorsChatUnlinked, rows: Rows
) -> None:
    workspace = _change(event, rows)
    workspace.executors = [chat for chat in workspace.executors if chat[0] != event.chat_id]


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
    version = 3
    tables = (WORKSPACES, bots.BOTS, rules.RULES)
    fold = fold

    async def one(self, workspace_id: UUID) -> WorkspaceRow | None:
        """The workspace with its bots and rules."""
        return next(iter(await self.many([workspace_id])), None)

    async def many(self, workspace_ids: Sequence[UUID]) -> list[WorkspaceRow]:
        """Those of the workspaces that there are, in any order; of a caller who may know them."""
        found = await self._ask(
            WorkspaceRow,
            """SELECT workspace_id, name, language, running, surface, channel_id, group_id, topics,
                      executors, lacks, founded_at, '[]'::jsonb, '{}'::jsonb
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
