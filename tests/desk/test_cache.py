"""A desk remembers aggregates, and never answers from what it remembers wrongly."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest

from application.claims import ClaimTicket
from application.clients import RegisterClient
from application.cycles import CloseTicket, RateTicket, ReopenTicket
from application.desk import Desk, Refused, SomebodyWasQuicker
from application.draft import Draft, Shelf
from application.messages import AddNote, PostComment
from application.ports import Conflict
from application.receiving import ReceiveMessage
from application.staff import ChangeRoles, LeaveStaff
from application.tickets import OpenTicket
from application.workspaces import StartDesk, StopDesk
from domain.clients import Client
from domain.cycles import NothingToRate, Status, TicketIsClosed
from domain.readiness import DeskIsStopped
from domain.staff import PersonHasLeft, Role
from domain.tickets import Ticket
from tests.facts import (
    ANNA,
    BORIS,
    CLAIMED,
    HELLO,
    KLARA,
    NOON,
    OTHER_TICKET,
    PROFILE_OF_KLARA,
    PROFILE_OF_PAVEL,
    TICKET,
    WITH_TICKET,
)
from tests.ledger import held_up, opened, order, record, recorded
from tests.mutants import broken_class, broken_database
from tests.noticing import noticed
from tests.postgres_fixture import Databases


class Offices(NamedTuple):
    """Two desks that know nothing of each other, and a workspace with a ticket that Anna holds."""

    here: Desk
    there: Desk
    workspace_id: UUID


async def offices(dsn: str, desk: type[Desk] = Desk) -> AsyncIterator[Offices]:
    async with opened(dsn) as (here, _), opened(dsn) as (there, _):
        workspace_id = uuid4()
        await record(here, workspace_id, [*WITH_TICKET, *CLAIMED])
        yield Offices(desk(here), desk(there), workspace_id)


@pytest.fixture
async def company(shared_database: str) -> AsyncIterator[Offices]:
    async for made in offices(shared_database):
        yield made


async def a_ticket_that_was_closed_elsewhere_takes_no_claim(company: Offices) -> None:
    here, there, acme = company
    await here.execute(order(ClaimTicket, acme, "1", ticket_id=TICKET, by=BORIS))
    await there.execute(order(CloseTicket, acme, "2", ticket_id=TICKET, by=ANNA))
    with pytest.raises(TicketIsClosed):
        await here.execute(order(ClaimTicket, acme, "3", ticket_id=TICKET, by=BORIS))
    await there.execute(order(ReopenTicket, acme, "4", ticket_id=TICKET, by=ANNA))
    done = await here.execute(order(ClaimTicket, acme, "5", ticket_id=TICKET, by=BORIS))
    assert done.answer["outcome"] == "lost"
    with pytest.raises(NothingToRate):
        await here.execute(order(RateTicket, acme, "6", ticket_id=TICKET, client_id=KLARA, stars=5))
    await there.execute(order(CloseTicket, acme, "7", ticket_id=TICKET, by=ANNA))
    await here.execute(order(RateTicket, acme, "8", ticket_id=TICKET, client_id=KLARA, stars=5))


async def who_left_elsewhere_does_nothing_here(company: Offices) -> None:
    here, there, acme = company
    await here.execute(order(AddNote, acme, "1", ticket_id=TICKET, by=ANNA, content=HELLO))
    await there.execute(order(LeaveStaff, acme, "2", person_id=ANNA))
    with pytest.raises(PersonHasLeft):
        await here.execute(order(AddNote, acme, "3", ticket_id=TICKET, by=ANNA, content=HELLO))


async def who_changed_elsewhere_goes_on_here(company: Offices) -> None:
    here, there, acme = company
    roles = (Role.ADMIN, Role.MANAGER)
    for n in range(3):
        await here.execute(order(AddNote, acme, f"n{n}", ticket_id=TICKET, by=ANNA, content=HELLO))
        await there.execute(order(ChangeRoles, acme, f"r{n}", person_id=ANNA, roles=roles[n % 2 :]))
    await there.execute(order(ChangeRoles, acme, "back", person_id=ANNA, roles=(Role.MANAGER,)))
    await here.execute(order(PostComment, acme, "last", ticket_id=TICKET, by=ANNA, content=HELLO))


async def a_desk_stopped_elsewhere_takes_no_ticket(company: Offices) -> None:
    here, there, acme = company

    async def open_ticket(command_id: str) -> object:
        id = OTHER_TICKET if command_id == "1" else uuid4()
        told = order(OpenTicket, acme, command_id, ticket_id=id, profile=PROFILE_OF_KLARA)
        return (await here.execute(told)).answer["number"]

    assert await open_ticket("1") == 2
    await there.execute(order(StopDesk, acme, "stop"))
    with pytest.raises(DeskIsStopped):
        await open_ticket("2")
    await there.execute(order(StartDesk, acme, "start"))
    assert await open_ticket("3") == 3


Check = Callable[[Offices], Awaitable[None]]
CHECKS: list[Check] = [
    a_ticket_that_was_closed_elsewhere_takes_no_claim,
    who_left_elsewhere_does_nothing_here,
    who_changed_elsewhere_goes_on_here,
    a_desk_stopped_elsewhere_takes_no_ticket,
]


@pytest.mark.parametrize("check", CHECKS)
async def test_a_stale_memory_never_answers(check: Check, company: Offices) -> None:
    await check(company)


@pytest.mark.parametrize("check", CHECKS[1:])
async def test_a_desk_that_keeps_what_was_outdated_is_noticed(
    check: Check, shared_database: str
) -> None:
    draft = broken_class(Draft, ("self._shelf.forget(self._workspace_id, id)", "pass"))
    async for company in offices(shared_database, broken_class(Desk, Draft=draft)):
        with noticed(SomebodyWasQuicker):
            await check(company)


async def test_a_log_that_does_not_check_what_decisions_rested_on_is_noticed(
    databases: Databases,
) -> None:
    relied_on = "WHERE k.no BETWEEN lo AND hi)"
    with broken_database(databases, (relied_on, "WHERE false)")) as dsn:
        for check in (CHECKS[0], CHECKS[1], CHECKS[3]):
            async for company in offices(dsn):
                with noticed(Refused):
                    await check(company)


async def a_decision_given_up_is_not_seen(dsn: str, desk: type[Desk] = Desk) -> None:
    """Boris lets go before his claim is sent to the log; then Klara writes."""
    async with opened(dsn) as (log, connections):
        acme = uuid4()
        await record(log, acme, WITH_TICKET)
        office = desk(log)
        await office.execute(order(AddNote, acme, "note", ticket_id=TICKET, by=ANNA, content=HELLO))
        async with held_up(dsn):
            hello = order(RegisterClient, acme, "hello", profile=PROFILE_OF_PAVEL)
            sent = asyncio.create_task(office.execute(hello))
            await asyncio.sleep(0.05)
            claim = order(ClaimTicket, acme, "claim", ticket_id=TICKET, by=BORIS)
            given_up = asyncio.create_task(office.execute(claim))
            await asyncio.sleep(0.05)
            given_up.cancel()
            await asyncio.wait([given_up])
            write = order(ReceiveMessage, acme, "write", profile=PROFILE_OF_KLARA, content=HELLO)
            written = asyncio.create_task(office.execute(write))
            await asyncio.sleep(0.05)
        await asyncio.gather(sent, written)
        events = await recorded(connections, acme)
        assert [type(event) for event in events[-2:]] == [Client.Registered, Ticket.MessageReceived]


async def test_a_decision_given_up_is_not_seen(shared_database: str) -> None:
    await a_decision_given_up_is_not_seen(shared_database)


async def test_a_shelf_that_keeps_what_it_hands_out_is_noticed(shared_database: str) -> None:
    taken = "self._aggregates.pop((workspace_id, id), None)\n        if"
    shelf = broken_class(Shelf, (taken, "self._aggregates.get((workspace_id, id))\n        if"))
    with noticed():
        await a_decision_given_up_is_not_seen(shared_database, broken_class(Desk, Shelf=shelf))


async def test_what_has_moved_between_a_look_and_a_change_is_decided_anew(
    shared_database: str,
) -> None:
    acme = uuid4()
    async with opened(shared_database) as (log, _):
        await record(log, acme, [*WITH_TICKET, *CLAIMED])
        shelf = Shelf(log, room=10)
        async with Draft(shelf, acme, NOON) as draft:
            assert (await draft.look(Ticket, TICKET)).status is Status.OPEN
            await Desk(log).execute(order(CloseTicket, acme, "1", ticket_id=TICKET, by=ANNA))
            shelf.forget(acme, TICKET)
            with pytest.raises(Conflict):
                await draft.get(Ticket, TICKET)
