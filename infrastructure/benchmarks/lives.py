"""Lives of tickets for both sides: the same aggregates, the same words, as many events."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import cast
from uuid import UUID, uuid4

from application.ports import EventLog, Save
from domain.aggregate import Aggregate
from domain.clients import Client
from domain.messages import Content, Place
from domain.staff import Person
from domain.tickets import Ticket

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUESTION = Content(text="Здравствуйте! Заказ не пришёл, хотя в письме обещали доставку вчера.")
ANSWER = Content(text="Добрый день! Уже смотрю, ответ будет через пару минут.")
PLACE = Place(bot_id=7001, chat_id=200_000_001, message_id=15)


def manager(workspace_id: UUID) -> Person:
    """Somebody who may claim tickets."""
    return Person(
        id=uuid4(), workspace_id=workspace_id, timestamp=NOON, name="Anna", roles=["manager"]
    )


def client(workspace_id: UUID) -> Client:
    """A client of one event."""
    return Client(
        id=uuid4(),
        workspace_id=workspace_id,
        timestamp=NOON,
        bot_id=7001,
        telegram_id=200_000_001,
        name="Клара Новак",
        username="klara",
    )


def held_ticket(workspace_id: UUID, number: int, holder: UUID) -> Ticket:
    """A ticket after question, claim and answer, all delivered; others who claim it lose.

    Nine events, as the product records such an exchange.
    """
    ticket = opened(workspace_id, number)
    first, second, answer = uuid4(), uuid4(), uuid4()
    ticket.receive(first, QUESTION, PLACE)
    ticket.deliver(first, PLACE)
    ticket.receive(second, QUESTION, PLACE)
    ticket.deliver(second, PLACE)
    ticket.claim(holder)
    ticket.comment(answer, holder, ANSWER, PLACE)
    ticket.deliver(answer, PLACE)
    return ticket


def opened(workspace_id: UUID, number: int) -> Ticket:
    """A new ticket."""
    return Ticket(
        id=uuid4(),
        workspace_id=workspace_id,
        timestamp=NOON,
        number=number,
        client_id=uuid4(),
        topic="Доставка",
    )


def stages(by: UUID) -> Sequence[Callable[[Ticket], object]]:
    """The life of a ticket after its opening; every stage makes at least one event."""
    return (
        lambda ticket: ticket.receive(uuid4(), QUESTION, PLACE),
        lambda ticket: ticket.transfer(by, None, "claimed"),
        lambda ticket: ticket.comment(uuid4(), by, ANSWER, PLACE),
        lambda ticket: ticket.receive(uuid4(), QUESTION, PLACE),
        lambda ticket: ticket.comment(uuid4(), by, ANSWER, PLACE),
        lambda ticket: ticket.receive(uuid4(), QUESTION, PLACE),
        lambda ticket: ticket.comment(uuid4(), by, ANSWER, PLACE),
    )


def waves(tickets: int, at_once: int, workspace_id: UUID, by: UUID) -> Iterator[list[Ticket]]:
    """Tickets that live side by side, stage by stage; each list has one new event a ticket."""
    for first in range(0, tickets, at_once):
        last = min(first + at_once, tickets)
        living = [opened(workspace_id, number + 1) for number in range(first, last)]
        yield living
        for stage in stages(by):
            for ticket in living:
                stage(ticket)
            yield living


def news_of(aggregate: Aggregate) -> list[Aggregate.Event]:
    """What the aggregate has decided and nobody has recorded."""
    return list(cast("Sequence[Aggregate.Event]", aggregate.collect_events()))


def saves(aggregates: Iterable[Aggregate]) -> Iterator[Save]:
    """What is new of each as one save under a command id of its own."""
    for aggregate in aggregates:
        yield Save(
            workspace_id=aggregate.workspace_id,
            command_id=str(uuid4()),
            fingerprint=b"bench",
            outcome="{}",
            actor="bench",
            events=news_of(aggregate),
        )


async def keep(log: EventLog, aggregates: Iterable[Aggregate]) -> int:
    """Record what is new of each, in order; returns the last position."""
    done = await asyncio.gather(*(log.append(save) for save in saves(aggregates)))
    return max(stored.position or 0 for stored in done)
