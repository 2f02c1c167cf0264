"""What stands where in Telegram: every message, its copy, and each item of an album, by place."""

from dataclasses import dataclass
from uuid import UUID

from domain.events import Recorded
from domain.messages import Place
from domain.tickets import Ticket
from projections.projection import Fold, Rows, Table


@dataclass(slots=True)
class StoredPlace:
    """What the table of places keeps.

    `piece` is the number of an album's item, from 0; `copied` tells a copy from what its author
    wrote.
    """

    workspace_id: UUID
    chat_id: int
    telegram_id: int
    bot_id: int
    message_id: UUID
    piece: int | None
    copied: bool


PLACES = Table("message_places", StoredPlace, ("workspace_id", "chat_id", "telegram_id", "bot_id"))

fold = Fold()


@fold.on(Ticket.MessageReceived, Ticket.MessageSent, Ticket.NoteAdded)
def _written(
    _: Recorded,
    event: Ticket.MessageReceived | Ticket.MessageSent | Ticket.NoteAdded,
    rows: Rows,
) -> None:
    if event.place is not None:
        pieces = [piece.message_id for piece in event.content.pieces]
        _put(rows, event.workspace_id, event.message_id, event.place, pieces, copied=False)


@fold.on(Ticket.MessageDelivered)
def _delivered(_: Recorded, event: Ticket.MessageDelivered, rows: Rows) -> None:
    place, pieces = event.place, event.pieces or []
    _put(rows, event.workspace_id, event.message_id, place, pieces, copied=True)


def _put(  # noqa: PLR0913 - what a place is told of
    rows: Rows,
    workspace_id: UUID,
    message_id: UUID,
    place: Place,
    pieces: list[int],
    *,
    copied: bool,
) -> None:
    numbered = {place.message_id: None, **{id: n for n, id in enumerate(pieces)}}
    for telegram_id, piece in numbered.items():
        where = (workspace_id, place.chat_id, telegram_id, place.bot_id)
        rows.put(PLACES, StoredPlace(*where, message_id, piece, copied))
