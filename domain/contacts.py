"""A contact: somebody outside the company who has to do with its deals."""

import re
from datetime import datetime
from typing import Final
from uuid import UUID

from eventsourcing.domain import event

from domain.aggregate import Aggregate, Refused

E164: Final = re.compile(r"\+[1-9]\d{6,14}")
LONGEST: Final = 200
PHONES: Final = 10


class BadContact(Refused):
    """A contact has a name of up to 200 signs, and at most 10 phones, each an international number."""  # noqa: E501 - one sentence for people


class Contact(Aggregate):
    """Known by a name and phones (E.164, `+79161234567`), the main one first."""

    class Registered(Aggregate.Created):
        """The company got to know somebody."""

        name: str
        phones: list[str]
        email: str = ""

    class Renamed(Aggregate.Event):
        """The contact is called so from now on."""

        name: str
        by: UUID | None

    class PhonesChanged(Aggregate.Event):
        """The contact is reached by these numbers from now on."""

        phones: list[str]
        by: UUID | None

    class EmailChanged(Aggregate.Event):
        """The contact is written to at this address from now on."""

        email: str
        by: UUID | None

    @event(Registered)
    def __init__(  # noqa: PLR0913 - the fields of the event
        self,
        id: UUID,
        workspace_id: UUID,
        timestamp: datetime,
        name: str,
        phones: list[str],
        email: str = "",
    ) -> None:
        self._id = id
        self.workspace_id = workspace_id
        self.at = timestamp
        self.name = name
        self.phones = phones
        self.email = email

    def rename(self, name: str, by: UUID | None) -> None:
        """Call the contact so."""
        must_be_contact(name, self.phones)
        if name != self.name:
            self._renamed(name, by)

    def change_phones(self, phones: list[str], by: UUID | None) -> None:
        """Reach the contact by these numbers."""
        must_be_contact(self.name, phones)
        if phones != self.phones:
            self._phones_changed(phones, by)

    def change_email(self, email: str, by: UUID | None) -> None:
        """Write to the contact there."""
        if email != self.email:
            self._email_changed(email, by)

    @event(Renamed)
    def _renamed(self, name: str, by: UUID | None) -> None:
        self.name = name

    @event(PhonesChanged)
    def _phones_changed(self, phones: list[str], by: UUID | None) -> None:
        self.phones = phones

    @event(EmailChanged)
    def _email_changed(self, email: str, by: UUID | None) -> None:
        self.email = email


def must_be_contact(name: str, phones: list[str]) -> None:
    """Refuse what nobody could be called or reached by."""
    if not 0 < len(name.strip()) <= LONGEST or len(phones) > PHONES:
        raise BadContact
    if len(set(phones)) < len(phones) or not all(map(E164.fullmatch, phones)):
        raise BadContact
