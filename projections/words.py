"""Words to search for: what a row is found by, and what somebody is looking for.

A row keeps its words as the text of a tsvector, under an index `USING gin ((words::tsvector))`;
the workspace is one of them, and part of the others: a search goes through the words and rows of
one company alone.
"""

import re
from typing import Final, LiteralString
from uuid import UUID

LONGEST: Final = 60  # characters of a word
MOST: Final = 8  # words of a search
_WORD: Final = re.compile(r"[^\W_]+")


def kept(workspace_id: UUID, *texts: str | int | None) -> str:
    """The words of a row, to be stored; a name with `_` in it is several."""
    found = {word for text in texts if text is not None for word in _split(str(text))}
    return " ".join([_mark(workspace_id), *(_own(workspace_id, word) for word in sorted(found))])


def wanted(workspace_id: UUID, search: str) -> str | None:
    """A tsquery for rows that have all the words, or words that begin so; None without words."""
    words = [f"{_own(workspace_id, word)}:*" for word in _split(search)[:MOST]]
    return " & ".join([_mark(workspace_id), *words]) if words else None


def looks(
    rows: LiteralString, order: LiteralString, search: str | None, some: LiteralString = "2000"
) -> tuple[LiteralString, ...]:
    """Statements for those of the `rows` that `%(words)s` wants: the first full page counts.

    The first looks only among `some` rows by `order`, where a common word is soon found, the second
    goes by the index, which is quick for a rare word; Postgres cannot tell which a word is. All
    rows, by one statement, without a `search`.
    """
    if search is None:
        return (rows,)
    match: LiteralString = "words::tsvector @@ %(words)s::tsquery"
    first = "SELECT * FROM (" + rows + order + " LIMIT " + some + ") AS row WHERE " + match  # noqa: S608 - constants
    every = (
        "SELECT * FROM (WITH every AS MATERIALIZED ("  # noqa: S608 - constants
        + rows
        + " AND "
        + match
        + ") SELECT * FROM every) AS row"
    )
    return first, every


def _split(text: str) -> list[str]:
    return [word[:LONGEST] for word in _WORD.findall(text.casefold().replace("ё", "е"))]


def _mark(workspace_id: UUID) -> str:
    """The workspace as a word that nobody can search for: no other one has a `_`."""
    return f"_{workspace_id.hex}"


def _own(workspace_id: UUID, word: str) -> str:
    """The word as few other workspaces have it: what begins so is soon found among all."""
    return f"{workspace_id.hex[:8]}{word}"
