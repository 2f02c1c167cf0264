"""Canned replies: the answers that a staff has at hand."""

from dataclasses import dataclass
from typing import LiteralString, NamedTuple
from uuid import UUID

from domain.canned_replies import CannedReply
from domain.events import Recorded
from projections import words
from projections.projection import Fold, Page, ReadModel, Rows, Table


class CannedReplyRow(NamedTuple):
    """An answer at hand; `acts` are what is done after it, as `domain.canned_replies` says."""

    code: str
    text: str
    acts: list[str]
    cursor: str
    """What a page after this row gets as `after`."""


@dataclass(slots=True)
class StoredReply:
    """What the table of canned replies keeps; `folded` is the code without its case."""

    workspace_id: UUID
    reply_id: UUID
    folded: str
    code: str
    text: str
    acts: list[str]
    words: str
    removed: bool = False


REPLIES = Table(
    "canned_replies",
    StoredReply,
    ("workspace_id", "reply_id"),
    ("(workspace_id, folded) WHERE NOT removed",),
)

fold = Fold()


@fold.on(CannedReply.Written)
def _written(_: Recorded, event: CannedReply.Written, rows: Rows) -> None:
    place = (event.workspace_id, event.originator_id, event.code.casefold())
    found_by = words.kept(event.workspace_id, event.code, event.text)
    rows.put(REPLIES, StoredReply(*place, event.code, event.text, event.acts, found_by))


def _change(event: CannedReply.Event, rows: Rows) -> StoredReply:
    reply = rows.change(REPLIES, event.workspace_id, event.originator_id)
    if reply is None:
        raise LookupError(f"the canned reply {event.originator_id} was never written")
    return reply


@fold.on(CannedReply.Rewritten, reads=[REPLIES])
def _rewritten(_: Recorded, event: CannedReply.Rewritten, rows: Rows) -> None:
    reply = _change(event, rows)
    reply.text, reply.acts, reply.removed = event.text, event.acts, False
    reply.words = words.kept(event.workspace_id, reply.code, event.text)


@fold.on(CannedReply.Removed, reads=[REPLIES])
def _removed(_: Recorded, event: CannedReply.Removed, rows: Rows) -> None:
    _change(event, rows).removed = True


class CannedReplies(ReadModel):
    """The answers at hand of every workspace."""

    name = "canned_replies"
    version = 2
    tables = (REPLIES,)
    fold = fold

    async def page(
        self,
        workspace_id: UUID,
        *,
        search: str | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> Page[CannedReplyRow]:
        """Answers by their codes; `after` is the `cursor` of the last row seen.

        A `search` finds beginnings of words in codes and texts.
        """
        question: LiteralString = """
            SELECT code, text, acts, folded FROM read.canned_replies
             WHERE workspace_id = %(workspace_id)s AND NOT removed"""
        if search is not None:
            question += " AND words::tsvector @@ %(words)s::tsquery"
        if after is not None:
            question += " AND folded > %(after)s"
        return await self._ask_page(
            CannedReplyRow,
            question + " ORDER BY folded LIMIT %(limit)s",
            first,
            workspace_id=workspace_id,
            words=words.wanted(workspace_id, search or ""),
            after=after,
        )
