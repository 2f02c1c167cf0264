"""The roles of the services: each reads and writes what was granted, and none changes tables."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import TupleRow

from infrastructure.migrations import migrate
from infrastructure.postgres import Role
from tests.postgres_fixture import Databases

SERVICES = [Role.DESK, Role.PROJECTOR, Role.GATEWAY]
CHANGES = [
    "CREATE TABLE ledger.mine (n int)",
    "CREATE TABLE public.mine (n int)",
    "CREATE TEMPORARY TABLE mine (n int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION ledger.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER TABLE ledger.migration ADD COLUMN mine int",
    "DROP TABLE ledger.migration",
    "DROP SCHEMA ledger CASCADE",
    "INSERT INTO ledger.migration VALUES ('999_mine', '')",
    "UPDATE ledger.migration SET checksum = ''",
    "DELETE FROM ledger.migration",
    "TRUNCATE ledger.migration",
    "CREATE ROLE mine",
]


@pytest.fixture
def session(shared_database: str) -> Iterator[psycopg.Connection[TupleRow]]:
    """A session whose changes are undone."""
    with psycopg.connect(shared_database) as opened:
        yield opened
        opened.rollback()


def test_nobody_can_log_in_as_a_role_of_ours(session: psycopg.Connection[TupleRow]) -> None:
    found = session.execute(
        "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
        " WHERE rolname LIKE 'ledgerdesk\\_%'"
    ).fetchall()
    assert sorted(found) == sorted((role.value, False, False, False, False) for role in Role)


@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.parametrize("role", SERVICES)
def test_a_service_is_refused_every_change_of_tables(
    session: psycopg.Connection[TupleRow], role: Role, statement: str
) -> None:
    session.execute(f"SET ROLE {role}".encode())
    with pytest.raises(InsufficientPrivilege):
        session.execute(statement.encode())


def test_the_owner_may_make_schemas_and_a_function_of_its_is_nobody_elses_at_first(
    session: psycopg.Connection[TupleRow],
) -> None:
    session.execute("SET ROLE ledgerdesk_owner")
    session.execute("CREATE SCHEMA rm_trial")
    session.execute("CREATE FUNCTION ledger.one() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    session.execute("SET ROLE ledgerdesk_desk")
    with pytest.raises(InsufficientPrivilege):
        session.execute("SELECT ledger.one()")


def test_the_databases_of_tests_have_the_rights_of_a_migrated_one(databases: Databases) -> None:
    migrated, copied = databases.create("template0"), databases.create()
    migrate(databases.of(migrated))
    assert databases.rights(migrated) == databases.rights(copied) != []
    databases.drop(migrated)
    databases.drop(copied)
