"""Databases for tests: one server a run, one migrated template, a fresh database a test.

Without LEDGERDESK_TEST_DATABASE_URL the server is an embedded one in a temporary folder, in memory
where there is room (a new database costs 10 ms there, and up to 300 ms on a disk). A run that was
killed leaves its server behind; the next run on this machine stops it.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import TupleRow

from infrastructure.embedded_postgres import EmbeddedPostgres
from infrastructure.migrations import migrate

PREFIX = "ledgerdesk-test-"
DISK, MEMORY = Path(tempfile.gettempdir()), Path("/dev/shm")
ROOM = 4 << 30  # bytes


class Databases:
    """The databases of one run; `admin` is an autocommit session that may create them."""

    def __init__(self, dsn: str, admin: psycopg.Connection[TupleRow]) -> None:
        self.dsn = dsn
        self._admin = admin
        self._run = f"ledgerdesk_test_{uuid4().hex[:8]}"
        self._made = 0
        self._template = self.create("template0")
        migrate(self.of(self._template))

    def of(self, database: str) -> str:
        """The address of a database of this server."""
        return urlsplit(self.dsn)._replace(path=f"/{database}").geturl()

    def create(self, template: str | None = None) -> str:
        """A new database, by default a copy of the migrated one; returns its name."""
        self._made += 1
        name = f"{self._run}_{self._made}"
        source = template or self._template
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self._admin.execute(made.format(sql.Identifier(name), sql.Identifier(source)))
        if template is None:
            self._copy_rights(name)
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def rights(self, name: str) -> list[tuple[str, str]]:
        """Who may do what with a database beyond its owner, in order."""
        found = self._admin.execute(
            "SELECT grantee::regrole::text, privilege_type FROM pg_database d, aclexplode(datacl)"
            " WHERE datname = %s AND grantee <> datdba ORDER BY 1, 2",
            [name],
        )
        return found.fetchall()

    def close(self) -> None:
        """Drop what the run itself keeps."""
        self.drop(self._template)

    def _copy_rights(self, name: str) -> None:
        """The rights on a database are no part of its template: 000_roles.sql says them too."""
        database = sql.Identifier(name)
        for text in (
            "REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC",
            "GRANT CREATE, TEMPORARY ON DATABASE {} TO ledgerdesk_owner",
        ):
            self._admin.execute(sql.SQL(text).format(database))


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The server of the run, with a migrated template."""
    with _server() as dsn, psycopg.connect(dsn, autocommit=True) as admin:
        made = Databases(dsn, admin)
        yield made
        made.close()


@pytest.fixture
def database(databases: Databases) -> Iterator[str]:
    """The address of a migrated database of this test alone."""
    name = databases.create()
    yield databases.of(name)
    databases.drop(name)


@pytest.fixture(scope="session")
def shared_database(databases: Databases) -> Iterator[str]:
    """The address of a migrated database that the tests of the run share: leave no traces."""
    name = databases.create()
    yield databases.of(name)
    databases.drop(name)


@pytest.fixture
def empty_database(databases: Databases) -> Iterator[str]:
    """The address of a database without any migration."""
    name = databases.create("template0")
    yield databases.of(name)
    databases.drop(name)


@contextmanager
def reachable_folder(where: Path | None = None) -> Generator[Path]:
    """A temporary folder that the user who runs Postgres for root can pass through."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=where or _quickest()))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _quickest() -> Path:
    usable = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if usable else DISK


@contextmanager
def _server() -> Generator[str]:
    if given := os.environ.get("LEDGERDESK_TEST_DATABASE_URL"):
        yield given
        return
    if "PYTEST_XDIST_WORKER" not in os.environ:  # those of the others are not abandoned
        for folder in [*DISK.glob(f"{PREFIX}*"), *MEMORY.glob(f"{PREFIX}*")]:
            _stop_abandoned(folder)
    with reachable_folder() as folder, EmbeddedPostgres(folder / "pg", durable=False) as server:
        yield server.dsn()


def _stop_abandoned(folder: Path) -> None:
    users = folder / "pg.users"
    if not os.access(users, os.R_OK | os.W_OK):
        return
    with users.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
    left = EmbeddedPostgres(folder / "pg", durable=False)
    left.start()
    left.stop()
    shutil.rmtree(folder, ignore_errors=True)
