"""Many at once, at two desks that know nothing of each other."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4, uuid5

import pytest
from eventsourcing.domain import OriginatorVersionError

from application.claims import ClaimTicket
from application.clients import Profile
from application.desk import Command, Desk, Done, SomebodyWasQuicker
from application.tickets import OpenTicket
from domain.staff import Person
from domain.tickets import Ticket
from infrastructure.postgres import Pool
from tests.facts import OPENED, RUNNING, TICKET, Fact
from tests.ledger import opened, order, record, recorded
from tests.mutants import broken_class, broken_database
from tests.noticing import noticed
from tests.postgres_fixture import Databases

CLAIMANTS = [uuid5(TICKET, f"claimant {n}") for n in range(100)]
STAFF = [Fact(Person.Joined, on=id) for id in CLAIMANTS]


@asynccontextmanager
async def two_desks(
    dsn: str, workspace_id: UUID, *facts: Fact, desk: type[Desk] = Desk
) -> AsyncIterator[tuple[list[Desk], Pool]]:
    async with opened(dsn) as (here, connections), opened(dsn) as (there, _):
        await record(here, workspace_id, facts)
        yield [desk(here), desk(there)], connections


async def all_at_once(desks: list[Desk], orders: list[Command]) -> list[Done]:
    together = (desks[n % len(desks)].execute(one) for n, one in enumerate(orders))
    return list(await asyncio.gather(*together))


async def one_wins_and_all_hear_the_truth(dsn: str, desk: type[Desk] = Desk) -> None:
    acme = uuid4()
    async with two_desks(dsn, acme, *RUNNING, *STAFF, *OPENED, desk=desk) as (desks, log):
        orders = [
            order(ClaimTicket, acme, f"press:{by}", ticket_id=TICKET, by=by) for by in CLAIMANTS
        ]
        told = await all_at_once(desks, orders)
        again = await all_at_once(desks[::-1], orders)
        events = await recorded(log, acme)
    claims = [event for event in events if isinstance(event, Ticket.Claimed)]
    assert len(claims) == 1
    winner = claims[0].by  # type: ignore[attr-defined]
    attempts = [event for event in events if isinstance(event, Ticket.ClaimAttempted)]
    on_record = {event.by: event.outcome for event in attempts}  # type: ignore[attr-defined]
    assert len(attempts) == len(on_record) == len(CLAIMANTS)
    for by, done in zip(CLAIMANTS, told, strict=True):
        assert done.answer["outcome"] == on_record[by] == ("won" if by == winner else "lost")
        assert done.answer["holder"] == str(winner)
    assert [done.answer for done in again] == [done.answer for done in told]
    assert all(done.replayed for done in again)


@pytest.mark.proves("P1")
async def test_of_a_hundred_who_press_at_once_one_wins_and_all_hear_the_truth(
    shared_database: str,
) -> None:
    for _ in range(3):
        await one_wins_and_all_hear_the_truth(shared_database)


async def test_a_log_that_lets_two_win_is_noticed(databases: Databases) -> None:
    """Versions are not checked, and the key of the log does not know them."""
    blind = [
        ("PRIMARY KEY (workspace_id, originator_id, originator_version)", "CHECK (true)"),
        ("st[k.no] := 'conflict';", "NULL;"),
    ]
    with broken_database(databases, *blind) as dsn, noticed(OriginatorVersionError):
        await one_wins_and_all_hear_the_truth(dsn)


async def numbers_are_dense(dsn: str, desk: type[Desk] = Desk) -> None:
    acme = uuid4()
    async with two_desks(dsn, acme, *RUNNING, desk=desk) as (desks, log):
        orders = [
            order(
                OpenTicket,
                acme,
                f"open:{n}",
                ticket_id=uuid5(acme, f"ticket {n}"),
                profile=Profile(bot_id=10, telegram_id=n, name=f"Client {n}"),
            )
            for n in range(200)
        ]
        told = await all_at_once(desks, orders)
        events = await recorded(log, acme)
    opened_in_order = [event.number for event in events if isinstance(event, Ticket.Opened)]  # type: ignore[attr-defined]
    assert opened_in_order == list(range(1, 201))
    assert Counter(done.answer["number"] for done in told) == Counter(range(1, 201))


@pytest.mark.proves("P7", "S1-E12")
async def test_two_hundred_tickets_opened_at_once_have_the_numbers_1_to_200(
    shared_database: str,
) -> None:
    await numbers_are_dense(shared_database)


async def test_a_counter_that_takes_any_number_is_noticed(databases: Databases) -> None:
    unchecked = ("AND t.last_number = k.a - 1 AND k.dense", "")
    with broken_database(databases, unchecked) as dsn, noticed():
        await numbers_are_dense(dsn)


async def test_a_desk_that_gives_up_at_once_is_noticed(shared_database: str) -> None:
    impatient = broken_class(Desk, ATTEMPTS=1)
    with noticed(SomebodyWasQuicker):
        await numbers_are_dense(shared_database, impatient)
