"""A stage is retired softly: its deals go on by themselves, once each, at a pace, come what may."""

import asyncio
import time
from collections import Counter
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from application.deals import ChangeDeal, DeleteDeal, MoveDeal
from application.pipelines import AddStage, RetireStage
from domain.batches import Batch, BatchState
from infrastructure.batches import GROUPS
from tests.batches.company import Company
from tests.batches.conftest import Running


def is_completed(batch: Batch) -> bool:
    return batch.state is BatchState.COMPLETED


async def where(company: Company, *stages: UUID) -> list[int]:
    """How many deals the read model shows on each of the stages."""
    await company.world.freshness.reached(await company.world.audit.head(), ["deals"], within=10)
    counts = await company.world.models.deals.board(company.workspace_id, company.pipeline_id)
    return [counts.get(stage, 0) for stage in stages]


@pytest.mark.proves("S3-04", "S3-E7")
async def test_the_deals_of_a_retired_stage_go_to_its_successor(
    company: Company, running: Running
) -> None:
    going = await company.open(120)
    deleted, *_ = await company.open(1)
    await company.order(DeleteDeal, deal_id=deleted)
    await company.open(5, company.other)
    batch_id = await company.retire()
    async with running():
        batch = await company.wait(batch_id, is_completed)
    assert (batch.moved, batch.skipped) == (120, {})
    assert await company.moved(batch_id) == Counter(going)
    assert await where(company, company.old, company.new, company.other) == [0, 120, 5]


@pytest.mark.proves("S3-04", "S3-E4")
async def test_a_deal_that_lacks_a_field_is_skipped_with_the_reason_and_stops_nobody(
    company: Company, running: Running
) -> None:
    await company.open(30)
    bare = await company.open(2, address="")
    await company.open(30)
    batch_id = await company.retire()
    async with running():
        batch = await company.wait(batch_id, is_completed)
    assert batch.moved == 60
    assert batch.skipped == {str(id): "FieldsMissing: Address" for id in bare}
    assert await where(company, company.old, company.new) == [2, 60]


async def test_a_resumed_batch_tries_again_what_it_has_skipped(
    company: Company, running: Running
) -> None:
    mended, bare = await company.open(2, address="")
    await company.open(60)
    batch_id = await company.retire(rate=20)
    async with running():
        await company.moves(batch_id, 5)
        await company.pause(batch_id)
        told = await company.wait(batch_id, lambda batch: len(batch.skipped) == 2)
        assert set(told.skipped) == {str(mended), str(bare)}
        await company.order(ChangeDeal, deal_id=mended, fields={"address": "Lenina 1"})
        await company.resume(batch_id)
        batch = await company.wait(batch_id, is_completed)
    assert (batch.moved, set(batch.skipped)) == (61, {str(bare)})


@pytest.mark.proves("S3-04")
async def test_a_paused_batch_waits_within_a_second_and_goes_on_when_it_is_resumed(
    company: Company, running: Running
) -> None:
    await company.open(200)
    batch_id = await company.retire(rate=100)
    async with running():
        await company.moves(batch_id, 20)
        await company.pause(batch_id)
        await asyncio.sleep(1)
        moved = await company.moves(batch_id)
        assert moved < 150
        await company.wait(batch_id, lambda batch: batch.moved == moved)
        assert await company.moves(batch_id) == moved
        await company.resume(batch_id)
        batch = await company.wait(batch_id, is_completed)
    assert batch.moved == 200
    assert max((await company.moved(batch_id)).values()) == 1


@pytest.mark.proves("S3-04", "S3-15")
async def test_no_more_deals_a_second_move_than_was_wanted(
    company: Company, running: Running
) -> None:
    rate, deals = 60, 120
    await company.open(deals)
    batch_id = await company.retire(rate)
    async with running():
        await company.wait(batch_id, is_completed)
    times = await company.times(batch_id)
    group = rate // GROUPS
    for first in times:
        within = sum(first <= at < first + timedelta(seconds=1) for at in times)
        assert within <= rate + 2 * group  # those that were late count with those that were not
    assert (times[-1] - times[0]).total_seconds() > (deals - 2 * group) / rate


@pytest.mark.proves("S3-04")
async def test_two_processes_and_a_lost_session_move_every_deal_once(
    company: Company, running: Running, dsn: str
) -> None:
    going = await company.open(600)
    batch_id = await company.retire()
    async with running(), running():
        await company.moves(batch_id, 100)
        holders = await company.world.ask(
            "SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE locktype = 'advisory' AND application_name = 'ledgerdesk batches'"
        )
        with psycopg.connect(dsn, autocommit=True) as operator:
            operator.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'ledgerdesk batches'"
            )
        batch = await company.wait(batch_id, is_completed)
    assert holders == [(1,)]
    assert batch.moved == 600
    assert await company.moved(batch_id) == Counter(going)


async def test_retiring_a_stage_again_plans_nothing_new(company: Company, running: Running) -> None:
    await company.open(10)
    batch_id = await company.retire()
    assert await company.retire() == batch_id
    async with running():
        await company.wait(batch_id, is_completed)
        assert await company.retire() == batch_id
    assert (await company.batch(batch_id)).moved == 10


async def test_a_successor_that_retires_meanwhile_is_passed_over(
    company: Company, running: Running
) -> None:
    await company.open(90)
    batch_id = await company.retire(rate=100)
    last = UUID(int=9)
    told = {"pipeline_id": company.pipeline_id}
    await company.order(AddStage, **told, stage_id=last, name="last")
    async with running():
        await company.moves(batch_id, 20)
        answer = await company.order(
            RetireStage, **told, stage_id=company.new, successor_id=last, rate=1000
        )
        first = await company.wait(batch_id, is_completed)
        second = await company.wait(UUID(answer["batch"]), is_completed)
    assert first.moved == 90
    assert 20 <= second.moved <= 90
    assert await where(company, company.old, company.new, last) == [0, 0, 90]


async def test_what_somebody_moves_by_hand_is_not_counted(
    company: Company, running: Running
) -> None:
    *_, last = await company.open(60)
    batch_id = await company.retire(rate=50)
    async with running():
        await company.moves(batch_id, 5)
        await company.order(MoveDeal, deal_id=last, stage_id=company.other)
        batch = await company.wait(batch_id, is_completed)
    assert (batch.moved, batch.skipped) == (59, {})
    assert await where(company, company.new, company.other) == [59, 1]


@pytest.mark.proves("S3-04")
async def test_two_companies_do_not_see_each_others_batches(
    company: Company, running: Running
) -> None:
    other = Company(company.world, company.desk)
    await other.begin()
    await company.open(40)
    await other.open(30)
    here, there = await company.retire(), await other.retire()
    began = time.perf_counter()
    async with running():
        assert (await company.wait(here, is_completed)).moved == 40
        assert (await other.wait(there, is_completed)).moved == 30
    assert time.perf_counter() - began < 10
    assert here != there
