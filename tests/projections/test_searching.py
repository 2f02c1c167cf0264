"""Searching clients and tickets: by beginnings of words, in one workspace, quickly in many."""

import time
from uuid import UUID, uuid4

import pytest

from domain.clients import Client
from domain.tickets import Ticket
from projections.projection import Connection
from projections.tickets import Wanted
from tests.projections.conftest import BUILDS, World
from tests.projections.facts import Fact, fact
from tests.projections.test_tickets import KLARA, PAVEL, opened

MANY = 100_000
SLOWEST = 0.05  # seconds, at the 99th percentile
CLIENTS = """
    INSERT INTO {build}.clients
           (workspace_id, client_id, name, username, telegram_id, bot_id, language, registered_at,
            words, blocked, reachable, blocked_reason, held)
    SELECT %s, gen_random_uuid(), name, NULL, n, 1, 'ru', now() - make_interval(secs => n),
           concat_ws(' ', '_' || hex, left(hex, 8) || first, left(hex, 8) || 'фамилия' || n,
                     left(hex, 8) || n), false, true, '', 0
      FROM generate_series(1, %s) AS n, translate(%s::text, '-', '') AS hex,
           concat((ARRAY['иван', 'петр', 'мария', 'ольга'])[1 + n %% 4]) AS first,
           concat(first, ' фамилия', n) AS name"""


def client(id: UUID, name: str, telegram_id: int, username: str | None = None) -> Fact:
    told = {"bot_id": 1, "telegram_id": telegram_id, "name": name, "username": username}
    return fact(Client.Registered, id, **told)


async def test_clients_are_found_by_name_login_and_number_whatever_the_case(
    questions: World,
) -> None:
    acme, other = uuid4(), uuid4()
    for workspace in (acme, other):
        await questions.book.record(
            workspace,
            client(KLARA, "Клара Новак", 555001, "klara_novak"),
            client(PAVEL, "Пётр О'Нил: 'a' & b", 777002),
        )
    await questions.book.record(acme, fact(Client.Renamed, KLARA, name="Клара Ёлкина"))
    await questions.know("clients")

    async def found(workspace: UUID, search: str) -> list[UUID]:
        page = await questions.models.clients.page(workspace, search=search)
        return [row.client_id for row in page.rows]

    for search in ("клара", "КЛАРА ёлк", "елкина", "5550", "кл ёл"):
        assert await found(acme, search) == [KLARA], search
    for search in ("петр", "о'нил", "нил :*", "a&b", "777002"):
        assert await found(acme, search) == [PAVEL], search
    for search in ("новак", "novak", "лара", "клара петр", "", "!?", acme.hex, "!клара | петр"):
        assert await found(acme, search) == [], search
    assert await found(other, "novak клара") == [KLARA]
    assert await found(uuid4(), "клара") == []


async def test_tickets_are_found_by_number_topic_and_client(questions: World) -> None:
    acme, other = uuid4(), uuid4()
    one, two = uuid4(), uuid4()
    for workspace in (acme, other):
        await questions.book.record(
            workspace, client(KLARA, "Клара Новак", 5, "klara"), opened(one, 41)
        )
    await questions.book.record(acme, client(PAVEL, "Павел", 6), opened(two, 42, PAVEL))
    await questions.know("tickets")

    async def found(search: str) -> list[int]:
        page = await questions.models.tickets.page(acme, wanted=Wanted(search=search))
        return [row.number for row in page.rows]

    assert await found("delivery") == await found("4") == [42, 41]
    assert await found("№42") == await found("павел") == [42]
    assert await found("новак deliv") == await found("KLARA") == [41]
    assert await found("klara павел") == await found("?") == []


async def test_a_list_of_tickets_is_narrowed_by_tag_and_priority(questions: World) -> None:
    acme, (one, two) = uuid4(), (uuid4(), uuid4())
    await questions.book.record(
        acme,
        opened(one, 1),
        opened(two, 2),
        *(fact(Ticket.Tagged, id, tag="возврат", by=None) for id in (one, two)),
        fact(Ticket.Tagged, two, tag="vip", by=None),
        fact(Ticket.Untagged, one, tag="возврат", by=None),
        fact(Ticket.PriorityChanged, one, priority="urgent", by=None),
    )
    await questions.know("tickets")

    async def numbers(wanted: Wanted) -> list[int]:
        return [
            row.number for row in (await questions.models.tickets.page(acme, wanted=wanted)).rows
        ]

    assert await numbers(Wanted(tag="возврат")) == await numbers(Wanted(tag="vip")) == [2]
    assert await numbers(Wanted(priority="urgent")) == [1]
    assert await numbers(Wanted(tag="vip", priority="urgent")) == []
    row = await questions.models.tickets.one(acme, two)
    assert row is not None
    assert (row.tags, row.priority) == (["возврат", "vip"], "normal")


@pytest.mark.long
async def test_among_a_hundred_thousand_clients_a_search_takes_no_time(
    alone: World, owner: Connection
) -> None:
    acme, other = uuid4(), uuid4()
    statement = CLIENTS.format(build=BUILDS["clients"]).encode()
    for workspace, many in ((acme, MANY), (other, MANY // 10)):
        await owner.execute(statement, [workspace, many, str(workspace)])
    await owner.execute("ANALYZE")  # as autovacuum does
    taken: list[float] = []
    for n in range(1, 26):
        for search in ("иван", "фам", f"фамилия{n}", f"{n * 3_000}"):
            begun = time.perf_counter()
            page = await alone.models.clients.page(acme, search=search, first=20)
            taken.append(time.perf_counter() - begun)
            assert page.rows
    taken.sort()
    assert taken[98] <= SLOWEST
