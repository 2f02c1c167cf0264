"""What can be done about contacts."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from typing_extensions import override

from application.desk import Answer, Command, Draft
from application.phones import all_e164
from domain.contacts import Contact, must_be_contact
from domain.workspaces import Workspace


@dataclass(frozen=True, kw_only=True)
class ContactDetails:
    """Somebody as a form or a table names them."""

    name: str
    phones: tuple[str, ...] = ()
    email: str = ""


def contact_of(workspace_id: UUID, phone: str) -> UUID:
    """The id of whoever is registered under this number (E.164) first."""
    return uuid5(workspace_id, f"contact:{phone}")


async def acquainted(
    draft: Draft, workspace_id: UUID, told: ContactDetails, otherwise: UUID
) -> Contact:
    """The contact with this first phone, registered if there is none; `otherwise`: its id without.

    Somebody who is known keeps their name.
    """
    language = (await draft.look(Workspace, workspace_id)).language
    phones = all_e164(told.phones, language)
    id = contact_of(workspace_id, phones[0]) if phones else otherwise
    known = await draft.find(Contact, id)
    if known is not None and phones and phones[0] not in known.phones:
        id = otherwise  # whoever had the number then has another one now
        known = await draft.find(Contact, id)
    if known is not None:
        return known
    name = told.name.strip() or next(iter(phones), "")
    must_be_contact(name, phones)
    return draft.add(
        Contact(
            id=id,
            workspace_id=workspace_id,
            timestamp=draft.at,
            name=name,
            phones=phones,
            email=told.email.strip(),
        )
    )


@dataclass(frozen=True, kw_only=True)
class RegisterContact(Command):
    """Get to know somebody; who has the same first phone is known already."""

    contact_id: UUID
    details: ContactDetails

    @property
    @override
    def subject(self) -> UUID:
        return self.contact_id

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        contact = await acquainted(draft, self.workspace_id, self.details, self.contact_id)
        return {"contact": str(contact.id)}


@dataclass(frozen=True, kw_only=True)
class ChangeContact(Command):
    """Know something else of a contact; what is None stays as it was."""

    contact_id: UUID
    name: str | None = None
    phones: tuple[str, ...] | None = None
    email: str | None = None
    by: UUID | None = None

    @property
    @override
    def subject(self) -> UUID:
        return self.contact_id

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        contact = await draft.get(Contact, self.contact_id)
        if self.name is not None:
            contact.rename(self.name.strip(), self.by)
        if self.phones is not None:
            language = (await draft.look(Workspace, self.workspace_id)).language
            contact.change_phones(all_e164(self.phones, language), self.by)
        if self.email is not None:
            contact.change_email(self.email.strip(), self.by)
        return {}
