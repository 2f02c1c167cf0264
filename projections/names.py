"""How clients are called now: a read model that shows names keeps its own copy of them."""

from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from domain.clients import Client
from domain.events import Recorded
from projections.projection import Fold, Rows, Table


@dataclass(slots=True)
class StoredName:
    """What a table of names keeps."""

    workspace_id: UUID
    client_id: UUID
    name: str
    username: str | None = None


def names(table: LiteralString) -> Table[StoredName]:
    """A table of clients' names."""
    return Table(table, StoredName, ("workspace_id", "client_id"))


def naming(table: Table[StoredName]) -> Fold:
    """The part of a fold that keeps such a table."""
    fold = Fold()

    @fold.on(Client.Registered, Client.Renamed)
    def named(_: Recorded, event: Client.Registered | Client.Renamed, rows: Rows) -> None:
        place = (event.workspace_id, event.originator_id)
        rows.put(table, StoredName(*place, event.name, event.username))

    _ = named
    return fold
