"""Pages: a list of the API cut into numbered pages, so that a button names one without state."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, NamedTuple, Protocol, TypeVar

LARGEST: Final = 100  # rows that the API gives at once


class PageInfo(Protocol):
    """Whether the list goes on, and after what."""

    @property
    def has_next_page(self) -> bool:
        """Whether more rows follow."""
        ...

    @property
    def end_cursor(self) -> str | None:
        """What the next rows come after."""
        ...


class Passed(Protocol):
    """Some rows of a list that nobody looks at."""

    @property
    def page_info(self) -> PageInfo:
        """What comes after them."""
        ...


Row_co = TypeVar("Row_co", covariant=True)


class Connection(Passed, Protocol[Row_co]):
    """Some rows of a list, as the API gives them."""

    @property
    def nodes(self) -> Sequence[Row_co]:
        """The rows."""
        ...


Row = TypeVar("Row")


class Page(NamedTuple):
    """Whether there are pages before and after the one with this number, from 0."""

    number: int
    more: bool

    def buttons(self, to: Callable[[str, int], dict[str, str]]) -> list[dict[str, str]]:
        """Buttons to the neighbours; `to` makes one with a text and the number of a page."""
        back = [to("◀", self.number - 1)] if self.number else []
        return [*back, *([to("▶", self.number + 1)] if self.more else [])]


async def page(
    ask: Callable[[int, str | None], Awaitable[Connection[Row]]],
    number: int,
    size: int,
    skim: Callable[[int, str | None], Awaitable[Passed]] | None = None,
) -> tuple[Sequence[Row], Page]:
    """The rows of a page, from 0; `ask` gives at most so many rows after a cursor.

    `skim` is asked instead for those before the page, if they are many.
    """
    before, after = number * size, None
    while before:
        stride = min(before, LARGEST)
        passed = (await (skim or ask)(stride, after)).page_info
        if not passed.has_next_page:
            return [], Page(number, more=False)
        before, after = before - stride, passed.end_cursor
    found = await ask(size, after)
    return found.nodes, Page(number, found.page_info.has_next_page)


async def everything(ask: Callable[[int, str | None], Awaitable[Connection[Row]]]) -> list[Row]:
    """The rows of all pages, for what is never long."""
    rows, after = list[Row](), None
    while True:
        found = await ask(LARGEST, after)
        rows += found.nodes
        if not found.page_info.has_next_page:
            return rows
        after = found.page_info.end_cursor
