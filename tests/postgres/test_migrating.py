"""Migrations: each once, whole or not at all, and never changed afterwards."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psycopg
import pytest

from infrastructure.embedded_postgres import EmbeddedPostgres
from infrastructure.migrations import FOLDER, MigrationFailed, migrate, pending
from infrastructure.postgres import PostgresTooOld, require_version
from tests.postgres_fixture import reachable_folder

ROOT = Path(__file__).parents[2]
ALL = sorted(file.stem for file in FOLDER.glob("*.sql"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Migrations of a test: the roles, and what the test writes beside them."""
    shutil.copy(FOLDER / "000_roles.sql", tmp_path)
    return tmp_path


@pytest.fixture
def new_cluster() -> Iterator[EmbeddedPostgres]:
    """A server that has never seen the roles."""
    with reachable_folder() as made, EmbeddedPostgres(made / "pg", durable=False) as server:
        yield server


def rows(dsn: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn) as session:
        return session.execute(question.encode()).fetchall()


def test_a_database_is_migrated_once(empty_database: str) -> None:
    assert pending(empty_database) == ALL
    assert migrate(empty_database) == ALL
    assert migrate(empty_database) == pending(empty_database) == []
    assert rows(empty_database, "SELECT name FROM ledger.migration ORDER BY 1") == [
        (name,) for name in ALL
    ]


def test_four_processes_that_migrate_at_once_all_succeed(empty_database: str) -> None:
    program = (
        "import sys; from infrastructure.migrations import migrate; print(*migrate(sys.argv[1]))"
    )
    command = [sys.executable, "-c", program, empty_database]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    said = [process.communicate(timeout=60)[0].split() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0, 0]
    assert sorted(said) == [[], [], [], ALL]


def test_a_login_without_superuser_migrates_four_databases_of_a_new_cluster_at_once(
    new_cluster: EmbeddedPostgres,
) -> None:
    names = ["one", "two", "three", "four"]
    with psycopg.connect(new_cluster.dsn(), autocommit=True) as session:
        session.execute("CREATE ROLE company LOGIN CREATEROLE")
        for name in names:
            session.execute(f"CREATE DATABASE {name} OWNER company".encode())
    addresses = [new_cluster.dsn(name).replace("postgres@", "company@", 1) for name in names]
    together = Barrier(len(names))

    def start(dsn: str) -> list[str]:
        together.wait(timeout=20)
        return migrate(dsn)

    with ThreadPoolExecutor(len(names)) as threads:
        assert list(threads.map(start, addresses)) == [ALL] * len(names)
    who = "SELECT current_user::text, session_user::text"
    with psycopg.connect(addresses[0], options="-c role=ledgerdesk_desk") as session:
        assert session.execute(who).fetchone() == ("ledgerdesk_desk", "company")


def test_a_file_changed_after_it_was_applied_stops_the_run(
    empty_database: str, folder: Path
) -> None:
    (folder / "001_thing.sql").write_text("CREATE TABLE thing (n int);\n")
    migrate(empty_database, folder)
    (folder / "001_thing.sql").write_text("CREATE TABLE thing (n bigint);\n")
    (folder / "002_more.sql").write_text("CREATE TABLE more (n int);\n")
    with pytest.raises(MigrationFailed, match=r"001_thing\.sql was changed"):
        migrate(empty_database, folder)
    with pytest.raises(MigrationFailed, match=r"001_thing\.sql was changed"):
        pending(empty_database, folder)
    assert rows(empty_database, "SELECT to_regclass('ledger.more')") == [(None,)]


def test_a_database_of_a_newer_version_stops_the_run(empty_database: str, folder: Path) -> None:
    (folder / "001_thing.sql").write_text("CREATE TABLE thing (n int);\n")
    migrate(empty_database, folder)
    (folder / "001_thing.sql").unlink()
    with pytest.raises(MigrationFailed, match=r"001_thing, which this version .* does not know"):
        migrate(empty_database, folder)


def test_a_file_that_fails_is_undone_and_those_before_it_stay(
    empty_database: str, folder: Path
) -> None:
    (folder / "001_thing.sql").write_text("CREATE TABLE thing (n int);\n")
    (folder / "002_wrong.sql").write_text("CREATE TABLE more (n int);\nSELECT no_such_column;\n")
    with pytest.raises(MigrationFailed, match=r"002_wrong\.sql: column .*no_such_column"):
        migrate(empty_database, folder)
    assert pending(empty_database, folder) == ["002_wrong"]
    (folder / "002_wrong.sql").write_text("CREATE TABLE more (n int);\n")
    assert migrate(empty_database, folder) == ["002_wrong"]


def test_what_migrations_make_belongs_to_the_owner_role_in_the_schema_ledger(
    empty_database: str, folder: Path
) -> None:
    (folder / "001_thing.sql").write_text("CREATE TABLE thing (n int);\n")
    migrate(empty_database, folder)
    owners = "SELECT tableowner FROM pg_tables WHERE schemaname = 'ledger'"
    assert rows(empty_database, owners) == [("ledgerdesk_owner",), ("ledgerdesk_owner",)]


def test_an_index_is_built_concurrently_while_others_wait_to_migrate(
    empty_database: str, folder: Path
) -> None:
    (folder / "001_thing.sql").write_text("CREATE TABLE thing (n int);\n")
    (folder / "002_index.sql").write_text(
        "-- no transaction\n"
        "DROP INDEX CONCURRENTLY IF EXISTS thing_n;\n"
        "CREATE INDEX CONCURRENTLY thing_n ON thing (n);\n"
    )
    together = Barrier(3)

    def start(_: int) -> list[str]:
        together.wait(timeout=20)
        return migrate(empty_database, folder)

    with ThreadPoolExecutor(3) as threads:
        applied = list(threads.map(start, range(3)))
    assert sorted(applied) == [[], [], ["000_roles", "001_thing", "002_index"]]
    owner = "SELECT tableowner FROM pg_tables JOIN pg_indexes USING (tablename)"
    assert rows(empty_database, f"{owner} WHERE indexname = 'thing_n'") == [("ledgerdesk_owner",)]


@pytest.mark.parametrize("name", ["thing.sql", "1_thing.sql", "000_again.sql"])
def test_a_file_without_a_number_of_its_own_is_refused(
    empty_database: str, folder: Path, name: str
) -> None:
    (folder / name).write_text("SELECT 1;\n")
    with pytest.raises(MigrationFailed, match="each number once"):
        migrate(empty_database, folder)


@pytest.mark.parametrize(("number", "said"), [(140_020, "14"), (90_624, "9")])
def test_a_server_older_than_fifteen_is_refused(number: int, said: str) -> None:
    with pytest.raises(PostgresTooOld, match=f"Postgres {said} is too old"):
        require_version(number)
    require_version(150_000)
