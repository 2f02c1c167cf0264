"""The audit: every event in order, narrowed by whoever asks, and the past by position and time."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from domain.clients import Client
from domain.events import Recorded
from projections.audit import Audit
from projections.log import Entry, Undecodable
from tests.projections.conftest import World
from tests.projections.facts import Fact, fact
from tests.projections.test_tickets import KLARA, closed, opened, received, registered


def kinds(entries: list[Entry]) -> list[str]:
    return [e.topic if isinstance(e, Undecodable) else type(e.event).__qualname__ for e in entries]


async def test_events_are_told_in_order_and_narrowed(questions: World) -> None:
    acme, other, ticket, second = (uuid4() for _ in range(4))
    before = await questions.audit.head()
    await questions.book.record(acme, registered(KLARA, "Klara"), opened(ticket, 1))
    middle = await questions.book.record(other, opened(ticket, 1))
    last = await questions.book.record(acme, opened(second, 2), closed(ticket, 1))
    audit = questions.audit

    every = await audit.events(acme)
    assert kinds(every.rows) == [
        "Client.Registered",
        "Ticket.Opened",
        "Ticket.Opened",
        "Ticket.Closed",
    ]
    assert [e.position for e in every.rows] == [before + 1, before + 2, last - 1, last]
    assert all(e.actor == "story" for e in every.rows)
    assert kinds((await audit.events(acme, after=middle)).rows) == [
        "Ticket.Opened",
        "Ticket.Closed",
    ]
    page = await audit.events(acme, first=3)
    assert (len(page.rows), page.more) == (3, True)
    of_ticket = await audit.events(acme, subject=ticket, kinds=["Ticket.Closed", "Ticket.Rated"])
    assert [e.position for e in of_ticket.rows] == [last]
    assert (await audit.events(acme, actor="nobody")).rows == []
    assert (await audit.events(acme, cause=1)).rows == []
    since = every.rows[2].recorded_at
    assert kinds((await audit.events(acme, since=since)).rows) == ["Ticket.Opened", "Ticket.Closed"]
    assert len((await audit.events(acme, until=since)).rows) == 2
    assert (await audit.events(uuid4())).rows == []


async def test_the_history_of_one_subject_goes_up_to_a_version_or_a_position(
    questions: World,
) -> None:
    acme, ticket = uuid4(), uuid4()
    position = await questions.book.record(acme, opened(ticket, 1), received(ticket, 1))
    await questions.book.record(acme, closed(ticket, 2))
    history = questions.audit.history
    assert len(await history(acme, ticket)) == 3
    assert kinds(await history(acme, ticket, version=1)) == ["Ticket.Opened"]
    assert len(await history(acme, ticket, position=position)) == 2
    assert await history(uuid4(), ticket) == []


async def test_an_event_of_a_newer_release_is_shown_by_its_raw_topic(questions: World) -> None:
    acme, ticket = uuid4(), uuid4()
    newer = Fact(ticket, "Ticket.Merged#3", b'{"into": 7}')
    broken = Fact(ticket, "Ticket.Opened#1", b"{")
    await questions.book.record(acme, newer, broken, opened(uuid4(), 1))
    one, two, three = (await questions.audit.events(acme)).rows
    assert isinstance(one, Undecodable)
    assert isinstance(two, Undecodable)
    assert isinstance(three, Recorded)
    assert (one.topic, one.state, one.version) == ("Ticket.Merged#3", b'{"into": 7}', 1)
    assert "UnknownTopic" in one.error
    assert "DecodeError" in two.error


async def test_a_time_has_a_position(alone: World) -> None:
    acme = uuid4()
    times: list[datetime] = []
    for n in range(1, 12):
        await alone.book.record(
            acme, fact(Client.Registered, uuid4(), bot_id=1, telegram_id=n, name="")
        )
        times.append((await alone.audit.events(acme, after=n - 1)).rows[0].recorded_at)
    positions = [await alone.audit.position_before(time) for time in times]
    assert positions == list(range(11))
    assert await alone.audit.position_before(times[-1] + timedelta(seconds=1)) == 11


async def test_a_replay_walks_through_all_pages(
    alone: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme, other = uuid4(), uuid4()
    monkeypatch.setattr("projections.audit.REPLAYED", 4)
    ticket = uuid4()
    for workspace in (acme, other):
        await alone.book.record(
            workspace, opened(ticket, 1), *(received(ticket, n) for n in range(9))
        )

    async def walk(audit: Audit, **told: object) -> list[int]:
        return [e.position async for page in audit.replay(**told) for e in page]  # type: ignore[arg-type]

    assert await walk(alone.audit) == list(range(1, 21))
    assert await walk(alone.audit, workspace_id=other) == list(range(11, 21))
    assert await walk(alone.audit, after=3, up_to=8) == [4, 5, 6, 7, 8]
    assert await walk(alone.audit, subject=ticket, kinds=["Ticket.Opened"]) == [1, 11]
    received_ones = await walk(alone.audit, workspace_id=acme, kinds=["Ticket.MessageReceived"])
    assert received_ones == list(range(2, 11))
