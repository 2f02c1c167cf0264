"""Migrations: the files `migrations/NNN_name.sql`, each run once, in order, by the owner role.

One process migrates at a time (an advisory lock of the database), each file in a transaction of
its own together with its row in `ledger.migration`. A file that was applied never changes again:
its checksum is compared. Unqualified names mean the schema `ledger`.

What the leading comment lines of a file may say:

    -- no transaction        run outside a transaction, statement by statement; each must end
                             with a semicolon at the end of a line, and bear being repeated
    -- as the login user     run without taking the owner role
"""

import hashlib
import re
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import LiteralString, TypeAlias

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

from infrastructure.postgres import Unavailable, require_version

Session: TypeAlias = psycopg.Connection[TupleRow]

FOLDER = Path(__file__).with_name("migrations")
LOCK = 5_061_745_219  # of pg_advisory_lock: any number, the same in every process
PATIENCE = 300.0  # seconds to wait for another process that migrates
OPTIONS = "-c search_path=ledger,public -c statement_timeout=0 -c lock_timeout=30s -c timezone=UTC"


class MigrationFailed(Exception):
    """The database was left as the last applied file made it; the message says what to do."""


@dataclass(frozen=True)
class Migration:
    """One file: its name without the ending, and its text."""

    name: str
    text: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text, in hexadecimal; line ends do not count."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def says(self, word: str) -> bool:
        """Whether a leading comment line begins with `word`."""
        heading = takewhile(lambda line: line.startswith("--"), self.text.splitlines())
        return any(line.removeprefix("--").strip().startswith(word) for line in heading)


def migrate(dsn: str, folder: Path = FOLDER) -> list[str]:
    """Apply what is missing and return the names applied, in order.

    Raises MigrationFailed, PostgresTooOld or Unavailable.
    """
    with _session(dsn) as session:
        require_version(session.info.server_version)
        with _alone(session):
            missing = _missing(session, _read(folder))
            for migration in missing:
                _apply(session, migration)
    return [migration.name for migration in missing]


def pending(dsn: str, folder: Path = FOLDER) -> list[str]:
    """The names that `migrate` would apply; raises what it raises, and changes nothing."""
    with _session(dsn) as session:
        require_version(session.info.server_version)
        return [migration.name for migration in _missing(session, _read(folder))]


@contextmanager
def _session(dsn: str) -> Generator[Session]:
    conninfo = make_conninfo(dsn, application_name="ledgerdesk migrate")
    try:
        session = psycopg.connect(conninfo, autocommit=True, options=OPTIONS, connect_timeout=5)
    except psycopg.OperationalError as error:
        raise Unavailable(f"the database does not answer: {error}") from error
    with session:
        yield session


@contextmanager
def _alone(session: Session) -> Generator[None]:
    """Hold the lock, asked for in short statements.

    A statement that waits for it would hold a snapshot, and CREATE INDEX CONCURRENTLY in the
    process that has the lock waits for every snapshot: both would wait for ever.
    """
    until = time.monotonic() + PATIENCE
    while not _holds(session, "SELECT pg_try_advisory_lock(%s)"):
        if time.monotonic() > until:
            raise MigrationFailed(f"another process has been migrating for {PATIENCE:.0f} s")
        time.sleep(0.02)
    try:
        yield
    finally:
        if not session.closed:
            _holds(session, "SELECT pg_advisory_unlock(%s)")


def _holds(session: Session, question: LiteralString) -> bool:
    row = session.execute(question, [LOCK]).fetchone()
    return row is not None and bool(row[0])


def _read(folder: Path) -> list[Migration]:
    found = [Migration(file.stem, file.read_text("utf-8")) for file in sorted(folder.glob("*.sql"))]
    numbers = [migration.name.partition("_")[0] for migration in found]
    for number, migration in zip(numbers, found, strict=True):
        if not re.fullmatch(r"\d{3}", number) or numbers.count(number) > 1:
            raise MigrationFailed(f"{migration.name}.sql: NNN_name.sql, each number once")
    return found


def _missing(session: Session, known: list[Migration]) -> list[Migration]:
    applied = _applied(session)
    if strange := sorted(applied.keys() - {migration.name for migration in known}):
        raise MigrationFailed(
            f"the database has {', '.join(strange)}, which this version of Ledgerdesk does not"
            " know: run the version that migrated it, or a newer one"
        )
    for migration in known:
        if applied.get(migration.name, migration.checksum) != migration.checksum:
            raise MigrationFailed(
                f"{migration.name}.sql was changed after it had been applied:"
                " restore it, and write the change as a new file"
            )
    return [migration for migration in known if migration.name not in applied]


def _applied(session: Session) -> dict[str, str]:
    row = session.execute("SELECT to_regclass('ledger.migration') IS NOT NULL").fetchone()
    if row is None or not row[0]:
        return {}
    rows = session.execute("SELECT name, checksum FROM ledger.migration").fetchall()
    return {str(name): str(checksum) for name, checksum in rows}


def _apply(session: Session, migration: Migration) -> None:
    role = b"RESET ROLE" if migration.says("as the login user") else b"SET ROLE ledgerdesk_owner"
    try:
        session.execute(role)
        if migration.says("no transaction"):
            for statement in re.split(r"(?<=;)[ \t]*\n", migration.text):
                if statement.strip():
                    session.execute(statement.encode())
            _record(session, migration)
        else:
            with session.transaction():
                session.execute(migration.text.encode())
                _record(session, migration)
    except psycopg.Error as error:
        raise MigrationFailed(f"{migration.name}.sql: {error}") from error


def _record(session: Session, migration: Migration) -> None:
    session.execute("SET ROLE ledgerdesk_owner")
    session.execute(
        "INSERT INTO ledger.migration (name, checksum) VALUES (%s, %s)",
        [migration.name, migration.checksum],
    )
