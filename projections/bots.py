"""Bots: which Telegram bot works for which company."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.workspaces import Workspace
from projections.projection import Fold, Rows, Table


class BotRow(NamedTuple):
    """A Telegram bot and the workspace that it works for."""

    bot_id: int
    workspace_id: UUID
    role: str
    username: str


@dataclass(slots=True)
class StoredBot:
    """What the table of bots keeps; `position` is of the event that connected it."""

    workspace_id: UUID
    bot_id: int
    role: str
    username: str
    position: int


BOTS = Table("bots", StoredBot, ("workspace_id", "bot_id"), ("(bot_id, position)",))

fold = Fold()


@fold.on(Workspace.BotConnected)
def _bot_connected(recorded: Recorded, event: Workspace.BotConnected, rows: Rows) -> None:
    place = (event.workspace_id, event.bot_id)
    rows.put(BOTS, StoredBot(*place, event.role, event.username, recorded.position))


@fold.on(Workspace.BotDisconnected)
def _bot_disconnected(_: Recorded, event: Workspace.BotDisconnected, rows: Rows) -> None:
    rows.drop(BOTS, event.workspace_id, event.bot_id)
