"""Poison stays local: a stream is parked, everybody else goes on, and a redrive brings it back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from uuid import UUID, uuid4

import psycopg
import pytest
import pytest_asyncio

from domain.clients import Client
from domain.tickets import Ticket
from infrastructure.postgres import Limits, Role, connect
from projections import parking, rebuilding
from projections.builds import Build, Unprojectable
from projections.models import MODELS
from projections.projection import Connection
from projections.runner import Runner
from tests.projections.conftest import BUILDS, World, world_on
from tests.projections.facts import Fact, fact
from tests.projections.sums import checksums
from tests.projections.test_tickets import HELLO, opened, received

BUILD = Build(MODELS["messages"], BUILDS["messages"])
SLEEPY = f"""
    CREATE FUNCTION {BUILD.schema}.sleep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF new.text = 'endless' THEN PERFORM pg_sleep(60); END IF; RETURN new; END $$;
    GRANT EXECUTE ON FUNCTION {BUILD.schema}.sleep() TO ledgerdesk_projector;
    CREATE TRIGGER sleep BEFORE INSERT ON {BUILD.schema}.messages
      FOR EACH ROW EXECUTE FUNCTION {BUILD.schema}.sleep()"""
AWAKE = f"DROP TRIGGER sleep ON {BUILD.schema}.messages"


def said(ticket: UUID, text: str) -> Fact:
    told = {"message_id": uuid4(), "content": HELLO | {"text": text}, "place": None}
    return fact(Ticket.MessageReceived, ticket, 1, **told)


def undecodable(ticket: UUID) -> Fact:
    return Fact(ticket, "Ticket.MessageReceived#1", b'{"message_id": 5}')


def not_json(ticket: UUID) -> Fact:
    return Fact(ticket, "Ticket.MessageReceived#1", b"\xff{")


def of_a_newer_release(ticket: UUID) -> Fact:
    return Fact(ticket, "Ticket.Merged#1", b"{}")


def of_a_newer_version(ticket: UUID) -> Fact:
    return Fact(ticket, "Ticket.MessageReceived#7", b"{}")


def refused_by_postgres(ticket: UUID) -> Fact:
    return said(ticket, "a\x00b")


def not_packable(ticket: UUID) -> Fact:
    told = {
        "message_id": uuid4(),
        "content": HELLO,
        "place": {"bot_id": 2**70, "chat_id": 1, "message_id": 1},
    }
    return fact(Ticket.MessageReceived, ticket, 1, **told)


POISONS = (undecodable, not_json, of_a_newer_release, of_a_newer_version)
POISONS += (refused_by_postgres, not_packable)


async def parked_of(world: World, workspace_id: UUID) -> list[tuple[UUID, int]]:
    """Stream and position of what is parked of the threads."""
    return [
        (row.stream_id, row.position)
        for row in await parking.parked(world.reads.connection, workspace_id)
        if row.build == BUILD.schema
    ]


async def count(world: World, acme: UUID, ticket: UUID) -> int:
    return len((await world.models.messages.thread(acme, ticket, first=100)).rows)


@pytest_asyncio.fixture
async def following(prepared: str) -> AsyncIterator[World]:
    """The threads alone following the shared database."""
    async with world_on(prepared) as world:
        world.run(MODELS["messages"])
        yield world


@pytest.mark.proves("P12")
@pytest.mark.parametrize("poison", POISONS, ids=lambda poison: poison.__name__)
@pytest.mark.parametrize("place", ["first", "middle", "last", "two"])
async def test_poison_parks_its_own_stream_with_what_follows_and_no_other(
    following: World, poison: Callable[[UUID], Fact], place: str
) -> None:
    questions = following
    acme, sick, sound = uuid4(), uuid4(), uuid4()
    sicker = uuid4()
    good = [said(sound, str(n)) for n in range(10)]
    facts: list[Fact] = {
        "first": [poison(sick), *good, said(sick, "behind")],
        "middle": [*good[:5], poison(sick), *good[5:], said(sick, "behind")],
        "last": [*good, poison(sick)],
        "two": [*good[:3], poison(sick), poison(sicker), *good[3:], said(sick, "behind")],
    }[place]
    position = await questions.book.record(acme, *facts)
    before = position - len(facts)
    await questions.know("messages")
    assert await count(questions, acme, sound) == 10
    expected = [
        (one.stream, before + n)
        for n, one in enumerate(facts, start=1)
        if one.stream in {sick, sicker}
    ]
    assert await parked_of(questions, acme) == expected
    assert await count(questions, acme, sick) == 0

    await questions.book.record(acme, said(sick, "later"), said(sound, "later"))
    await questions.know("messages")
    assert await count(questions, acme, sound) == 11
    assert len(await parked_of(questions, acme)) == len(expected) + 1


@pytest.mark.proves("P12")
async def test_an_exception_of_the_fold_parks_its_stream_in_that_read_model_only(
    questions: World,
) -> None:
    acme, orphan, ticket = uuid4(), uuid4(), uuid4()
    await questions.book.record(acme, opened(ticket, 1), received(orphan, 1), received(ticket, 1))
    await questions.know()
    rows = await parking.parked(questions.reads.connection, acme)
    assert {row.build for row in rows} == {BUILDS["tickets"], BUILDS["queue"]}
    assert {row.stream_id for row in rows} == {orphan}
    assert all("never opened" in row.error for row in rows)
    assert await count(questions, acme, orphan) == 1
    row = await questions.models.tickets.one(acme, ticket)
    assert row is not None
    assert row.waiting_since is not None


async def test_what_does_not_concern_a_read_model_is_not_parked_there(questions: World) -> None:
    acme, ticket = uuid4(), uuid4()
    await questions.book.record(acme, opened(ticket, 1), Fact(ticket, "Ticket.Rated#1", b"{"))
    await questions.know()
    rows = await parking.parked(questions.reads.connection, acme)
    assert [row.build for row in rows] == [BUILDS["tickets"]]


async def test_a_message_of_ten_megabytes_is_no_poison(questions: World) -> None:
    acme, ticket = uuid4(), uuid4()
    await questions.book.record(acme, said(ticket, "x" * 10_000_000), said(ticket, "y"))
    await questions.know("messages")
    assert await count(questions, acme, ticket) == 2
    assert await parked_of(questions, acme) == []


@pytest_asyncio.fixture
async def sleepy(alone: World, owner: Connection) -> AsyncIterator[World]:
    """A world in which writing one message never ends; a statement may take 100 ms."""
    await owner.execute(SLEEPY.encode())
    short = Limits(statement="100ms", idle_in_transaction="5s")
    alone.connect = partial(connect, alone.dsn, Role.PROJECTOR, name="projector", limits=short)
    yield alone


@pytest.mark.proves("P12")
async def test_writing_that_never_ends_is_found_out_and_parked(
    sleepy: World, owner: Connection
) -> None:
    acme, sick, sound = uuid4(), uuid4(), uuid4()
    (runner,) = sleepy.run(MODELS["messages"])
    good = [said(sound, str(n)) for n in range(20)]
    await sleepy.book.record(acme, *good[:7], said(sick, "endless"), *good[7:], said(sick, "after"))
    assert await runner.reached(22, within=20)
    assert await count(sleepy, acme, sound) == 20
    assert await parked_of(sleepy, acme) == [(sick, 8), (sick, 22)]

    await owner.execute(AWAKE.encode())
    assert await parking.redrive(sleepy.writes.connection, BUILD, acme, sick) == 2
    assert await count(sleepy, acme, sick) == 2
    assert await parked_of(sleepy, acme) == []


@pytest.mark.proves("P12")
async def test_a_redrive_while_events_keep_coming_ends_like_a_build_without_poison(
    alone: World, owner: Connection
) -> None:
    """The cause is mended by a trigger that goes away; meanwhile everybody goes on writing."""
    await owner.execute(SLEEPY.replace("PERFORM pg_sleep(60)", "RAISE data_exception").encode())
    (runner,) = alone.run(MODELS["messages"])
    acme, sick, sound = uuid4(), uuid4(), uuid4()
    await alone.book.record(acme, said(sick, "before"), said(sick, "endless"), said(sound, "1"))
    assert await runner.reached(3, within=5)
    with pytest.raises(psycopg.errors.DataException):
        await parking.redrive(alone.writes.connection, BUILD, acme, sick)
    assert len(await parked_of(alone, acme)) == 1

    await owner.execute(AWAKE.encode())
    redriven = 0
    for n in range(60):
        await alone.book.record(acme, said(sick, str(n)), said(sound, str(n)))
        if n % 10 == 5:
            redriven += await parking.redrive(alone.writes.connection, BUILD, acme, sick)
    assert await runner.reached(alone.book.position, within=5)
    redriven += await parking.redrive(alone.writes.connection, BUILD, acme, sick)
    assert redriven >= 1
    assert await parked_of(alone, acme) == []
    live = await checksums(alone, "messages")
    second = await _built_again(alone, owner)
    assert await checksums(alone, "messages", second) == live
    texts = [m.text for m in (await alone.models.messages.thread(acme, sick, first=100)).rows]
    assert texts == ["before", "endless", *map(str, range(60))]


async def _built_again(world: World, owner: Connection) -> str:
    """Another build beside the served one, not switched to."""
    async with owner.transaction():
        schema = await rebuilding._create(owner, MODELS["messages"])
    runner = Runner(world.feed, MODELS["messages"], world.connect, build=schema)
    world.tasks.append(asyncio.create_task(runner.run()))
    assert await runner.reached(world.book.position, within=10)
    return schema


async def test_what_still_cannot_be_taken_stays_parked(questions: World) -> None:
    acme, ticket = uuid4(), uuid4()
    await questions.book.record(acme, undecodable(ticket), said(ticket, "behind"))
    await questions.know("messages")
    with pytest.raises(Unprojectable):
        await parking.redrive(questions.writes.connection, BUILD, acme, ticket)
    assert len(await parked_of(questions, acme)) == 2
    assert await parking.redrive(questions.writes.connection, BUILD, uuid4(), ticket) == 0


async def test_a_renaming_is_no_orphan_when_the_client_is_parked(questions: World) -> None:
    """Streams that are ahead of a parked one find no row and go on."""
    acme, client, ticket = uuid4(), uuid4(), uuid4()
    broken = Fact(client, "Client.Registered#1", b"{")
    renamed = fact(Client.Renamed, client, name="Klara")
    await questions.book.record(acme, broken, renamed, opened(ticket, 1, client))
    await questions.know("tickets")
    row = await questions.models.tickets.one(acme, ticket)
    assert row is not None
    assert row.client_name == ""
