"""Pages of lists in Relay's shape, cut by keyset: a cursor says after which row a page begins."""

import base64
import binascii
import types
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any, Generic, Protocol, TypeAlias, TypeVar

import msgspec
import strawberry

from interfaces.graphql.bounds import LARGEST
from interfaces.graphql.refusals import BadCursor
from interfaces.graphql.scalars import BigInt

T = TypeVar("T")
S = TypeVar("S", bound="Sorted")
K = TypeVar("K")
Whole: TypeAlias = Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)]
"""A number in a key: Postgres' bigint."""

LONGEST = 300  # characters of a cursor


@strawberry.type
class PageInfo:
    """Whether the list goes on, and the cursor to go on with."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Edge(Generic[T]):
    """One row of a list and its cursor."""

    cursor: str
    node: T


async def _position(root: strawberry.Parent["Slice[Any]"]) -> BigInt:
    return BigInt(await root.reached())


@strawberry.type
class Connection(Generic[T]):
    """One page of a list; `position` is how far in the log the read model behind it is."""

    edges: list[Edge[T]]
    nodes: list[T]
    page_info: PageInfo
    position: BigInt = strawberry.field(resolver=_position)


class Sorted(Protocol):
    """A row that knows its place in its list."""

    @property
    def cursor(self) -> object:
        """The key that the list is sorted by."""
        ...


class Cursors(Generic[K]):
    """Cursors of one kind of list: its name and the type of the key that it is sorted by."""

    def __init__(self, name: str, key: object) -> None:
        """`key` is K with the bounds of its numbers."""
        told: type[tuple[str, K]] = types.GenericAlias(tuple, (str, key))  # type: ignore[assignment]
        self._decoder = msgspec.json.Decoder(told)
        self._name = name

    def of(self, row: Sorted) -> str:
        """The cursor after a row."""
        return self.encode(row.cursor)

    def encode(self, key: object) -> str:
        """The cursor after the row with this key."""
        told = msgspec.json.encode((self._name, key))
        return base64.urlsafe_b64encode(told).decode().rstrip("=")

    def decode(self, cursor: str | None) -> K | None:
        """The key, None for the beginning; raises BadCursor."""
        if cursor is None:
            return None
        if len(cursor) > LONGEST:
            raise BadCursor
        try:
            told = base64.b64decode(
                cursor.encode("ascii") + b"=" * (-len(cursor) % 4), b"-_", validate=True
            )
            name, key = self._decoder.decode(told)
        except (ValueError, binascii.Error, msgspec.MsgspecError):
            raise BadCursor from None
        if name != self._name:
            raise BadCursor
        return key


class EdgeRow(Generic[T]):
    """A row with its cursor."""

    __slots__ = ("cursor", "node")

    def __init__(self, cursor: str, node: T) -> None:
        self.cursor = cursor
        self.node = node


class Slice(Generic[T]):
    """Rows of a page as `Connection` shows them: only what a query selects is computed."""

    __slots__ = ("_cursor_of", "_more", "nodes", "reached")

    def __init__(
        self,
        rows: Sequence[T],
        more: bool,  # noqa: FBT001
        cursor_of: Callable[[T], str],
        reached: Callable[[], Awaitable[int]],
    ) -> None:
        self.nodes = list(rows)
        self._more = more
        self._cursor_of = cursor_of
        self.reached = reached

    @property
    def edges(self) -> list[EdgeRow[T]]:
        """Every row with its cursor."""
        return [EdgeRow(self._cursor_of(row), row) for row in self.nodes]

    @property
    def page_info(self) -> PageInfo:
        """Whether more rows follow."""
        end = self._cursor_of(self.nodes[-1]) if self.nodes else None
        return PageInfo(has_next_page=self._more, end_cursor=end)
