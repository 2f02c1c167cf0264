"""Planted mutants: the product with one rule deliberately broken, to see that its test notices.

A mutant is made by replacing text, and the replaced text must be there: so a mutant cannot go
stale unseen when the product changes.
"""

import inspect
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from infrastructure.migrations import FOLDER, migrate

if TYPE_CHECKING:
    from tests.postgres_fixture import Databases

Change = tuple[str, str]
C = TypeVar("C")

NO_MEMORY = (
    "JOIN command_log c ON c.workspace_id",
    "JOIN command_log c ON false AND c.workspace_id",
)
"""The append function does not look for what a command id was answered first."""
NO_FINGERPRINT = "IF k.fingerprint <> k.fp THEN", "IF false THEN"
"""It takes every command with a known id for the same command."""
NO_REFUSALS = "AND st[u.no] IS NULL;\n      FOR i", "AND la[u.no] > 0;\n      FOR i"
"""It remembers only commands after which something happened."""
EARLY_ROWS = [
    (
        "    BEGIN\n      -- Ticket numbers",
        """    BEGIN
      RETURN QUERY SELECT i, coalesce(st[i], 'stored'), oc[i], la[i] FROM generate_series(lo, hi) i;
      -- Ticket numbers""",
    ),
    ("RETURN QUERY SELECT i, st[i], oc[i], la[i] FROM generate_series(1, n) i;", "RETURN;"),
]
"""It returns rows before the last word: rows that survive the undoing of what they tell."""


class StaleMutant(Exception):
    """The product no longer says what the mutant changes."""


@contextmanager
def broken_database(databases: "Databases", *changes: Change) -> Iterator[str]:
    """The address of a database whose migrations were changed before they ran."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "migrations"
        shutil.copytree(FOLDER, folder)
        for old, new in changes:
            files = [file for file in folder.glob("*.sql") if old in file.read_text()]
            if not files:
                raise StaleMutant(f"no migration says {old!r}")
            for file in files:
                file.write_text(file.read_text().replace(old, new))
        name = databases.create("template0")
        try:
            migrate(databases.of(name), folder)
            yield databases.of(name)
        finally:
            databases.drop(name)


def broken_class(kind: type[C], *changes: Change, **names: Any) -> type[C]:
    """The class with changed source; `names` are what its module calls something else now."""
    source = inspect.getsource(kind)
    for old, new in changes:
        if old not in source:
            raise StaleMutant(f"{kind.__name__} does not say {old!r}")
        source = source.replace(old, new)
    space = dict(vars(sys.modules[kind.__module__])) | names
    exec(source, space)
    broken: type[C] = space[kind.__name__]
    return broken
