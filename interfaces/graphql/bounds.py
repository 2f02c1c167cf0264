"""What an argument may look like: ids, texts, page sizes, positions."""

import re
from uuid import UUID, uuid5

from interfaces.graphql.refusals import BadId, BadPage, BadPosition, BadText

MAX_PAGE = 100
LARGEST = 2**63 - 1
_ID = re.compile(r"[0-9a-fA-F]{8}(-?)(?:[0-9a-fA-F]{4}\1){3}[0-9a-fA-F]{12}")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BREAKS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


def uuid_of(text: str) -> UUID:
    """The id; raises BadId."""
    if not _ID.fullmatch(text):
        raise BadId
    return UUID(text)


def some_uuid(text: str | None) -> UUID | None:
    """The id, if one is given; raises BadId."""
    return None if text is None else uuid_of(text)


def chosen_id(text: str | None, workspace_id: UUID, name: str) -> UUID:
    """The id that is told, or one of the workspace for this name, always the same; raises BadId."""
    return some_uuid(text) or uuid5(workspace_id, name)


def page_size(first: int) -> int:
    """The size of a page; raises BadPage."""
    if not 1 <= first <= MAX_PAGE:
        raise BadPage
    return first


def position_of(number: int | None) -> int | None:
    """A position of the log; raises BadPosition."""
    if number is not None and number < 0:
        raise BadPosition
    return number


def line(text: str, what: str, most: int, least: int = 0) -> str:
    """One line without control characters; raises BadText, which names the argument `what`."""
    if _BREAKS.search(text):
        raise BadText(f"{what} has control characters or line breaks")
    return _measured(text, what, most, least)


def said(text: str, what: str, most: int) -> str:
    """What somebody wrote in Telegram: control characters become U+FFFD, so offsets stay right.

    Raises BadText when it is longer than `most` UTF-16 units.
    """
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", _measured(text, what, most, 0))


def _measured(text: str, what: str, most: int, least: int) -> str:
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > most:
        raise BadText(f"{what} is longer than {most} characters")
    if len(text.strip()) < least:
        raise BadText(f"{what} is empty")
    return text
