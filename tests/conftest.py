"""Fixtures of the whole suite."""

pytest_plugins = ["tests.proofs", "tests.postgres_fixture", "tests.story"]
