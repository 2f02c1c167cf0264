"""Imports: many deals at once, from the rows of a sheet, first tried and then begun."""

from collections.abc import Sequence
from typing import TypedDict

import strawberry

from application.deals import CreateDeal
from application.desk import Done, Refused
from interfaces.graphql.bounds import uuid_of
from interfaces.graphql.context import Context, Info
from interfaces.graphql.import_rows import ROWS, DealRowInput, Reader, Wrong
from interfaces.graphql.payloads import CommandInput, CommandPayload, number_of, reached
from interfaces.graphql.refusals import BadText


class Told(TypedDict):
    """What is wrong with a row, each error in the same place of every list."""

    errors: list[str]
    codes: list[str]
    named: list[str]


@strawberry.type
class RowCheck:
    """All that keeps a row from becoming a deal, told in words and by code; empty: nothing.

    `named` says of each error what stands in the way, as people call it, or is empty.
    """

    row: int
    errors: list[str]
    codes: list[str]
    named: list[str]


@strawberry.type
class ImportedRow:
    """The deal that a row became, or all that kept it from becoming one, as in `RowCheck`."""

    row: int
    deal_id: strawberry.ID | None
    number: int | None
    errors: list[str]
    codes: list[str]
    named: list[str]


@strawberry.input
class ImportDealsInput(CommandInput):
    """Begin a deal for each of up to 100 rows, whose numbers differ.

    Each row is an order of its own: the same rows under the same id change nothing any more.
    """

    pipeline_id: strawberry.ID
    rows: list[DealRowInput]


@strawberry.type
class ImportDealsPayload(CommandPayload):
    """What became of each row; `replayed` if every one had been imported before."""

    results: list[ImportedRow]


@strawberry.type
class ImportQueries:
    """Questions about rows of sheets."""

    @strawberry.field
    async def check_deals(
        self, info: Info, pipeline_id: strawberry.ID, rows: list[DealRowInput]
    ) -> list[RowCheck]:
        """What would keep up to 100 rows from becoming deals; nothing is changed."""
        context = info.context
        reader = await Reader.of(context, uuid_of(pipeline_id))
        checks: list[RowCheck] = []
        for row in _few(rows):
            wrong = await _wrong(context, reader.read(row, f"check:{row.row}"))
            checks.append(RowCheck(row=row.row, **_told(wrong)))
        return checks


@strawberry.type
class ImportMutations:
    """Bringing deals in."""

    @strawberry.mutation
    async def import_deals(self, info: Info, input: ImportDealsInput) -> ImportDealsPayload:
        """Begin a deal for each row that can become one."""
        context, results, dones = info.context, list[ImportedRow](), list[Done]()
        reader = await Reader.of(context, uuid_of(input.pipeline_id))
        for row in _few(input.rows):
            told = reader.read(row, f"{input.command_id}:{row.row}")
            results.append(await _begun(context, row.row, told, dones))
        return ImportDealsPayload(
            position=max(filter(None, map(reached, dones)), default=None),
            replayed=bool(dones) and all(done.replayed for done in dones),
            results=results,
        )


async def _begun(
    context: Context, row: int, told: CreateDeal | Wrong, dones: list[Done]
) -> ImportedRow:
    if isinstance(told, list):
        return ImportedRow(row=row, deal_id=None, number=None, **_told(told))
    try:
        done = await context.execute(told)
    except Refused as refused:
        return ImportedRow(row=row, deal_id=None, number=None, **_told([refused]))
    dones.append(done)
    deal_id = strawberry.ID(str(told.deal_id))
    return ImportedRow(row=row, deal_id=deal_id, number=number_of(done), **_told([]))


async def _wrong(context: Context, told: CreateDeal | Wrong) -> Wrong:
    if isinstance(told, list):
        return told
    try:
        await context.parts.desk.rehearse(told)
    except Refused as refused:
        return [refused]
    return []


def _few(rows: Sequence[DealRowInput]) -> Sequence[DealRowInput]:
    if len(rows) > ROWS or len({row.row for row in rows}) < len(rows):
        raise BadText(f"rows are up to {ROWS}, each number once")
    return rows


def _told(wrong: Wrong) -> Told:
    return Told(
        errors=[str(one) for one in wrong],
        codes=[type(one).__name__ for one in wrong],
        named=[", ".join(one.named) if isinstance(one, Refused) else "" for one in wrong],
    )
