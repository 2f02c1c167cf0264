"""The ground of all benches: one durable Postgres, and a database of its own for each."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import TupleRow

from infrastructure.embedded_postgres import EmbeddedPostgres
from infrastructure.roles import prepared


class Ground:
    """Databases on one server; `admin` is an autocommit session that may make them."""

    def __init__(self, dsn: str, admin: psycopg.Connection[TupleRow]) -> None:
        self._dsn = dsn
        self._admin = admin
        self._run = f"bench_{uuid4().hex[:8]}"
        self._made: list[str] = []
        self._template = self.empty()
        prepared(self._template)

    def database(self) -> str:
        """The address of a new database with a log and read models."""
        return self.copy(self._template)

    def empty(self) -> str:
        """The address of a new database without anything."""
        return self._create("template0")

    def copy(self, dsn: str) -> str:
        """The address of a copy of a database to which nobody is connected."""
        return self._create(str(conninfo_to_dict(dsn)["dbname"]))

    def drop(self, dsn: str) -> None:
        """Drop a database, whoever is still connected."""
        name = sql.Identifier(str(conninfo_to_dict(dsn)["dbname"]))
        self._admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def close(self) -> None:
        """Drop everything that was made."""
        for dsn in self._made:
            self.drop(dsn)

    def _create(self, template: str) -> str:
        name = f"{self._run}_{len(self._made) + 1}"
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self._admin.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
        address = urlsplit(self._dsn)._replace(path=f"/{name}").geturl()
        self._made.append(address)
        return address


@contextmanager
def ground() -> Generator[Ground]:
    """A server in a temporary folder, with fsync on, for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="ledgerdesk-bench-"))
    folder.chmod(0o711)  # the user who runs Postgres for root passes through
    try:
        with EmbeddedPostgres(folder / "pg") as server:
            dsn = server.dsn()
            with psycopg.connect(dsn, autocommit=True) as admin:
                yield Ground(dsn, admin)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
