"""Read your writes: what was written up to a position, or "not yet"; never older in silence."""

import asyncio
from random import Random
from uuid import uuid4

import pytest

from projections.freshness import Freshness, NotYet
from projections.models import MODELS
from tests.projections.conftest import World
from tests.projections.test_tickets import opened, received


@pytest.mark.proves("P13")
async def test_an_answer_is_never_older_than_the_position_asked_for(alone: World) -> None:
    """400 writers ask at once for what they wrote; the runner is restarted now and then."""
    acme, chance = uuid4(), Random(5)
    tickets = [uuid4() for _ in range(8)]
    await alone.book.record(acme, *(opened(id, n) for n, id in enumerate(tickets, start=1)))
    written = dict.fromkeys(tickets, 0)
    late = not_yet = 0

    async def look(ticket: object, position: int, least: int) -> None:
        nonlocal late, not_yet
        await asyncio.sleep(chance.random() / 50)
        try:
            await alone.freshness.reached(position, ["queue"])
        except NotYet:
            not_yet += 1
            return
        rows = (await alone.models.queue.waiting(acme)).rows
        (row,) = [row for row in rows if row.ticket_id == ticket]
        late += row.unanswered < least

    looks: list[asyncio.Task[None]] = []
    for n in range(400):
        if n % 100 == 0:
            for task in alone.tasks[1:]:
                task.cancel()
            alone.run(MODELS["queue"])
        ticket = chance.choice(tickets)
        position = await alone.book.record(acme, received(ticket, n))
        written[ticket] += 1
        looks.append(asyncio.create_task(look(ticket, position, written[ticket])))
    await asyncio.gather(*looks)
    assert late == 0
    assert not_yet < 400


@pytest.mark.proves("P13")
async def test_without_a_projector_the_answer_is_not_yet(alone: World) -> None:
    position = await alone.book.record(uuid4(), opened(uuid4(), 1))
    with pytest.raises(NotYet) as refusal:
        await alone.freshness.reached(position, ["queue"], within=0.1)
    assert (refusal.value.position, refusal.value.reached) == (position, 0)


async def test_the_slowest_of_several_read_models_counts(alone: World) -> None:
    alone.run(MODELS["queue"])
    position = await alone.book.record(uuid4(), opened(uuid4(), 1))
    await alone.freshness.reached(position, ["queue"])
    with pytest.raises(NotYet):
        await alone.freshness.reached(position, ["queue", "claims"], within=0.1)
    alone.run(MODELS["claims"])
    await alone.freshness.reached(position, ["queue", "claims"])
    assert (await alone.freshness.positions())["claims"] == position


async def test_many_who_wait_share_their_looks(alone: World) -> None:
    lent = 0

    def checkout():  # noqa: ANN202 - the pool's own
        nonlocal lent
        lent += 1
        return alone.reads.connection()

    freshness = Freshness(checkout)
    waiting = [freshness.reached(1, ["queue"], within=0.3) for _ in range(200)]
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(outcome, NotYet) for outcome in outcomes)
    assert lent < 300, "200 that look every 20 ms for 0.3 s would be 3,000 looks"


async def test_what_is_written_is_seen_within_milliseconds(alone: World) -> None:
    (runner,) = alone.run(MODELS["queue"])
    acme, ticket = uuid4(), uuid4()
    await alone.book.record(acme, opened(ticket, 1))
    assert await runner.reached(1)
    waits: list[float] = []
    for n in range(50):
        position = await alone.book.record(acme, received(ticket, n))
        begun = asyncio.get_running_loop().time()
        assert await runner.reached(position)
        waits.append(asyncio.get_running_loop().time() - begun)
    assert sorted(waits)[25] < 0.1
