"""Imports: a leader sends a table of deals, sees what is understood of it, and lets it be loaded.

Nothing is kept: the buttons stand in reply to the table, which is read again. Each part of it is
an order under an id made of the table itself, so that a repetition loads nothing twice.
"""

from asyncio import get_running_loop
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final, TypeAlias, TypeVar

from interfaces.telegram.buttons import Outdated, Pressed
from interfaces.telegram.client.check_deals import CheckDealsCheckDeals
from interfaces.telegram.client.import_deals import ImportDealsImportDealsResults
from interfaces.telegram.client.pipelines import Pipelines, PipelinesPipelines
from interfaces.telegram.colleagues import Action, Colleague, Outcome, labelled, plain
from interfaces.telegram.marks import progress_of
from interfaces.telegram.office import tables
from interfaces.telegram.office.deal_filters import EVERY, Place, Wanted, leads
from interfaces.telegram.office.narrowing import listing
from interfaces.telegram.office.tables import MOST, Table, Unusable, table_in
from interfaces.telegram.screens import Screen, replace
from interfaces.telegram.words import refusal

CHUNK: Final = 50
"""Rows that are told to the API at once."""
FIRST_ROWS: Final = 3
"""Rows of a table that are shown before it is loaded."""
TOLD: Final = 10
"""Rows with errors that are told; of more than these a file is sent."""
MOMENT: Final = 2.0
"""Seconds between two edits of the progress."""
Row = TypeVar("Row")
Wrong: TypeAlias = CheckDealsCheckDeals | ImportDealsImportDealsResults
"""What keeps a row from becoming a deal."""


async def explain(me: Colleague) -> Screen:
    """What a table looks like, with a template for each pipeline. For leaders."""
    known = await me.api.pipelines()
    if not _leads(known):
        return Screen(me.say("NotAllowed"))
    rows = [
        [labelled(me.say("do_template", pipeline=one.name), "blank", one.id)]
        for one in known.pipelines
    ]
    return Screen(me.say("import_help", rows=MOST), rows)


async def offer(me: Colleague) -> Screen | None:
    """What is in the table that a leader has sent; None: it is of somebody else."""
    known = await me.api.pipelines()
    if not _leads(known):
        return None
    match known.pipelines:
        case []:
            return Screen(me.say("no_pipelines"))
        case [only]:
            return await _preview(me, only)
        case several:
            rows = [[labelled(one.name, "table", one.id)] for one in several]
            return Screen(me.say("choose_import_pipeline"), rows)


def _leads(known: Pipelines) -> bool:
    return known.me.person is not None and leads(known.me.person.roles)


async def _pipeline(me: Colleague, id: str) -> PipelinesPipelines:
    for one in (await me.api.pipelines()).pipelines:
        if plain(one.id) == plain(id):
            return one
    raise Outdated(id)


async def _preview(me: Colleague, pipeline: PipelinesPipelines) -> Screen:
    """What is understood, the first rows and every error, before anything is loaded."""
    try:
        table = await table_in(me, pipeline)
    except Unusable as unusable:
        return Screen(str(unusable))
    wrong = list[Wrong]()
    for rows in _chunks(table.rows):
        checks = (await me.api.check_deals(pipeline.id, list(rows))).check_deals
        wrong += [one for one in checks if one.codes]
    lines = [me.say("table_rows", pipeline=pipeline.name, count=len(table.rows))]
    lines += [me.say("table_columns", names=", ".join(table.sheet.columns))]
    lines += [me.say("table_unknown", names=", ".join(table.unknown))] if table.unknown else []
    lines += [tables.brief(row) for row in table.rows[:FIRST_ROWS]]
    fit = len(table.rows) - len(wrong)
    load = labelled(me.say("do_load", count=fit), "load", pipeline.id)
    return Screen("\n\n".join([*lines, *_errors(me, wrong)]), [[load]] if fit else [])


def _errors(me: Colleague, wrong: Sequence[Wrong]) -> list[str]:
    """The first rows with errors, and how many more there are."""
    if not wrong:
        return []
    told = [me.say("table_wrong", count=len(wrong))]
    told += [me.say("table_row", row=one.row, why=why(me, one)) for one in wrong[:TOLD]]
    told += [me.say("table_more", count=len(wrong) - TOLD)] if len(wrong) > TOLD else []
    return ["\n".join(told)]


def why(me: Colleague, wrong: Wrong) -> str:
    """What keeps a row from becoming a deal, in words."""
    pairs = zip(wrong.codes, wrong.named, strict=True)
    return " ".join(
        refusal(me.language, code) + (f" ({named})" if named else "") for code, named in pairs
    )


def _chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for first in range(0, len(rows), CHUNK):
        yield rows[first : first + CHUNK]


async def _choose(me: Colleague, about: Pressed) -> Outcome:
    return Outcome(me.say("table_is_read"), then=partial(_look, me, about.id))


async def _look(me: Colleague, pipeline_id: str) -> None:
    await _put(me, await _preview(me, await _pipeline(me, pipeline_id)))


async def _begin(me: Colleague, about: Pressed) -> Outcome:
    pipeline = await _pipeline(me, about.id)
    return Outcome(me.say("table_is_read"), then=partial(_load, me, pipeline))


async def _load(me: Colleague, pipeline: PipelinesPipelines) -> None:
    """Load the table part by part, and say how far it has come."""
    try:
        table = await table_in(me, pipeline)
    except Unusable as unusable:
        await _put(me, Screen(str(unusable)))
        return
    now, done, wrong = get_running_loop().time, 0, list[Wrong]()
    told = now() - MOMENT
    for n, rows in enumerate(_chunks(table.rows)):
        if now() - told >= MOMENT:
            told = now()
            await _put(me, Screen(progress_of(done, len(table.rows))))
        command_id = f"import:{table.digest}:{plain(pipeline.id)}:{n}"
        answer = await me.api.import_deals(command_id, pipeline.id, list(rows))
        results = answer.import_deals.results
        done += len(results)
        wrong += [one for one in results if one.number is None]
    await _end(me, pipeline, table, wrong)


async def _put(me: Colleague, shown: Screen) -> None:
    if me.message is not None:
        await replace(shown, me.message)


async def _end(
    me: Colleague, pipeline: PipelinesPipelines, table: Table, wrong: Sequence[Wrong]
) -> None:
    total = len(table.rows)
    lines = [progress_of(total, total), me.say("table_loaded", count=total - len(wrong))]
    to_list = listing(me.say("to_deals"), Wanted(EVERY, Place(pipeline).mark))
    await _put(me, Screen("\n\n".join([*lines, *_errors(me, wrong)]), [[to_list]]))
    if len(wrong) > TOLD:
        await tables.send_failures(me, table, {one.row: why(me, one) for one in wrong})


async def _template(me: Colleague, about: Pressed) -> Outcome:
    pipeline = await _pipeline(me, about.id)
    return Outcome(then=partial(tables.send_template, me, pipeline))


ACTIONS: Mapping[str, Action] = {
    "table": _choose,
    "load": _begin,
    "blank": _template,
}
