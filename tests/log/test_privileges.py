"""Nobody changes what was written: services may only append by the function, and read."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import TupleRow

from infrastructure.postgres import Role
from tests.log.calls import Told, append
from tests.mutants import Change, broken_database
from tests.noticing import noticed
from tests.postgres_fixture import Databases

Session = psycopg.Connection[TupleRow]
SERVICES = [Role.DESK, Role.PROJECTOR, Role.GATEWAY]
TABLES = {
    "event_log": "topic = ''",
    "command_log": "outcome = '{}'",
    "log_head": "last_id = 0",
    "ticket_counter": "last_number = 0",
}
CHANGES = [
    statement
    for table, value in TABLES.items()
    for statement in (
        f"INSERT INTO ledger.{table} SELECT * FROM ledger.{table}",
        f"INSERT INTO ledger.{table} DEFAULT VALUES",
        f"UPDATE ledger.{table} SET {value}",
        f"DELETE FROM ledger.{table}",
        f"TRUNCATE ledger.{table}",
        f"ALTER TABLE ledger.{table} DISABLE TRIGGER ALL",
        f"SELECT * FROM ledger.{table} FOR UPDATE",
    )
] + ["SET session_replication_role = replica"]
OF_THE_LOG = [
    "UPDATE ledger.event_log SET topic = topic",
    "DELETE FROM ledger.event_log",
    "TRUNCATE ledger.event_log",
    "TRUNCATE ledger.event_log, ledger.command_log CASCADE",
]
READ = {
    Role.DESK: set(TABLES),
    Role.PROJECTOR: {"event_log", "log_head"},
    Role.GATEWAY: set[str](),
}


@contextmanager
def session(dsn: str) -> Iterator[Session]:
    """One event is in the log; whatever is done else is undone."""
    with psycopg.connect(dsn) as opened:
        told = Told(UUID(int=1), "first", number=1, events=[(UUID(int=2), 1)])
        assert append(opened, [told]) == [("stored", None, 1)]
        yield opened
        opened.rollback()


def refused(opened: Session, role: str, statement: str) -> str | None:
    """What the server says to somebody who tries; None if it does it."""
    try:
        with opened.transaction():
            opened.execute(f"SET LOCAL ROLE {role}".encode())
            opened.execute(statement.encode())
    except InsufficientPrivilege as error:
        return str(error)
    except psycopg.Error:  # it may, but there is something else in the way
        return None
    return None


def services_change_nothing(dsn: str) -> None:
    with session(dsn) as opened:
        done = [
            (str(role), statement)
            for role in SERVICES
            for statement in CHANGES
            if refused(opened, role, statement) is None
        ]
    assert done == []


def services_have_no_other_rights(dsn: str) -> None:
    with session(dsn) as opened:
        rights = opened.execute(
            "SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants"
            " WHERE table_schema = 'ledger' AND table_name = ANY(%s) AND grantee <> %s",
            [list(TABLES), Role.OWNER],
        ).fetchall()
        callers = opened.execute(
            "SELECT r::text FROM unnest(%s::regrole[]) r"
            " WHERE has_function_privilege(r, (SELECT oid FROM pg_proc WHERE"
            "   proname = 'append_once' AND pronamespace = 'ledger'::regnamespace), 'EXECUTE')",
            [[str(role) for role in SERVICES]],
        ).fetchall()
    assert set(rights) == {
        (str(role), table, "SELECT") for role, tables in READ.items() for table in tables
    }
    assert callers == [(str(Role.DESK),)]


def not_even_the_owner_changes_an_event(dsn: str) -> None:
    with session(dsn) as opened:
        opened.execute("SET session_replication_role = replica")  # ordinary triggers sleep
        for role in (str(Role.OWNER), "SESSION_USER"):
            for statement in OF_THE_LOG:
                told = refused(opened, role if role != "SESSION_USER" else "none", statement)
                assert told is not None, f"{role} did: {statement}"
                assert "append-only" in told


CHECKS = [
    services_change_nothing,
    services_have_no_other_rights,
    not_even_the_owner_changes_an_event,
]
GRANT = "GRANT SELECT ON event_log, command_log, ticket_counter, log_head TO ledgerdesk_desk;"
MUTANTS: list[tuple[object, Change]] = [
    (services_change_nothing, (GRANT, GRANT.replace("SELECT", "SELECT, INSERT"))),
    (services_change_nothing, (GRANT, GRANT.replace("SELECT", "SELECT, TRUNCATE"))),
    (
        services_have_no_other_rights,
        (
            "REVOKE ALL ON FUNCTION append_once FROM PUBLIC;",
            "GRANT EXECUTE ON FUNCTION append_once TO PUBLIC;",
        ),
    ),
    (services_have_no_other_rights, (GRANT, GRANT.replace("SELECT", "SELECT, REFERENCES"))),
    (not_even_the_owner_changes_an_event, ("BEFORE UPDATE OR DELETE", "BEFORE UPDATE")),
    (
        not_even_the_owner_changes_an_event,
        ("BEFORE TRUNCATE ON event_log", "AFTER INSERT ON event_log"),
    ),
    (
        not_even_the_owner_changes_an_event,
        ("ALTER TABLE event_log ENABLE ALWAYS TRIGGER no_change;", ""),
    ),
]


@pytest.mark.parametrize("check", CHECKS)
def test_what_was_written_stays(check: object, database: str) -> None:
    check(database)  # type: ignore[operator]


@pytest.mark.parametrize(("check", "change"), MUTANTS)
def test_a_right_too_many_is_noticed(check: object, change: Change, databases: Databases) -> None:
    with broken_database(databases, change) as dsn, noticed(InsufficientPrivilege):
        check(dsn)  # type: ignore[operator]
