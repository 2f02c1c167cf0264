"""Attachments: the file of a message, and the fields of what is no file, by Telegram's names."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from aiogram.types import Contact, Dice, Location, Message, Poll, Venue
from pydantic import BaseModel

LOCATION: Final = frozenset(
    {
        *("latitude", "longitude", "horizontal_accuracy"),
        *("live_period", "heading", "proximity_alert_radius"),
    }
)
VENUE: Final = frozenset(
    {
        *("title", "address", "foursquare_id", "foursquare_type"),
        *("google_place_id", "google_place_type"),
    }
)
CONTACT: Final = frozenset({"phone_number", "first_name", "last_name", "user_id", "vcard"})
POLL: Final = frozenset({"question", "type", "is_anonymous", "allows_multiple_answers"})
DICE: Final = frozenset({"emoji", "value"})


class Attachment(NamedTuple):
    """What comes with the words of a message; sizes in bytes, `details` without anything nested."""

    file_id: str | None = None
    file_name: str | None = None
    file_size: int | None = None
    mime_type: str | None = None
    details: Mapping[str, Any] = {}


def attachment_of(message: Message) -> Attachment:
    """The attachment of a message, of its largest size; empty for a mere text."""
    file = (
        message.animation  # before the document that Telegram repeats it as
        or message.live_photo
        or (message.photo[-1] if message.photo else None)
        or message.video
        or message.audio
        or message.document
        or message.voice
        or message.video_note
        or message.sticker
    )
    if file is None:
        return Attachment(details=_details(message))
    return Attachment(
        file_id=file.file_id,
        file_name=getattr(file, "file_name", None),
        file_size=file.file_size,
        mime_type=getattr(file, "mime_type", None),
    )


def _details(message: Message) -> Mapping[str, Any]:
    match message.venue or message.location or message.contact or message.poll or message.dice:
        case Venue() as venue:
            return {**_fields(venue.location, LOCATION), **_fields(venue, VENUE)}
        case Location() as location:
            return _fields(location, LOCATION)
        case Contact() as contact:
            return _fields(contact, CONTACT)
        case Poll() as poll:
            return {**_fields(poll, POLL), "options": [option.text for option in poll.options]}
        case Dice() as dice:
            return _fields(dice, DICE)
        case None:
            return {}


def _fields(model: BaseModel, names: frozenset[str]) -> dict[str, Any]:
    return model.model_dump(include=set(names), exclude_none=True)
