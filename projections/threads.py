"""Where tickets stand in Telegram: the post, the discussion under it, the card with buttons."""

from dataclasses import dataclass
from uuid import UUID

from domain.events import Recorded
from domain.surfaces import Surface
from domain.threads import Thread
from projections.projection import Fold, Rows, Table


@dataclass(slots=True)
class StoredThread:
    """What the table of threads keeps."""

    workspace_id: UUID
    thread_id: UUID
    ticket_id: UUID
    surface: str = Surface.CHANNEL.value
    channel_id: int | None = None
    post_id: int | None = None
    group_id: int | None = None
    root_id: int | None = None
    missed: bool = False
    card_bot_id: int | None = None
    card_chat_id: int | None = None
    card_message_id: int | None = None


THREADS = Table(
    "ticket_threads",
    StoredThread,
    ("workspace_id", "thread_id"),
    (
        "(workspace_id, ticket_id)",
        "(workspace_id, group_id, root_id)",
        "(workspace_id, card_chat_id, card_message_id) WHERE card_message_id IS NOT NULL",
    ),
)

fold = Fold()


def _change(event: Thread.Event, rows: Rows) -> StoredThread:
    thread = rows.change(THREADS, event.workspace_id, event.originator_id)
    if thread is None:
        raise LookupError(f"the thread {event.originator_id} was never planned")
    return thread


@fold.on(Thread.Planned)
def _planned(_: Recorded, event: Thread.Planned, rows: Rows) -> None:
    place = (event.workspace_id, event.originator_id, event.ticket_id)
    rows.put(THREADS, StoredThread(*place, event.surface))


@fold.on(Thread.Replanned, reads=[THREADS])
def _replanned(_: Recorded, event: Thread.Replanned, rows: Rows) -> None:
    place = (event.workspace_id, event.originator_id, _change(event, rows).ticket_id)
    rows.put(THREADS, StoredThread(*place, event.surface))


@fold.on(Thread.Posted, reads=[THREADS])
def _posted(_: Recorded, event: Thread.Posted, rows: Rows) -> None:
    thread = _change(event, rows)
    thread.channel_id, thread.post_id = event.channel_id, event.post_id


@fold.on(Thread.Opened, reads=[THREADS])
def _opened(_: Recorded, event: Thread.Opened, rows: Rows) -> None:
    thread = _change(event, rows)
    thread.group_id, thread.root_id = event.group_id, event.root_id
    thread.post_id = thread.post_id or event.post_id


@fold.on(Thread.Missed, reads=[THREADS])
def _missed(_: Recorded, event: Thread.Missed, rows: Rows) -> None:
    _change(event, rows).missed = True


@fold.on(Thread.CardShown, reads=[THREADS])
def _card_shown(_: Recorded, event: Thread.CardShown, rows: Rows) -> None:
    thread, place = _change(event, rows), event.place
    thread.card_bot_id, thread.card_chat_id = place.bot_id, place.chat_id
    thread.card_message_id = place.message_id
