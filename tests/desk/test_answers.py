"""A command id has one answer for ever: however often, wherever and whenever it is asked again."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest

from application.claims import ClaimTicket, TransferTicket
from application.clients import BlockClient
from application.cycles import CloseTicket, RateTicket, ReopenTicket
from application.desk import Command, CommandIdReused, Desk, Refused, SomebodyWasQuicker
from application.messages import AddNote, PostComment
from application.receiving import ReceiveMessage
from application.tickets import OpenTicket
from domain.cycles import TicketIsClosed, TicketIsOpen
from infrastructure.postgres import Pool
from tests.facts import (
    ANNA,
    BORIS,
    CLAIMED,
    CLOSED,
    HELLO,
    KLARA,
    PROFILE_OF_KLARA,
    PROFILE_OF_PAVEL,
    TICKET,
    WITH_TICKET,
    Fact,
)
from tests.ledger import opened, order, record, recorded
from tests.mutants import NO_FINGERPRINT, NO_MEMORY, NO_REFUSALS, broken_database
from tests.noticing import noticed
from tests.postgres_fixture import Databases


class Offices(NamedTuple):
    """Two desks over one log, and the company that they work for."""

    here: Desk
    there: Desk
    workspace_id: UUID
    log: Pool


@asynccontextmanager
async def offices(dsn: str, *facts: Fact) -> AsyncIterator[Offices]:
    async with opened(dsn) as (here, connections), opened(dsn) as (there, _):
        workspace_id = uuid4()
        await record(here, workspace_id, facts)
        yield Offices(Desk(here), Desk(there), workspace_id, connections)


async def a_refusal_stays_after_its_reason_is_gone(dsn: str) -> None:
    async with offices(dsn, *WITH_TICKET, *CLAIMED, *CLOSED) as (here, there, acme, log):
        claim = order(ClaimTicket, acme, "claim", ticket_id=TICKET, by=BORIS)
        with pytest.raises(TicketIsClosed):
            await here.execute(claim)
        reopened = await here.execute(order(ReopenTicket, acme, "reopen", ticket_id=TICKET))
        for desk in (here, there):
            with pytest.raises(TicketIsClosed):
                await desk.execute(claim)
        anew = order(ClaimTicket, acme, "another press", ticket_id=TICKET, by=BORIS)
        assert (await there.execute(anew)).answer["outcome"] == "lost"
        assert len(await recorded(log, acme, after=reopened.position or 0)) == 1


async def a_reused_id_is_refused(dsn: str) -> None:
    async with offices(dsn, *WITH_TICKET) as (here, there, acme, log):
        first = await here.execute(order(ClaimTicket, acme, "press", ticket_id=TICKET, by=ANNA))
        for other in (
            order(ClaimTicket, acme, "press", ticket_id=TICKET, by=BORIS),
            order(CloseTicket, acme, "press", ticket_id=TICKET),
            order(ClaimTicket, acme, "press", ticket_id=TICKET, by=ANNA, actor="person:eve"),
        ):
            with pytest.raises(CommandIdReused):
                await there.execute(other)
        same = order(ClaimTicket, acme, "press", ticket_id=TICKET, by=ANNA, cause=17)
        assert (await there.execute(same)).position == first.position
        assert await recorded(log, acme, after=first.position or 0) == []


def a_busy_day(workspace_id: UUID, chance: random.Random) -> list[Command]:
    """Orders of all kinds about few things, so that many are refused and many collide."""
    people, clients = (ANNA, BORIS), (PROFILE_OF_KLARA, PROFILE_OF_PAVEL)
    made: list[Command] = []
    for n in range(150):
        by, other = chance.sample(people, 2)
        kind, told = chance.choice(
            [
                (ClaimTicket, {"ticket_id": TICKET, "by": by}),
                (CloseTicket, {"ticket_id": TICKET, "by": by}),
                (ReopenTicket, {"ticket_id": TICKET, "by": by}),
                (TransferTicket, {"ticket_id": TICKET, "to_id": other, "by": by}),
                (PostComment, {"ticket_id": TICKET, "by": by, "content": HELLO}),
                (AddNote, {"ticket_id": TICKET, "by": by, "content": HELLO}),
                (RateTicket, {"ticket_id": TICKET, "client_id": KLARA, "stars": n % 7}),
                (ReceiveMessage, {"profile": chance.choice(clients), "content": HELLO}),
                (OpenTicket, {"ticket_id": uuid4(), "profile": chance.choice(clients)}),
                (BlockClient, {"client_id": KLARA, "by": by})
                if n > 130
                else (AddNote, {"ticket_id": TICKET, "by": other, "content": HELLO}),
            ]
        )
        made.append(order(kind, workspace_id, f"day:{n}", **told))
    return made


async def a_redelivery_gets_the_first_answer(dsn: str) -> None:
    chance = random.Random(7)
    async with offices(dsn, *WITH_TICKET) as (here, there, acme, log):

        async def answer(one: Command) -> str:
            try:
                done = await chance.choice((here, there)).execute(one)
            except SomebodyWasQuicker:
                raise
            except Refused as refusal:
                return type(refusal).__name__
            return json.dumps([dict(done.answer), done.position], sort_keys=True)

        day = a_busy_day(acme, chance)
        twice = [*day, *day]
        chance.shuffle(twice)
        answers: dict[str, set[str]] = {one.command_id: set() for one in day}
        for start in range(0, len(twice), 60):
            part = twice[start : start + 60]
            for one, told in zip(part, await asyncio.gather(*map(answer, part)), strict=True):
                answers[one.command_id].add(told)
        before = len(await recorded(log, acme))
        for one in day:
            answers[one.command_id].add(await answer(one))
        assert {id: told for id, told in answers.items() if len(told) != 1} == {}
        assert len(await recorded(log, acme)) == before
        refused = [told for told in answers.values() if not told.pop().startswith("[")]
        assert 10 < len(refused) < 140, "a day without refusals proves little"


Check = Callable[[str], Awaitable[None]]


@pytest.mark.proves("P2")
@pytest.mark.parametrize(
    "check",
    [
        a_refusal_stays_after_its_reason_is_gone,
        a_reused_id_is_refused,
        a_redelivery_gets_the_first_answer,
    ],
)
async def test_a_command_id_has_one_answer(check: Check, shared_database: str) -> None:
    await check(shared_database)


@pytest.mark.parametrize(
    ("check", "change"),
    [
        (a_refusal_stays_after_its_reason_is_gone, NO_REFUSALS),
        (a_reused_id_is_refused, NO_FINGERPRINT),
        (a_redelivery_gets_the_first_answer, NO_MEMORY),
        (a_redelivery_gets_the_first_answer, NO_REFUSALS),
    ],
)
async def test_a_log_that_forgets_is_noticed(
    check: Check, change: tuple[str, str], databases: Databases
) -> None:
    with broken_database(databases, change) as dsn, noticed(SomebodyWasQuicker, TicketIsOpen):
        await check(dsn)
