"""A town of companies whose life is decided by the real aggregates, with a seed.

What the read models must say is known from the aggregates themselves: an independent fold.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import NamedTuple
from uuid import UUID

from domain.aggregate import Aggregate, Refused
from domain.clients import Client
from domain.cycles import Status
from domain.events import encode, topic_of
from domain.messages import Content, Place
from domain.staff import Person, Role
from domain.threads import Thread, thread_of
from domain.tickets import Ticket
from domain.triage import Priority
from tests.projections.facts import NOON, Fact


class Save(NamedTuple):
    """What one command would record."""

    workspace_id: UUID
    facts: list[Fact]


def save(workspace_id: UUID, *aggregates: Aggregate) -> Save:
    """What was decided, to be recorded."""
    facts = [
        Fact(event.originator_id, topic_of(event), encode(event))
        for aggregate in aggregates
        for event in aggregate.collect_events()
    ]
    return Save(workspace_id, facts)


class Town:
    """Companies with people, clients and tickets; `live` goes on for ever."""

    def __init__(self, seed: int, companies: int = 2) -> None:
        self.random = Random(seed)
        self.now = NOON
        self.companies = [self.id() for _ in range(companies)]
        self.people: dict[UUID, list[Person]] = {}
        self.clients: dict[UUID, list[Client]] = {}
        self.tickets: dict[UUID, list[Ticket]] = {}

    def id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def live(self) -> Iterator[Save]:
        for company in self.companies:
            staff = [
                Person(self.id(), company, self.now, f"Manager {n}", [Role.MANAGER], n)
                for n in range(4)
            ]
            self.people[company], self.clients[company], self.tickets[company] = staff, [], []
            yield save(company, *staff)
        while True:
            self.now += timedelta(seconds=self.random.randint(1, 60))
            company = self.random.choice(self.companies)
            yield from self._happens(company)

    def _happens(self, company: UUID) -> Iterator[Save]:
        tickets = self.tickets[company]
        if not tickets or self.random.random() < 0.1:
            yield self._open(company)
            return
        ticket = self.random.choice(tickets[-20:])
        ticket.at = self.now
        with suppress(Refused):
            self._decide(company, ticket)
        if ticket.pending_events:
            yield save(company, ticket)

    def _open(self, company: UUID) -> Save:
        number = len(self.tickets[company]) + 1
        client = Client(self.id(), company, self.now, 10, number, f"Client {number}")
        if self.random.random() < 0.3:
            client.rename(f"Клиент {number} 🙂", "somebody")
        ticket = Ticket(self.id(), company, self.now, number, client.id, "Доставка")
        thread = Thread(thread_of(ticket.id), company, self.now, ticket.id, number)
        thread.open(-200, number, 3)
        ticket.receive(self.id(), self._words(), self._place())
        self.clients[company].append(client)
        self.tickets[company].append(ticket)
        return save(company, client, ticket, thread)

    def _decide(self, company: UUID, ticket: Ticket) -> None:
        by = self.random.choice(self.people[company]).id
        match self.random.randint(0, 12):
            case 0 | 1 | 2:
                ticket.receive(self.id(), self._words(), self._place())
            case 3 | 4:
                ticket.comment(self.id(), ticket.holder_id or by, self._words(), None)
            case 5:
                ticket.claim(by)
            case 6:
                ticket.transfer(by, None, "shift")
            case 7:
                if under_way := ticket.conversation.undelivered:
                    ticket.deliver(min(under_way), self._place())
            case 8:
                ticket.close(ticket.client_id, by_client=True)
                ticket.rate(self.random.randint(1, 5), "")
            case 9:
                ticket.reopen(ticket.client_id, by_client=True)
            case 10:
                ticket.release(by, None, "gone")
            case _:
                self._revise(ticket)
                self._triage(ticket)

    def _triage(self, ticket: Ticket) -> None:
        ticket.prioritise(self.random.choice(list(Priority)), None)
        (ticket.tag if self.random.random() < 0.6 else ticket.untag)("vip", None)

    def _revise(self, ticket: Ticket) -> None:
        id, said = self.random.choice(list(ticket.conversation.messages.items()))
        match self.random.randint(0, 2):
            case 0:
                ticket.edit(id, said.by, self._words(), None)
            case 1:
                ticket.react(id, None, ["👍"] if self.random.random() < 0.7 else [])
            case _:
                ticket.withdraw(id, said.by)

    def _words(self) -> Content:
        return Content(text="слово " * self.random.randint(1, 20))

    def _place(self) -> Place:
        return Place(bot_id=10, chat_id=7, message_id=self.random.randint(1, 1_000_000))

    def expected_tickets(self, company: UUID) -> dict[UUID, tuple[object, ...]]:
        """Number, status, holder, cycle and client's name of every ticket."""
        names = {client.id: client.name for client in self.clients[company]}
        return {
            t.id: (t.number, t.status.value, t.holder_id, t.cycle, names[t.client_id])
            for t in self.tickets[company]
        }

    def expected_load(self, company: UUID) -> dict[UUID, int]:
        """How many open tickets each person holds."""
        held = [t.holder_id for t in self.tickets[company] if t.status is Status.OPEN]
        return {person.id: held.count(person.id) for person in self.people[company]}
