"""Cleaning as a sender does it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from infrastructure.metadata import cleaned

Cleaning = Callable[..., tuple[bytes, str]]


@pytest.fixture
def clean(tmp_path: Path) -> Cleaning:
    """From bytes and what they are called: the cleaned bytes and their name."""

    def run(data: bytes, name: str | None, kind: str = "document") -> tuple[bytes, str]:
        source, target = tmp_path / "source", tmp_path / "target"
        source.write_bytes(data)
        called = cleaned(source, target, kind, name)
        return target.read_bytes(), called

    return run
