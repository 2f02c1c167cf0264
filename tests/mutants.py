"""Planted mutants: the product with one rule deliberately broken, to see that its test notices.

A mutant is made by replacing text, and the replaced text must be there: so a mutant cannot go
stale unseen when the product changes.
"""

import inspect
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest

from infrastructure.migrations import FOLDER, migrate
from tests.postgres_fixture import Databases

Change = tuple[str, str]
C = TypeVar("C")


class StaleMutant(Exception):
    """The product no longer says what the mutant changes."""


@contextmanager
def broken_database(databases: Databases, *changes: Change) -> Iterator[str]:
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


def noticed(*also: type[BaseException]) -> AbstractContextManager[object]:
    """Expect a check to fail: by its own assertions, or by what it did not expect to be told."""
    return pytest.raises((AssertionError, pytest.fail.Exception, *also))
