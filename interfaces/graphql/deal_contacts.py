"""Contacts of deals: who has to do with one."""

import strawberry

from application.deals import LinkContact, UnlinkContact
from interfaces.graphql.bounds import some_uuid, uuid_of
from interfaces.graphql.contacts import ContactInput, details_of
from interfaces.graphql.context import Info
from interfaces.graphql.deal_changes import DealPayload, deal_payload
from interfaces.graphql.payloads import CommandInput, CommandPayload, number_of, reached
from interfaces.graphql.refusals import BadRequest


@strawberry.input
class LinkContactInput(CommandInput):
    """Know that somebody has to do with a deal: a known contact, or one with these details."""

    deal_id: strawberry.ID
    contact_id: strawberry.ID | None = None
    contact: ContactInput | None = None


@strawberry.input
class UnlinkContactInput(CommandInput):
    """Know that a contact has nothing to do with a deal."""

    deal_id: strawberry.ID
    contact_id: strawberry.ID


@strawberry.type
class LinkContactPayload(CommandPayload):
    """Who it is."""

    contact_id: strawberry.ID
    number: int


@strawberry.type
class DealContactMutations:
    """Who has to do with deals."""

    @strawberry.mutation
    async def link_contact(self, info: Info, input: LinkContactInput) -> LinkContactPayload:
        """Know that somebody has to do with a deal."""
        context = info.context
        if (input.contact_id is None) == (input.contact is None):
            raise BadRequest("A contact is told by its id or by its details.")
        command = LinkContact(
            **context.order(input.command_id),
            deal_id=uuid_of(input.deal_id),
            by=context.by,
            contact_id=some_uuid(input.contact_id),
            details=None if input.contact is None else details_of(input.contact),
        )
        done = await context.execute(command)
        return LinkContactPayload(
            position=reached(done),
            replayed=done.replayed,
            contact_id=strawberry.ID(str(done.answer["contact"])),
            number=number_of(done),
        )

    @strawberry.mutation
    async def unlink_contact(self, info: Info, input: UnlinkContactInput) -> DealPayload:
        """Know that a contact has nothing to do with a deal."""
        context = info.context
        command = UnlinkContact(
            **context.order(input.command_id),
            deal_id=uuid_of(input.deal_id),
            by=context.by,
            contact_id=uuid_of(input.contact_id),
        )
        return deal_payload(await context.execute(command))
