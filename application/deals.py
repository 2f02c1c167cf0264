"""What can be done with deals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from typing_extensions import override

from application.contacts import ContactDetails, acquainted
from application.desk import Answer, Draft
from application.ownership import DealCommand
from application.ports import DEALS
from application.slots import slot_for
from domain.contacts import Contact
from domain.deals import CONTACTS, Deal, DealExists, TooManyContacts, must_be_title
from domain.fields import accepted
from domain.pipelines import Pipeline
from domain.staff import Person, Role


async def begin_deal(  # noqa: PLR0913 - what a deal begins with
    draft: Draft,
    deal_id: UUID,
    pipeline: Pipeline,
    stage_id: UUID,
    title: str,
    fields: Mapping[str, str],
    slot_id: UUID | None,
    contacts: list[UUID],
    by: UUID | None,
    *,
    reason: str | None = None,
    origin: tuple[UUID, UUID] | None = None,
    trail: tuple[UUID, ...] = (),
    imported: bool = False,
) -> Deal:
    """A new numbered deal on a stage that admits it; `origin`: of which deal, by which rule."""
    must_be_title(title)
    told = {key: value for key, value in fields.items() if value}
    stage = pipeline.admit(stage_id, told, reason)
    origin_id, rule_id = origin or (None, None)
    deal = draft.add(
        Deal(
            id=deal_id,
            workspace_id=pipeline.workspace_id,
            timestamp=draft.at,
            number=await draft.next_number(DEALS),
            pipeline_id=pipeline.id,
            stage_id=stage.id,
            title=title.strip(),
            fields=told,
            slot_id=slot_id,
            contacts=contacts,
            by=by,
            origin_id=origin_id,
            rule_id=rule_id,
            trail=list(trail),
            imported=imported,
        )
    )
    deal.become(stage.kind, reason or "", by)
    return deal


@dataclass(frozen=True, kw_only=True)
class CreateDeal(DealCommand):
    """Begin a deal; without a stage on the first one, without a responsible with whoever did it.

    Whoever did it and is no manager leaves it to nobody. `reason`: why it is lost already.
    `imported`: it came in a table, and nobody is told of it by itself.
    """

    pipeline_id: UUID
    title: str
    stage_id: UUID | None = None
    fields: dict[str, str] = field(default_factory=dict[str, str])
    reason: str = ""
    responsible_id: UUID | None = None
    imported: bool = False
    contact_ids: tuple[UUID, ...] = ()
    contact: ContactDetails | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        pipeline = await draft.look(Pipeline, self.pipeline_id)
        if await draft.find(Deal, self.deal_id) is not None:
            raise DealExists
        fields = accepted(pipeline.fields, self.fields)
        slot_id = await self._slot_id(draft)
        contacts = await self._contacts(draft)
        stage_id = self.stage_id or pipeline.first().id
        deal = await begin_deal(
            draft,
            self.deal_id,
            pipeline,
            stage_id,
            self.title,
            fields,
            slot_id,
            contacts,
            self.by,
            reason=self.reason,
            imported=self.imported,
        )
        return {"number": deal.number, "stage": str(deal.stage_id)}

    async def _slot_id(self, draft: Draft) -> UUID | None:
        responsible_id = self.responsible_id
        if self.by is not None:
            by = await draft.look(Person, self.by)
            by.must_work_here()
            responsible_id = responsible_id or (by.id if Role.MANAGER in by.roles else None)
        if responsible_id is None:
            return None
        (await draft.look(Person, responsible_id)).must_manage()
        return (await slot_for(draft, responsible_id)).id

    async def _contacts(self, draft: Draft) -> list[UUID]:
        """The contact with these details first, then those that are known, each once."""
        known = [(await draft.look(Contact, id)).id for id in self.contact_ids]
        if self.contact is not None:
            otherwise = uuid5(self.deal_id, "contact")
            main = await acquainted(draft, self.workspace_id, self.contact, otherwise)
            known = [main.id, *known]
        contacts = list(dict.fromkeys(known))
        if len(contacts) > CONTACTS:
            raise TooManyContacts
        return contacts


@dataclass(frozen=True, kw_only=True)
class RenameDeal(DealCommand):
    """Call a deal so."""

    title: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        deal = await self.own_deal(draft)
        deal.rename(self.title.strip(), self.by)
        return {"number": deal.number}


@dataclass(frozen=True, kw_only=True)
class ChangeDeal(DealCommand):
    """Know these values of its fields; an empty one takes a value away."""

    fields: dict[str, str]

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        deal = await self.own_deal(draft)
        pipeline = await draft.look(Pipeline, deal.pipeline_id)
        deal.change_fields(accepted(pipeline.fields, self.fields), self.by)
        return {"number": deal.number}


@dataclass(frozen=True, kw_only=True)
class MoveDeal(DealCommand):
    """Let a deal stand on another stage of its pipeline, and know these values with that.

    Refused with the names of what the stage wants; `from_id`: only if the deal still stands there.
    `fields` are kept only if the deal may move. `reason`: why it is lost.
    """

    stage_id: UUID
    from_id: UUID | None = None
    fields: dict[str, str] = field(default_factory=dict[str, str])
    reason: str = ""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        deal = await self.own_deal(draft)
        pipeline = await draft.look(Pipeline, deal.pipeline_id)
        deal.must_be_there()
        fields = accepted(pipeline.fields, self.fields)
        if self.stage_id != deal.stage_id:
            deal.must_stand_on(self.from_id)
            pipeline.admit(self.stage_id, {**deal.fields, **fields}, self.reason)
        deal.change_fields(fields, self.by)
        deal.move(self.stage_id, pipeline.stage(self.stage_id).kind, self.reason, self.by)
        return {"number": deal.number, "stage": str(deal.stage_id)}


@dataclass(frozen=True, kw_only=True)
class CommentDeal(DealCommand):
    """Note something about a deal, for the staff."""

    text: str

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        deal = await self.own_deal(draft)
        deal.comment(self.text, self.by)
        return {"number": deal.number}


@dataclass(frozen=True, kw_only=True)
class LinkContact(DealCommand):
    """Know that somebody has to do with a deal: a known contact, or one with these details."""

    contact_id: UUID | None = None
    details: ContactDetails | None = None

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        if self.details is not None:  # first: whoever reads the log meets them before the link
            otherwise = uuid5(self.deal_id, f"contact:{self.command_id}")
            contact = await acquainted(draft, self.workspace_id, self.details, otherwise)
        else:
            contact = await draft.look(Contact, self.contact_id or self.deal_id)
        deal = await self.own_deal(draft)
        deal.link_contact(contact.id, self.by)
        return {"number": deal.number, "contact": str(contact.id)}


@dataclass(frozen=True, kw_only=True)
class UnlinkContact(DealCommand):
    """Know that a contact has nothing to do with a deal."""

    contact_id: UUID

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        deal = await self.own_deal(draft)
        deal.unlink_contact(self.contact_id, self.by)
        return {"number": deal.number}


@dataclass(frozen=True, kw_only=True)
class DeleteDeal(DealCommand):
    """Know that a deal was a mistake; its history stays."""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        deal = await self.own_deal(draft)
        deal.delete(self.by)
        return {"number": deal.number}
