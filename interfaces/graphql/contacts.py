"""Contacts: who has to do with a company's deals."""

from datetime import datetime
from uuid import UUID

import strawberry

from application.contacts import ChangeContact, ContactDetails, RegisterContact
from application.desk import NotFound
from interfaces.graphql.bounds import chosen_id, line, page_size, uuid_of
from interfaces.graphql.connections import Connection, Cursors, Slice
from interfaces.graphql.context import Context, Info
from interfaces.graphql.fields import few
from interfaces.graphql.ownership import viewer
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload, reached
from interfaces.graphql.scalars import BigInt
from projections.contact_rows import ContactRow
from projections.deal_filters import Wanted

CURSORS = Cursors[tuple[datetime, UUID]]("contacts", tuple[datetime, UUID])
NAME, PHONE, EMAIL, SEARCH = 200, 40, 200, 100


@strawberry.type
class Contact:
    """Somebody outside the company; `phones` are international numbers, the main one first."""

    contact_id: strawberry.ID = strawberry.field(name="id")
    name: str
    phones: list[str]
    email: str
    registered_at: datetime


@strawberry.input
class ContactInput:
    """Somebody as a form names them; phones as people write them."""

    name: str = ""
    phones: list[str] = strawberry.field(default_factory=list[str])
    email: str = ""


@strawberry.input
class RegisterContactInput(CommandInput):
    """Get to know somebody; whoever has the same first phone is known already."""

    contact_id: strawberry.ID | None = None
    contact: ContactInput


@strawberry.input
class ChangeContactInput(CommandInput):
    """Know something else of a contact; what is left out stays as it was."""

    contact_id: strawberry.ID
    name: str | None = None
    phones: list[str] | None = None
    email: str | None = None


@strawberry.type
class RegisterContactPayload(CommandPayload):
    """Who it is."""

    contact_id: strawberry.ID


@strawberry.type
class ContactQueries:
    """Questions about contacts."""

    @strawberry.field(graphql_type=Connection[Contact])
    async def contacts(  # noqa: PLR0913 - the arguments of the field
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        text: str | None = None,
        phone: str | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[ContactRow]:
        """The contacts of the company, the newest first.

        `text` finds beginnings of words in name and address, `phone` a number however it is
        written, or its last digits. Only for those who lead: managers see the contacts of deals.
        """
        context, model = info.context, info.context.models.contacts
        context.require_leader()
        await context.wait_for(min_position)
        page = await model.page(
            context.workspace_id,
            text=None if text is None else line(text, "text", SEARCH),
            phone=None if phone is None else line(phone, "phone", PHONE),
            first=page_size(first),
            after=CURSORS.decode(after),
        )
        return context.slice(model, page, CURSORS)

    @strawberry.field(graphql_type=Contact | None)
    async def contact(
        self, info: Info, id: strawberry.ID, min_position: BigInt | None = None
    ) -> ContactRow | None:
        """One contact of the company, to a manager only of a deal that they may see."""
        await info.context.wait_for(min_position)
        contact_id = uuid_of(id)
        if not await _may_know(info.context, contact_id):
            return None
        return await info.context.loaders.contacts.load(contact_id)


@strawberry.type
class ContactMutations:
    """What a staff knows of contacts."""

    @strawberry.mutation
    async def register_contact(
        self, info: Info, input: RegisterContactInput
    ) -> RegisterContactPayload:
        """Get to know somebody."""
        context = info.context
        name = f"registered contact:{input.command_id}"
        command = RegisterContact(
            **context.order(input.command_id),
            contact_id=chosen_id(input.contact_id, context.workspace_id, name),
            details=details_of(input.contact),
        )
        done = await context.execute(command)
        return RegisterContactPayload(
            position=reached(done),
            replayed=done.replayed,
            contact_id=strawberry.ID(str(done.answer["contact"])),
        )

    @strawberry.mutation
    async def change_contact(self, info: Info, input: ChangeContactInput) -> CommandPayload:
        """Know something else of a contact; a manager only of one in a deal that they may see."""
        context, contact_id = info.context, uuid_of(input.contact_id)
        if not await _may_know(context, contact_id):
            raise NotFound
        command = ChangeContact(
            **context.order(input.command_id),
            contact_id=contact_id,
            name=None if input.name is None else line(input.name, "name", NAME, least=1),
            phones=None if input.phones is None else few(input.phones, "a phone", PHONE),
            email=None if input.email is None else line(input.email, "email", EMAIL),
            by=context.by,
        )
        return payload(await context.execute(command))


async def _may_know(context: Context, contact_id: UUID) -> bool:
    """Whether the caller leads, or may see a deal of the contact, or there is none."""
    viewer_id = viewer(context)
    if viewer_id is None:
        return True
    ask, wanted = context.models.deals.page, Wanted(contact_id=contact_id)
    seen = await ask(context.workspace_id, wanted=wanted._replace(viewer_id=viewer_id), first=1)
    return bool(seen.rows or not (await ask(context.workspace_id, wanted=wanted, first=1)).rows)


def details_of(input: ContactInput) -> ContactDetails:
    """Somebody as a form names them; raises BadText."""
    return ContactDetails(
        name=line(input.name, "name", NAME),
        phones=few(input.phones, "a phone", PHONE),
        email=line(input.email, "email", EMAIL),
    )
