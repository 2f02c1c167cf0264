"""Fields: what a company wants to know about its deals, and what is known of one."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

import strawberry

from application.pipelines import DefineField, RequireFields, RetireField
from application.pipelines import Field as DealField
from application.pipelines import FieldKind as DealFieldKind
from interfaces.graphql.bounds import line, said, uuid_of
from interfaces.graphql.context import Info
from interfaces.graphql.ownership import leading
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload
from interfaces.graphql.refusals import BadText
from projections.deal_rows import DealRow
from projections.pipeline_rows import PipelineRow

KEY, LABEL, VALUE, FIELDS = 32, 60, 2_000, 100


@strawberry.enum
class FieldKind(StrEnum):
    """Which values a field takes; all are texts: 1500.50, 2026-11-22, yes or no."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PHONE = "phone"
    CHOICE = "choice"
    FLAG = "flag"


@strawberry.type
class Field:
    """What people fill in under `label`; a CHOICE is one of `choices`."""

    key: str
    label: str
    kind: FieldKind
    choices: list[str]


class ValueRow(NamedTuple):
    """What is known of a deal under one of its fields."""

    key: str
    label: str
    value: str


@strawberry.type
class FieldValue:
    """What is known of a deal under one of its fields."""

    key: str
    label: str
    value: str


@strawberry.input
class FieldInput:
    """The value of a field; an empty one takes what is known away."""

    key: str
    value: str


@strawberry.input
class DefineFieldInput(CommandInput):
    """Want to know this of the deals of a pipeline; a known key gets another form."""

    pipeline_id: strawberry.ID
    key: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    choices: list[str] = strawberry.field(default_factory=list[str])


@strawberry.input
class RetireFieldInput(CommandInput):
    """Ask this no longer; what was answered stays."""

    pipeline_id: strawberry.ID
    key: str


@strawberry.input
class RequireFieldsInput(CommandInput):
    """Want exactly these fields of a deal that enters the stage."""

    pipeline_id: strawberry.ID
    stage_id: strawberry.ID
    keys: list[str]


@strawberry.type
class FieldMutations:
    """What a company asks about its deals."""

    @strawberry.mutation
    async def define_field(self, info: Info, input: DefineFieldInput) -> CommandPayload:
        """Want to know this of deals."""
        context = info.context
        command = DefineField(
            **leading(context, input.command_id),
            pipeline_id=uuid_of(input.pipeline_id),
            field=DealField(
                key=line(input.key, "key", KEY),
                label=line(input.label, "label", LABEL).strip(),
                kind=DealFieldKind(input.kind.value),
                choices=list(few(input.choices, "a choice", LABEL)),
            ),
        )
        return payload(await context.execute(command))

    @strawberry.mutation
    async def retire_field(self, info: Info, input: RetireFieldInput) -> CommandPayload:
        """Ask this no longer."""
        context = info.context
        command = RetireField(
            **leading(context, input.command_id),
            pipeline_id=uuid_of(input.pipeline_id),
            key=line(input.key, "key", KEY),
        )
        return payload(await context.execute(command))

    @strawberry.mutation
    async def require_fields(self, info: Info, input: RequireFieldsInput) -> CommandPayload:
        """Want exactly these fields of a deal that enters the stage."""
        context = info.context
        command = RequireFields(
            **leading(context, input.command_id),
            pipeline_id=uuid_of(input.pipeline_id),
            stage_id=uuid_of(input.stage_id),
            keys=few(input.keys, "a key", KEY),
        )
        return payload(await context.execute(command))


def few(texts: Sequence[str], what: str, most: int) -> tuple[str, ...]:
    """Up to 100 lines of at most so many characters; raises BadText."""
    if len(texts) > FIELDS:
        raise BadText(f"more than {FIELDS} at once: {what}")
    return tuple(line(text.strip(), what, most, least=1) for text in texts)


def values_of(fields: Sequence[FieldInput]) -> dict[str, str]:
    """What is told of fields by key; raises BadText."""
    keys = few([field.key for field in fields], "a key", KEY)
    if len(set(keys)) < len(keys):
        raise BadText("a field is told once")
    values = (said(field.value, key, VALUE) for key, field in zip(keys, fields, strict=True))
    return dict(zip(keys, values, strict=True))


def known_of(pipeline: PipelineRow, values: dict[str, str]) -> list[ValueRow]:
    """What is known, in the order of the pipeline's fields, those no longer asked at the end."""
    fields = [*pipeline.fields, *pipeline.retired_fields]
    return [ValueRow(one.key, one.label, values[one.key]) for one in fields if one.key in values]


def labels_of(pipeline: PipelineRow, keys: Iterable[str]) -> list[str]:
    """What people call the fields."""
    labels = {one.key: one.label for one in (*pipeline.retired_fields, *pipeline.fields)}
    return [labels.get(key, key) for key in keys]


def missing_of(pipeline: PipelineRow, row: DealRow, keys: Sequence[str]) -> list[DealField]:
    """Those of the fields that a deal lacks."""
    by_key = {field.key: field for field in pipeline.fields}
    return [by_key[key] for key in keys if key in by_key and not row.fields.get(key)]
