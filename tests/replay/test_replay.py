"""An analyst follows one ticket from the update that opened it to the last delivery."""

import io
import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from domain.threads import Thread
from domain.tickets import Ticket
from infrastructure.event_log import PostgresLog
from infrastructure.postgres import Role, checkout, pool
from infrastructure.replay import Selection, replay, state
from tests.facts import CLAIMED, CLOSED, COMMENT, TICKET, WITH_TICKET, Fact
from tests.story import record

LIFE = (
    *WITH_TICKET,
    Fact(Ticket.MessageReceived),
    Fact(Thread.Posted),
    Fact(Thread.Opened),
    *CLAIMED,
    Fact(Ticket.MessageSent, message_id=uuid4()),
    Fact(Ticket.MessageDelivered, place=COMMENT),
    *CLOSED,
)


@pytest_asyncio.fixture
async def workspace_id(database: str) -> UUID:
    """A workspace with one whole life of a ticket, beside another one."""
    workspace_id = uuid4()
    reads = pool(database, Role.DESK, name="test", max_size=2)
    async with reads:
        log = PostgresLog(database, reads)
        await log.start()
        await record(log, workspace_id, LIFE)
        await record(log, uuid4(), LIFE)
        await log.close()
    return workspace_id


async def lines(dsn: str, selection: Selection) -> list[dict[str, Any]]:
    out = io.StringIO()
    count = await replay(dsn, selection, "jsonl", out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(told) == count
    return told


async def test_a_ticket_is_told_with_its_thread_in_the_order_of_the_log(
    database: str, workspace_id: UUID
) -> None:
    told = await lines(database, Selection(workspace_id=workspace_id, ticket=TICKET))
    kinds = [line["kind"].partition("#")[0] for line in told]
    assert kinds[0] == "Ticket.Opened"
    assert kinds[-1] == "Ticket.RatingAsked"
    assert {"Thread.Posted", "Ticket.Claimed", "Ticket.MessageDelivered"} <= set(kinds)
    assert [line["position"] for line in told] == sorted(line["position"] for line in told)
    assert {line["workspace"] for line in told} == {str(workspace_id)}
    assert all(line["command"] and line["actor"] for line in told)


async def test_kinds_and_workspaces_narrow_the_replay(database: str, workspace_id: UUID) -> None:
    claimed = Selection(workspace_id=workspace_id, kinds=["Ticket.Claimed"])
    assert len(await lines(database, claimed)) == 1
    assert len(await lines(database, Selection(kinds=["Ticket.Claimed"]))) == 2
    assert len(await lines(database, Selection())) == 2 * len(LIFE)


async def test_a_period_narrows_the_replay(database: str, workspace_id: UUID) -> None:
    reads = pool(database, Role.DESK, name="test", max_size=1)
    async with reads, checkout(reads) as connection:
        row = await (
            await connection.execute("SELECT max(recorded_at) FROM ledger.event_log")
        ).fetchone()
    assert row is not None
    newest = row[0]
    after = Selection(workspace_id=workspace_id, since=newest + timedelta(seconds=1))
    assert await lines(database, after) == []
    assert await lines(database, Selection(since=newest)) != []
    older = await lines(database, Selection(until=newest))
    assert len(older) + len(await lines(database, Selection(since=newest))) == 2 * len(LIFE)
    assert await lines(database, Selection(until=newest - timedelta(hours=1))) == []


async def test_a_table_is_for_people(database: str, workspace_id: UUID) -> None:
    out = io.StringIO()
    await replay(database, Selection(workspace_id=workspace_id, ticket=TICKET), "table", out)
    assert all("Ticket." in line or "Thread." in line for line in out.getvalue().splitlines())


async def test_an_aggregate_is_shown_as_it_was(database: str, workspace_id: UUID) -> None:
    claimed = await state(database, workspace_id, TICKET, 4, None)
    assert claimed is not None
    assert (claimed["kind"], claimed["version"], claimed["status"]) == ("Ticket", 4, "open")
    now = await state(database, workspace_id, TICKET, None, None)
    assert now is not None
    assert now["status"] == "closed"
    assert await state(database, workspace_id, TICKET, None, 1) is None


async def test_nothing_of_another_workspace_is_shown(database: str, workspace_id: UUID) -> None:
    assert await state(database, uuid4(), TICKET, None, None) is None
    with pytest.raises(ValueError, match="workspace"):
        await lines(database, Selection(ticket=TICKET))
