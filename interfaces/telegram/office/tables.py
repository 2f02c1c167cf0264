"""Tables of deals: what is in a file that somebody sent, and the files that are sent back."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import structlog
from aiogram.types import BufferedInputFile, Document

from interfaces import sheets
from interfaces.sheets import Sheet, UnreadableSheet
from interfaces.telegram.client.input_types import DealRowInput
from interfaces.telegram.client.pipelines import PipelinesPipelines
from interfaces.telegram.colleagues import Colleague
from interfaces.telegram.saying import PROBLEMS
from interfaces.telegram.words import spoken

log = structlog.get_logger(__name__)

MOST: Final = 5_000
"""Rows that are loaded from a chat; a program with a key loads more."""
BRIEF: Final = 200


class Unusable(Exception):
    """There are no deals in a file; the text is what the person reads."""


class Table(NamedTuple):
    """A sheet as it is understood; `unknown` columns are passed over, `digest` names its content."""  # noqa: E501 - one sentence

    digest: str
    sheet: Sheet
    unknown: Sequence[str]
    rows: Sequence[DealRowInput]


async def table_in(me: Colleague, pipeline: PipelinesPipelines) -> Table:
    """The table that was sent, or that the message with the button replies to; raises Unusable."""
    document = _document(me)
    if (document.file_size or 0) > sheets.LARGEST:
        raise Unusable(me.say("unreadable_SheetTooLarge"))
    data = await _downloaded(me, document)
    try:
        table = await asyncio.to_thread(_read, document.file_name or "", data, pipeline)
    except UnreadableSheet as error:
        told = me.say(f"unreadable_{type(error).__name__}", named=", ".join(error.named))
        raise Unusable(told) from None
    if len(table.rows) > MOST:
        raise Unusable(me.say("table_too_long", rows=MOST))
    return table


def _document(me: Colleague) -> Document:
    message = me.message
    sources = (message, message.reply_to_message) if message else ()
    sent = next((one.document for one in sources if one and one.document), None)
    if sent is None:
        raise Unusable(me.say("table_gone"))
    return sent


async def _downloaded(me: Colleague, document: Document) -> bytes:
    bot = me.message.bot if me.message else None
    try:
        content = await bot.download(document) if bot else None
    except PROBLEMS as error:
        log.warning("not downloaded", error=type(error).__name__, why=str(error)[:200])
        content = None
    if content is None:
        raise Unusable(me.say("table_gone"))
    return content.read()


def _read(name: str, data: bytes, pipeline: PipelinesPipelines) -> Table:
    sheet = sheets.read(name, data)
    rows = [DealRowInput.model_validate(row) for row in sheets.rows_of(sheet, pipeline.fields)]
    unknown = sheets.unknown(sheet, pipeline.fields)
    return Table(hashlib.sha256(data).hexdigest()[:32], sheet, unknown, rows)


def brief(row: DealRowInput) -> str:
    """What a row says, in a line."""
    fields = (f"{one.key}: {one.value}" for one in row.fields)
    told = [row.title, row.stage, row.responsible, row.contact_name, *row.phones, row.email]
    return f"{row.row}. " + " · ".join(filter(None, [*told, *fields]))[:BRIEF]


async def send_template(me: Colleague, pipeline: PipelinesPipelines) -> None:
    """Send a table to be filled in."""
    content = await asyncio.to_thread(sheets.template, pipeline.fields, spoken(me.language))
    await _send(me, f"{pipeline.name}.xlsx", content)


async def send_failures(me: Colleague, table: Table, why: Mapping[int, str]) -> None:
    """Send the rows with these numbers back, to be mended and sent again."""
    await _send(me, "errors.csv", sheets.failures(table.sheet, why, spoken(me.language)))


async def _send(me: Colleague, name: str, content: bytes) -> None:
    if me.message is None:
        return
    try:
        await me.message.answer_document(BufferedInputFile(content, name))
    except PROBLEMS as error:
        log.warning("not sent", error=type(error).__name__, why=str(error)[:200])
