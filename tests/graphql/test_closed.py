"""An installation that is closed: no playground, bots run shipped documents alone; and outages."""

import hashlib
import time
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from tests.graphql.company import CAROL, OPENED, Company, GraphQLRefused, Service
from tests.graphql.conftest import Town
from tests.postgres_fixture import Databases

CLAIMS = """mutation($id: String!, $t: ID!) { claimTicket(input: {commandId: $id, ticketId: $t})
                 { outcome number position replayed holder { id name } } }"""


@pytest.fixture(scope="module")
def closed(databases: Databases) -> Iterator[Service]:
    name = databases.create()
    town = Town(databases.of(name), documents=(OPENED, CLAIMS), playground=False)
    service = town.start()
    yield service
    service.http.close()
    town.close()
    databases.drop(name)


@pytest.fixture(scope="module")
def company(closed: Service) -> Company:
    with Company.founded(closed, "Closed") as founded:
        return founded


def test_a_bot_runs_the_documents_of_the_release(company: Company) -> None:
    assert company.opens()["number"] >= 1


def test_a_bot_may_name_a_document_by_its_hash(company: Company) -> None:
    variables = {"id": company.new(), "p": {"name": "Carol"}}
    body = {"documentId": hashlib.sha256(OPENED.encode()).hexdigest(), "variables": variables}
    answer = company.service.post(company.client_key, body, CAROL).json()
    assert answer["data"]["openTicket"]["number"] >= 1


@pytest.mark.parametrize("key", ["client_key", "manager_key"])
def test_a_bot_may_run_nothing_else(company: Company, key: str) -> None:
    with pytest.raises(GraphQLRefused) as refused:
        company.service.ask(getattr(company, key), "{ workspace { topics } }")
    assert refused.value.code == "DocumentNotTrusted"


def test_people_may_ask_freely(company: Company) -> None:
    assert company.admin("{ workspace { name } }") == {"workspace": {"name": "Closed"}}


def test_nothing_tells_of_the_schema(company: Company) -> None:
    for query in ("{ __schema { types { name } } }", '{ __type(name: "Ticket") { name } }'):
        with pytest.raises(GraphQLRefused) as refused:
            company.admin(query)
        assert refused.value.code == "NotAllowed"
    with pytest.raises(GraphQLRefused) as refused:
        company.admin("{ workspac { name } }")
    assert "Did you mean" not in refused.value.message
    assert company.service.http.get("/graphql").status_code == 405
    assert company.service.http.get("/ide/page.js").status_code == 404


@pytest.fixture
def unreachable(databases: Databases, closed: Service) -> Iterator[Service]:
    """The same service while its database lets nobody in."""
    name = closed.town.dsn.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(databases.dsn, autocommit=True) as admin:
        database = sql.Identifier(name)
        admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(database))
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            yield closed
        finally:
            admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(database))


def test_without_a_database_every_answer_is_a_clear_503(
    company: Company, unreachable: Service
) -> None:
    started = time.monotonic()
    for body in (
        {"query": "{ workspace { name } }"},
        {"query": 'mutation { startDesk(input: {commandId: "out"}) { position } }'},
    ):
        answer = unreachable.post(company.admin_key, body)
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "1"
        assert answer.json()["errors"][0]["extensions"]["code"] in {"Unavailable", "OutcomeUnknown"}
    assert time.monotonic() - started < 7
    ready = unreachable.http.get("/health/ready")
    assert (ready.status_code, ready.json()) == (503, {"status": "unavailable"})
    assert unreachable.http.get("/health/live").status_code == 200


def test_when_the_database_is_back_so_is_the_service(company: Company) -> None:
    for _ in range(100):
        answer = company.service.post(company.admin_key, {"query": "{ workspace { name } }"})
        if answer.status_code == 200:
            break
    assert answer.json()["data"] == {"workspace": {"name": "Closed"}}
