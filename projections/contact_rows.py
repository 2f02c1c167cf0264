"""Contacts as lists show them: one row each, and whose a phone is."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.contacts import Contact
from domain.events import Recorded
from projections import phones, words
from projections.projection import Fold, Rows, Table


class ContactRow(NamedTuple):
    """Somebody outside the company; `phones` are E.164, the main one first."""

    contact_id: UUID
    name: str
    phones: list[str]
    email: str
    registered_at: datetime

    @property
    def cursor(self) -> tuple[datetime, UUID]:
        """What a page after this row gets as `after`."""
        return self.registered_at, self.contact_id


@dataclass(slots=True)
class StoredContact:
    """What the table of contacts keeps."""

    workspace_id: UUID
    contact_id: UUID
    name: str
    phones: list[str]
    email: str
    registered_at: datetime
    words: str


CONTACTS = Table(
    "contacts",
    StoredContact,
    ("workspace_id", "contact_id"),
    ("(workspace_id, registered_at, contact_id)", "USING gin ((words::tsvector))"),
)
PHONES = phones.phones("contact_phones")

fold = Fold()


@fold.on(Contact.Registered)
def _registered(_: Recorded, event: Contact.Registered, rows: Rows) -> None:
    place = (event.workspace_id, event.originator_id)
    told = words.kept(event.workspace_id, event.name, event.email)
    rows.put(
        CONTACTS,
        StoredContact(*place, event.name, event.phones, event.email, event.timestamp, told),
    )
    phones.swap(PHONES, place, [], event.phones, rows)


def _change(event: Contact.Event, rows: Rows) -> StoredContact:
    contact = rows.change(CONTACTS, event.workspace_id, event.originator_id)
    if contact is None:
        raise LookupError(f"the contact {event.originator_id} was never registered")
    return contact


@fold.on(Contact.Renamed, reads=[CONTACTS])
def _renamed(_: Recorded, event: Contact.Renamed, rows: Rows) -> None:
    contact = _change(event, rows)
    contact.name = event.name
    contact.words = words.kept(event.workspace_id, event.name, contact.email)


@fold.on(Contact.PhonesChanged, reads=[CONTACTS])
def _phones_changed(_: Recorded, event: Contact.PhonesChanged, rows: Rows) -> None:
    contact = _change(event, rows)
    place = (event.workspace_id, event.originator_id)
    phones.swap(PHONES, place, contact.phones, event.phones, rows)
    contact.phones = event.phones


@fold.on(Contact.EmailChanged, reads=[CONTACTS])
def _email_changed(_: Recorded, event: Contact.EmailChanged, rows: Rows) -> None:
    contact = _change(event, rows)
    contact.email = event.email
    contact.words = words.kept(event.workspace_id, contact.name, event.email)
