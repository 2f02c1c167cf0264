"""Fixtures of the whole suite, and how its tests are shared out to processes."""

import pytest

pytest_plugins = ["tests.proofs", "tests.postgres_fixture", "tests.story"]

STAGES = ("tests/helpdesk/", "tests/whole/", "tests/operation/")
"""Folders whose tests start every role as a process: one process after the other runs them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests that share something costly in one process."""
    for item in items:
        path = item.nodeid.partition("::")[0]
        group = "stages" if path.startswith(STAGES) else path
        item.add_marker(pytest.mark.xdist_group(group))
