"""The ground of benches, on the server of the run: small benches are tried, nothing is judged."""

from collections.abc import Iterator

import psycopg
import pytest

from infrastructure.benchmarks.ground import Ground
from tests.postgres_fixture import Databases


@pytest.fixture(scope="session")
def bench_ground(databases: Databases) -> Iterator[Ground]:
    """Databases named apart from those of the tests; they end with the run."""
    with psycopg.connect(databases.dsn, autocommit=True) as admin:
        ground = Ground(databases.dsn, admin)
        yield ground
        ground.close()
