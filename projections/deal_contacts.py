"""The contacts of deals: what they are called, their phones, and in which deals they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from domain.contacts import Contact
from domain.deals import Deal
from domain.events import Recorded
from projections import phones
from projections.deal_rows import DEALS, PHONES, change, remember_words
from projections.projection import Fold, Key, Rows, Table


@dataclass(slots=True)
class StoredContact:
    """Somebody who has to do with these deals."""

    workspace_id: UUID
    contact_id: UUID
    name: str
    phones: list[str]
    deals: list[str] = field(default_factory=list[str])


CONTACTS = Table("deal_contacts", StoredContact, ("workspace_id", "contact_id"))

fold = Fold()


@fold.on(Contact.Registered)
def _registered(_: Recorded, event: Contact.Registered, rows: Rows) -> None:
    place = (event.workspace_id, event.originator_id)
    rows.put(CONTACTS, StoredContact(*place, event.name, event.phones))
    phones.swap(PHONES, place, [], event.phones, rows)


def _change(event: Contact.Event, rows: Rows) -> StoredContact:
    contact = rows.change(CONTACTS, event.workspace_id, event.originator_id)
    if contact is None:
        raise LookupError(f"the contact {event.originator_id} was never registered")
    return contact


def _their_deals(event: Contact.Event, rows: Rows) -> list[Key]:
    contact = rows.look(CONTACTS, event.workspace_id, event.originator_id)
    return [(event.workspace_id, UUID(id)) for id in contact.deals] if contact else []


@fold.on(Contact.Renamed, reads=[CONTACTS], then=[(DEALS, _their_deals)])
def _renamed(_: Recorded, event: Contact.Renamed, rows: Rows) -> None:
    contact = _change(event, rows)
    contact.name = event.name
    for key in _their_deals(event, rows):
        if deal := rows.change(DEALS, *key):
            deal.names[str(event.originator_id)] = event.name
            remember_words(deal)


@fold.on(Contact.PhonesChanged, reads=[CONTACTS])
def _phones_changed(_: Recorded, event: Contact.PhonesChanged, rows: Rows) -> None:
    contact = _change(event, rows)
    place = (event.workspace_id, event.originator_id)
    phones.swap(PHONES, place, contact.phones, event.phones, rows)
    contact.phones = event.phones


def _link(event: Deal.Event, contact_ids: Iterable[UUID], rows: Rows) -> None:
    deal = change(event, rows)
    for id in contact_ids:
        deal.contacts = [*deal.contacts, str(id)]
        if contact := rows.change(CONTACTS, event.workspace_id, id):
            deal.names[str(id)] = contact.name
            contact.deals = [*contact.deals, str(event.originator_id)]
    remember_words(deal)


def _its_contacts(event: Deal.Opened, _: Rows) -> list[Key]:
    return [(event.workspace_id, id) for id in event.contacts]


@fold.on(Deal.Opened, then=[(CONTACTS, _its_contacts)])
def _opened(_: Recorded, event: Deal.Opened, rows: Rows) -> None:
    _link(event, event.contacts, rows)


def _its_contact(event: Deal.ContactLinked | Deal.ContactUnlinked) -> Key:
    return event.workspace_id, event.contact_id


@fold.on(Deal.ContactLinked, reads=[DEALS, (CONTACTS, _its_contact)])
def _contact_linked(_: Recorded, event: Deal.ContactLinked, rows: Rows) -> None:
    _link(event, [event.contact_id], rows)


@fold.on(Deal.ContactUnlinked, reads=[DEALS, (CONTACTS, _its_contact)])
def _contact_unlinked(_: Recorded, event: Deal.ContactUnlinked, rows: Rows) -> None:
    deal, gone = change(event, rows), str(event.contact_id)
    deal.contacts = [id for id in deal.contacts if id != gone]
    deal.names.pop(gone, None)
    remember_words(deal)
    if contact := rows.change(CONTACTS, *_its_contact(event)):
        contact.deals = [id for id in contact.deals if id != str(event.originator_id)]
