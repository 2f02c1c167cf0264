"""Imports of a sheet from the command line: a GraphQL client with a key, like any other.

All rows are tried first, and nothing is brought in while one of them is wrong, unless the others
alone are wanted. The id of the order is made of the file: to import it again changes nothing.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NamedTuple

from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from interfaces import sheets
from interfaces.sheets import DealRow, Sheet, UnreadableSheet
from interfaces.telegram.transport import ApiBroken, NotNow, Refusal, Transport

PART: Final = 100  # rows of one request
TRIES: Final = 6
PAUSE: Final = 0.5  # seconds, twice as long after each further failure
TOLD: Final = 50  # rows of the table of errors

PIPELINES: Final = "{ pipelines { id name fields { key label choices } } }"
CHECK: Final = """query ($pipelineId: ID!, $rows: [DealRowInput!]!) {
  checkDeals(pipelineId: $pipelineId, rows: $rows) { row errors }
}"""
IMPORT: Final = """mutation ($commandId: String!, $pipelineId: ID!, $rows: [DealRowInput!]!) {
  importDeals(input: {commandId: $commandId, pipelineId: $pipelineId, rows: $rows}) {
    results { row errors }
  }
}"""


class ImportFailed(Exception):
    """Nothing, or nothing more, can be imported; the message says why."""


class Field(NamedTuple):
    """What a pipeline wants to know of its deals."""

    key: str
    label: str
    choices: Sequence[str]


class Pipeline(NamedTuple):
    """Where the deals are to go."""

    id: str
    fields: Sequence[Field]


class Importer:
    """Brings sheets into one workspace, that of the key, and shows how it goes."""

    def __init__(self, api: Transport, console: Console) -> None:
        self._api = api
        self._console = console

    async def bring_in(
        self, file: Path, pipeline: str, *, check: bool = False, valid_only: bool = False
    ) -> bool:
        """Whether every row is right, and is a deal now unless it was only to be checked.

        Raises ImportFailed.
        """
        target = await self._pipeline(pipeline)
        data = await asyncio.to_thread(file.read_bytes)
        sheet, rows = _read(file.name, data, target)
        if unknown := sheets.unknown(sheet, target.fields):
            self._say(f"passed over: {', '.join(unknown)}")
        wrong = await self._check(target, rows)
        if check or (wrong and not valid_only):
            self._tell(wrong)
            self._say(f"{len(rows) - len(wrong)} of {len(rows)} rows are right; none was imported")
            return not wrong
        right = [row for row in rows if row["row"] not in wrong]
        digest = blake2b(data + target.id.encode(), digest_size=16).hexdigest()
        wrong |= await self._import(f"import:{digest}", target, right)
        self._tell(wrong)
        self._say(f"{len(rows) - len(wrong)} of {len(rows)} rows are deals")
        if wrong:
            failed = file.with_name(f"{file.stem}-failed.csv")
            await asyncio.to_thread(failed.write_bytes, sheets.failures(sheet, wrong, "en"))
            self._say(f"mend the others in {failed} and import that")
        return not wrong

    async def _pipeline(self, wanted: str) -> Pipeline:
        """The pipeline with this name or id."""
        told = (await self._ask(PIPELINES))["pipelines"]
        for one in told:
            if wanted.casefold() in {one["id"], one["name"].casefold()}:
                return Pipeline(one["id"], [Field(**field) for field in one["fields"]])
        names = ", ".join(one["name"] for one in told) or "none yet"
        raise ImportFailed(f"there is no pipeline {wanted}, but: {names}")

    async def _check(self, target: Pipeline, rows: Sequence[DealRow]) -> dict[int, str]:
        """What is wrong with rows, by their numbers."""
        wrong: dict[int, str] = {}
        for part in self._parts("checking", rows):
            told = await self._ask(CHECK, pipelineId=target.id, rows=part)
            wrong |= _errors(told["checkDeals"])
        return wrong

    async def _import(
        self, command_id: str, target: Pipeline, rows: Sequence[DealRow]
    ) -> dict[int, str]:
        """What kept rows from becoming deals, by their numbers."""
        wrong: dict[int, str] = {}
        for part in self._parts("importing", rows):
            told = await self._ask(IMPORT, commandId=command_id, pipelineId=target.id, rows=part)
            wrong |= _errors(told["importDeals"]["results"])
        return wrong

    def _parts(self, doing: str, rows: Sequence[DealRow]) -> Iterable[Sequence[DealRow]]:
        parts = [rows[first : first + PART] for first in range(0, len(rows), PART)]
        return track(parts, doing, console=self._console, disable=not self._console.is_terminal)

    async def _ask(self, query: str, **variables: object) -> dict[str, Any]:
        """The answer of the API; while it is away the same is asked again."""
        for attempt in range(TRIES):
            try:
                return self._api.get_data(await self._api.execute(query, variables=variables))
            except NotNow as error:
                if attempt == TRIES - 1:
                    raise ImportFailed(str(error)) from error
            except (Refusal, ApiBroken) as error:
                raise ImportFailed(str(error)) from error
            await asyncio.sleep(PAUSE * 2**attempt)
        raise AssertionError  # the last try has answered or raised

    def _tell(self, wrong: Mapping[int, str]) -> None:
        if not wrong:
            return
        table = Table("row", "what is wrong")
        for row, why in list(wrong.items())[:TOLD]:
            table.add_row(str(row), escape(why))
        self._console.print(table)
        if len(wrong) > TOLD:
            self._say(f"and {len(wrong) - TOLD} more")

    def _say(self, text: str) -> None:
        self._console.print(escape(text))


def _read(name: str, data: bytes, target: Pipeline) -> tuple[Sheet, list[DealRow]]:
    try:
        sheet = sheets.read(name, data)
        return sheet, sheets.rows_of(sheet, target.fields)
    except UnreadableSheet as error:
        raise ImportFailed(str(error)) from error


def _errors(results: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    return {told["row"]: " ".join(told["errors"]) for told in results if told["errors"]}
