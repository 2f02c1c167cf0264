"""FastExecutor answers exactly as the stock executor: data, error messages and paths."""

import asyncio
import datetime as dt
import enum
import typing

import pytest
import strawberry
from strawberry import relay

from interfaces.graphql.executor import FastExecutor, compiled
from tests.graphql.company import Company

WHEN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@strawberry.enum
class Status(enum.Enum):
    OPEN = 1
    DONE = 2


@strawberry.type
class Inner:
    x: int
    tags: list[str]
    opt: str | None = None


@strawberry.type
class Row:
    id: strawberry.ID
    n: int
    status: Status
    ratio: float
    inner: Inner
    inners: list[Inner]
    maybe: Inner | None
    when: dt.datetime
    big: int = 1


@strawberry.type
class Item(relay.Node):
    id: relay.NodeID[int]
    title: str


class TitleOnly(typing.NamedTuple):
    id: int
    title: str


def make_rows() -> list[Row]:
    inner = Inner(x=1, tags=["a", "b"])
    return [
        Row(
            id=strawberry.ID("1"),
            n=1,
            status=Status.OPEN,
            ratio=1.5,
            inner=inner,
            inners=[inner, Inner(x=2, tags=[], opt="q")],
            maybe=None,
            when=WHEN,
        ),
        Row(
            id=strawberry.ID("2"),
            n=2,
            status=Status.DONE,
            ratio=2,
            inner=inner,
            inners=[],
            maybe=inner,
            when=WHEN,
            big=2**40,
        ),
    ]


@strawberry.type
class Query:
    @strawberry.field
    def rows(self) -> list[Row]:
        return make_rows()

    @strawberry.field
    async def later(self) -> list[Row] | None:
        return make_rows()

    @strawberry.field
    def holes(self) -> list[Row | None]:
        return [*make_rows(), None]

    @strawberry.field
    def broken(self) -> list[Row | None]:
        first, second = make_rows()
        first.n, second.inner = None, None
        return [first, second]

    @strawberry.field
    def one(self) -> Row:
        return make_rows()[0]

    @strawberry.field
    def items(self) -> list[Item]:
        return [Item(id=1, title="one")]

    @strawberry.field
    def strangers(self) -> list[Item | None]:
        return [TitleOnly(1, "not an Item")]


QUERIES = [
    "{ rows { id n status ratio inner { x tags opt } inners { x } maybe { x } when __typename } }",
    "{ rows { id big } }",
    "{ rows { big } one { big } }",
    "{ later { a: id b: n ...F } } fragment F on Row { inner { t: tags } status }",
    "{ holes { id inner { __typename } } }",
    "{ broken { n id } }",
    "{ broken { inner { x } } }",
    "{ one { id n inners { opt } } rows { n } }",
    "{ items { title } }",
    "{ strangers { title } }",
    "query ($k: Boolean!) { rows { id @include(if: $k) n @skip(if: $k) } }",
]
STOCK = strawberry.Schema(Query)
FAST = strawberry.Schema(Query, execution_context_class=FastExecutor)


@pytest.mark.parametrize("flag", [True, False])
@pytest.mark.parametrize("query", QUERIES)
def test_answers_are_equal(query: str, flag: bool) -> None:
    variables = {"k": flag} if "$k" in query else None

    def answer(schema: strawberry.Schema) -> typing.Any:
        result = asyncio.run(schema.execute(query, variable_values=variables))
        return result.data, [(error.message, error.path) for error in result.errors or []]

    assert answer(FAST) == answer(STOCK)


def test_the_fast_path_was_taken() -> None:
    compiled.clear()
    asyncio.run(FAST.execute("{ rows { id n } }"))
    assert len(compiled) == 1


def test_lists_of_rows_of_our_own_take_the_fast_path(acme: Company) -> None:
    opened = acme.opens()
    compiled.clear()
    told = acme.admin(
        """query($at: BigInt) { tickets(minPosition: $at) {
             nodes { id number topic status clientName openedAt closedAt stars } } }""",
        at=opened["position"],
    )
    assert told["tickets"]["nodes"][0]["status"] == "OPEN"
    assert {shape[0].name for shape in compiled} == {"TicketConnection"}
