"""How the way of each message ended: at a place in Telegram, or with a reason why not.

A ticket that gets another place is said there again, so that the way may end more than once.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.events import Recorded
from domain.tickets import Ticket
from projections.projection import Fold, Rows, Table


@dataclass(slots=True)
class StoredDelivery:
    """What the table of deliveries keeps."""

    workspace_id: UUID
    message_id: UUID
    ticket_id: UUID
    at: datetime
    bot_id: int | None = None
    chat_id: int | None = None
    telegram_id: int | None = None
    failure: str | None = None


DELIVERIES = Table(
    "deliveries",
    StoredDelivery,
    ("workspace_id", "message_id"),
)

fold = Fold()


def _delivery(event: Ticket.MessageDelivered | Ticket.DeliveryFailed) -> StoredDelivery:
    message = (event.workspace_id, event.message_id, event.originator_id)
    return StoredDelivery(*message, event.timestamp)


@fold.on(Ticket.MessageDelivered)
def _delivered(_: Recorded, event: Ticket.MessageDelivered, rows: Rows) -> None:
    delivery, place = _delivery(event), event.place
    delivery.bot_id, delivery.chat_id = place.bot_id, place.chat_id
    delivery.telegram_id = place.message_id
    rows.put(DELIVERIES, delivery)


@fold.on(Ticket.DeliveryFailed)
def _failed(_: Recorded, event: Ticket.DeliveryFailed, rows: Rows) -> None:
    delivery = _delivery(event)
    delivery.failure = event.reason
    rows.put(DELIVERIES, delivery)
