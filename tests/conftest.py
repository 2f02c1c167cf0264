"""Fixtures of the whole suite, and how its tests are shared out to processes."""

import pytest

pytest_plugins = ["tests.proofs", "tests.postgres_fixture", "tests.story"]

TOGETHER = {"tests/helpdesk/": "helpdesk", "tests/whole/relay/": "relay"}
"""Folders whose tests share a stage: one process runs all of them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests that share something costly in one process."""
    for item in items:
        path = item.nodeid.partition("::")[0]
        shared = next(
            (group for folder, group in TOGETHER.items() if path.startswith(folder)), path
        )
        item.add_marker(pytest.mark.xdist_group(shared))
