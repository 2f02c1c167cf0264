"""Changes of deals: beginning one, and what is known of it."""

import strawberry

from application.deals import ChangeDeal, CommentDeal, CreateDeal, DeleteDeal, RenameDeal
from application.desk import Done
from interfaces.graphql.bounds import chosen_id, line, said, some_uuid, uuid_of
from interfaces.graphql.contacts import ContactInput, details_of
from interfaces.graphql.context import Info
from interfaces.graphql.fields import FieldInput, values_of
from interfaces.graphql.payloads import CommandInput, CommandPayload, number_of, reached
from interfaces.graphql.refusals import BadText

TITLE, COMMENT, CONTACTS = 200, 4_000, 20


@strawberry.input
class CreateDealInput(CommandInput):
    """Begin a deal: without a stage on the first one, without a responsible with the caller.

    `contact` is the main one, before those of `contactIds`; whoever has the same first phone is
    known already.
    """

    deal_id: strawberry.ID | None = None
    pipeline_id: strawberry.ID
    stage_id: strawberry.ID | None = None
    title: str
    fields: list[FieldInput] = strawberry.field(default_factory=list[FieldInput])
    responsible_id: strawberry.ID | None = None
    contact_ids: list[strawberry.ID] = strawberry.field(default_factory=list[strawberry.ID])
    contact: ContactInput | None = None


@strawberry.input
class RenameDealInput(CommandInput):
    """Call a deal so."""

    deal_id: strawberry.ID
    title: str


@strawberry.input
class ChangeDealInput(CommandInput):
    """Know these values of a deal's fields; others stay as they were."""

    deal_id: strawberry.ID
    fields: list[FieldInput]


@strawberry.input
class CommentDealInput(CommandInput):
    """Note something about a deal, for the staff."""

    deal_id: strawberry.ID
    text: str


@strawberry.input
class DeleteDealInput(CommandInput):
    """Know that a deal was a mistake; its history stays."""

    deal_id: strawberry.ID


@strawberry.type
class DealPayload(CommandPayload):
    """What happened to a deal."""

    number: int


@strawberry.type
class CreateDealPayload(CommandPayload):
    """Which deal was begun."""

    deal_id: strawberry.ID
    number: int


@strawberry.type
class DealMutations:
    """What a staff does with deals."""

    @strawberry.mutation
    async def create_deal(self, info: Info, input: CreateDealInput) -> CreateDealPayload:
        """Begin a deal."""
        context = info.context
        if len(input.contact_ids) > CONTACTS:
            raise BadText(f"a deal has up to {CONTACTS} contacts")
        deal_id = chosen_id(input.deal_id, context.workspace_id, f"deal:{input.command_id}")
        command = CreateDeal(
            **context.order(input.command_id),
            deal_id=deal_id,
            by=context.by,
            pipeline_id=uuid_of(input.pipeline_id),
            title=line(input.title, "title", TITLE, least=1),
            stage_id=some_uuid(input.stage_id),
            fields=values_of(input.fields),
            responsible_id=some_uuid(input.responsible_id),
            contact_ids=tuple(map(uuid_of, input.contact_ids)),
            contact=None if input.contact is None else details_of(input.contact),
        )
        done = await context.execute(command)
        return CreateDealPayload(
            position=reached(done),
            replayed=done.replayed,
            deal_id=strawberry.ID(str(deal_id)),
            number=number_of(done),
        )

    @strawberry.mutation
    async def rename_deal(self, info: Info, input: RenameDealInput) -> DealPayload:
        """Call a deal so."""
        context = info.context
        command = RenameDeal(
            **context.order(input.command_id),
            deal_id=uuid_of(input.deal_id),
            by=context.by,
            title=line(input.title, "title", TITLE, least=1),
        )
        return deal_payload(await context.execute(command))

    @strawberry.mutation
    async def change_deal(self, info: Info, input: ChangeDealInput) -> DealPayload:
        """Know these values of a deal's fields."""
        context = info.context
        command = ChangeDeal(
            **context.order(input.command_id),
            deal_id=uuid_of(input.deal_id),
            by=context.by,
            fields=values_of(input.fields),
        )
        return deal_payload(await context.execute(command))

    @strawberry.mutation
    async def comment_deal(self, info: Info, input: CommentDealInput) -> DealPayload:
        """Note something about a deal, for the staff."""
        context = info.context
        command = CommentDeal(
            **context.order(input.command_id),
            deal_id=uuid_of(input.deal_id),
            by=context.by,
            text=said(input.text, "text", COMMENT),
        )
        return deal_payload(await context.execute(command))

    @strawberry.mutation
    async def delete_deal(self, info: Info, input: DeleteDealInput) -> DealPayload:
        """Know that a deal was a mistake."""
        context = info.context
        order, deal_id = context.order(input.command_id), uuid_of(input.deal_id)
        command = DeleteDeal(**order, deal_id=deal_id, by=context.by)
        return deal_payload(await context.execute(command))


def deal_payload(done: Done) -> DealPayload:
    """The payload of a command about a deal."""
    return DealPayload(position=reached(done), replayed=done.replayed, number=number_of(done))
