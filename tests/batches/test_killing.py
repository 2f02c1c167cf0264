"""Thousands of deals migrate while their process is killed and other companies go on working."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from statistics import median, quantiles

import pytest

from application.pipelines import DefinePipeline
from domain.batches import BatchState
from infrastructure.supervisor import Supervisor
from tests.batches.company import Company


@pytest.mark.timeout(240)
@pytest.mark.proves("S3-04", "S3-E7")
@pytest.mark.parametrize(
    ("deals", "kills"),
    [
        pytest.param(3_000, 1, id="thousands"),
        pytest.param(20_000, 8, id="tens of thousands", marks=pytest.mark.long),
    ],
)
async def test_a_killed_batch_is_taken_up_again_and_hinders_nobody(
    company: Company, dsn: str, deals: int, kills: int
) -> None:
    going = await company.open(deals)
    batch_id = await company.retire()
    env = {"LEDGERDESK_DATABASE_URL": dsn, "LEDGERDESK_LOG_LEVEL": "ERROR"}
    async with Supervisor(env, ["clock"]) as clock, working(company) as waits:
        clock.longest_pause = 0.1
        began = time.perf_counter()
        for kill in range(kills):
            await company.moves(batch_id, deals * (kill + 1) // (kills + 2), seconds=60)
            clock.kill("clock")
        batch = await company.wait(
            batch_id, lambda batch: batch.state is BatchState.COMPLETED, seconds=deals / 50
        )
        took = time.perf_counter() - began
    assert clock.starts["clock"] == 1 + kills
    assert (batch.moved, batch.skipped) == (deals, {})
    assert await company.moved(batch_id) == Counter(going)
    assert median(waits) < 0.1
    p99 = quantiles(waits, n=100)[-1]
    print(  # noqa: T201 - docs/performance.md
        f"{deals} deals in {took:.1f} s, {kills} kills; beside it {len(waits)} commands,"
        f" p50 {median(waits) * 1e3:.0f} ms, p99 {p99 * 1e3:.0f} ms"
    )


@asynccontextmanager
async def working(company: Company) -> AsyncGenerator[list[float]]:
    """Another company orders something twenty times a second; yields how long each order took."""
    other = Company(company.world, company.desk)
    await other.begin()
    waits: list[float] = []

    async def work() -> None:
        while True:
            began = time.perf_counter()
            name = f"Sales {len(waits)}"
            await other.order(DefinePipeline, pipeline_id=other.pipeline_id, name=name)
            waits.append(time.perf_counter() - began)
            await asyncio.sleep(0.05)

    task = asyncio.create_task(work())
    try:
        yield waits
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
