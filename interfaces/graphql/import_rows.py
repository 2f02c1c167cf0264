"""Rows of a sheet: deals as people write them, whose names are found in a pipeline and a staff."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeAlias, TypeVar
from uuid import UUID, uuid5

import strawberry

from application.contacts import ContactDetails
from application.deals import CreateDeal
from application.desk import NotFound, Refused
from application.pipelines import Field, NoSuchField, NoSuchStage
from interfaces.graphql.bounds import line, said
from interfaces.graphql.contacts import ContactInput, details_of
from interfaces.graphql.context import Context
from interfaces.graphql.deal_changes import TITLE
from interfaces.graphql.fields import FIELDS, LABEL, VALUE, FieldInput
from interfaces.graphql.refusals import BadText, Declined, NotYet
from projections.pipeline_rows import PipelineRow
from projections.roster import PersonRow

R = TypeVar("R")
Wrong: TypeAlias = list[Refused | Declined]
"""Everything that is wrong with a row."""
ROWS: Final = 100


class NoSuchColleague(Declined):
    """Nobody on the staff is called so, or several people are; write the @username."""


@strawberry.input
class DealRowInput:
    """A row of a sheet; `stage` by its name or id, `responsible` by name or @username.

    Fields are told by their keys or their labels. Empty is what is not known.
    """

    row: int
    title: str = ""
    stage: str = ""
    responsible: str = ""
    contact_name: str = ""
    phones: list[str] = strawberry.field(default_factory=list[str])
    email: str = ""
    fields: list[FieldInput] = strawberry.field(default_factory=list[FieldInput])


class Reader:
    """Knows what names in rows mean in one pipeline, for one caller."""

    def __init__(self, context: Context, pipeline: PipelineRow, staff: list[PersonRow]) -> None:
        self._context = context
        self._pipeline = pipeline
        self._staff = staff

    @classmethod
    async def of(cls, context: Context, pipeline_id: UUID) -> "Reader":
        """A reader of rows for a pipeline, which knows all that the log holds now.

        Raises NotFound, and NotYet when the read models are late.
        """
        models = context.models
        if not (
            await context.caught_up(models.pipelines) and await context.caught_up(models.roster)
        ):
            raise NotYet
        pipeline = await context.loaders.pipelines.load(pipeline_id)
        if pipeline is None:
            raise NotFound
        return cls(context, pipeline, await models.roster.working(context.workspace_id))

    def read(self, row: DealRowInput, command_id: str) -> CreateDeal | Wrong:
        """The order to begin the deal of a row, or all that keeps it from being one."""
        wrong: Wrong = []
        fields = self._fields(row.fields, wrong)
        stage_id = _noting(wrong, lambda: self._stage(row.stage))
        responsible_id = _noting(wrong, lambda: self._responsible(row.responsible))
        contact = _noting(wrong, lambda: _contact(row))
        title = _noting(wrong, lambda: line(row.title.strip(), "title", TITLE, least=1))
        if wrong:
            return wrong
        return CreateDeal(
            **self._context.order(command_id),
            deal_id=uuid5(self._context.workspace_id, f"deal:{command_id}"),
            by=self._context.by,
            pipeline_id=self._pipeline.pipeline_id,
            title=title or "",
            stage_id=stage_id,
            fields=fields,
            responsible_id=responsible_id,
            contact=contact,
            imported=True,
        )

    def _stage(self, told: str) -> UUID | None:
        if not told.strip():
            return None
        wanted = told.strip().casefold()
        for stage in self._pipeline.stages:
            if stage.successor_id is None and wanted in {stage.name.casefold(), str(stage.id)}:
                return stage.id
        raise NoSuchStage(line(told.strip(), "stage", LABEL))

    def _responsible(self, told: str) -> UUID | None:
        wanted = told.strip().removeprefix("@").casefold()
        if not wanted:
            return None
        found = [
            person.person_id
            for person in self._staff
            if wanted in {person.name.casefold(), (person.username or "").casefold()}
        ]
        if len(found) != 1:
            raise NoSuchColleague
        return found[0]

    def _fields(self, told: Sequence[FieldInput], wrong: Wrong) -> dict[str, str]:
        values: dict[str, str] = {}
        unknown: list[str] = []
        for one in told[:FIELDS]:
            field = self._field(one.key)
            if field is None:
                unknown.append(one.key.strip()[:LABEL])
            elif field.key in values:
                wrong.append(BadText(f"{field.label}: told twice"))
            else:
                values[field.key] = _noting(wrong, partial(_value, field, one)) or ""
        if unknown:
            wrong.append(NoSuchField(*unknown))
        return values

    def _field(self, name: str) -> Field | None:
        wanted = name.strip().casefold()
        named = (f for f in self._pipeline.fields if wanted in {f.key, f.label.casefold()})
        return next(named, None)


def _value(field: Field, told: FieldInput) -> str:
    return field.accept(said(told.value, field.label, VALUE))


def _contact(row: DealRowInput) -> ContactDetails | None:
    phones = [phone for phone in row.phones if phone.strip()]
    if not (row.contact_name.strip() or phones or row.email.strip()):
        return None
    name = row.contact_name.strip() or ("" if phones else row.email)
    return details_of(ContactInput(name=name, phones=phones, email=row.email))


def _noting(wrong: Wrong, read: Callable[[], R]) -> R | None:
    """What is read; None if it is wrong, which is noted."""
    try:
        return read()
    except (Refused, Declined) as refused:
        wrong.append(refused)
        return None
