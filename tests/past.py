"""The past, made of a list of events, for policies that are asked what follows from the last."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from application.policy import Consequence, Policy
from application.ports import A, Colleague, Letter, Past
from domain.aggregate import Aggregate
from domain.cycles import Status
from domain.events import Recorded, fold
from domain.offers import Offer, Standing
from domain.staff import Person
from domain.tickets import Ticket
from tests.facts import Fact
from tests.ledger import events_of

WORKSPACE = uuid4()


class Remembered(Past):
    """Everything that has happened, in order."""

    def __init__(self, events: Sequence[Aggregate.Event]) -> None:
        self.events = events

    async def get(self, kind: type[A], id: UUID) -> A | None:
        aggregate: Aggregate | None = None
        for event in await self.history(id):
            aggregate = fold(aggregate, event)
        return aggregate if isinstance(aggregate, kind) else None

    async def history(self, id: UUID) -> Sequence[Aggregate.Event]:
        return [event for event in self.events if event.originator_id == id]

    async def held_by(self, person_id: UUID) -> Sequence[UUID]:
        return [one.id for one in await self._open() if one.holder_id == person_id]

    async def open_tickets(self, *, unclaimed: bool = False) -> Sequence[UUID]:
        found = await self._open()
        return [one.id for one in found if not unclaimed or one.holder_id is None]

    async def open_offers(self) -> Sequence[UUID]:
        offers = [await self.get(Offer, id) for id in self._ids(Offer.Published)]
        return [one.id for one in offers if one is not None and one.standing is Standing.OPEN]

    async def staff(self) -> Sequence[Colleague]:
        people = [await self.get(Person, id) for id in self._ids(Person.Joined)]
        return [
            Colleague(
                one.id,
                one.telegram_id,
                one.language,
                one.roles,
                one.presence,
                len(await self.held_by(one.id)),
            )
            for one in people
            if one is not None and one.working
        ]

    async def _open(self) -> list[Ticket]:
        tickets = [await self.get(Ticket, id) for id in self._ids(Ticket.Opened)]
        return [one for one in tickets if one is not None and one.status is Status.OPEN]

    def _ids(self, kind: type[Aggregate.Event]) -> list[UUID]:
        return [event.originator_id for event in self.events if isinstance(event, kind)]


async def consequences(policy: Policy, *facts: Fact) -> list[Consequence]:
    """What follows from the last of the facts."""
    events = events_of(WORKSPACE, facts)
    happened = Recorded(len(events), events[-1].timestamp, events[-1])
    return list(await policy.react(happened, Remembered(events)))


async def letters(policy: Policy, *facts: Fact) -> list[Letter]:
    """The letters that follow from the last of the facts."""
    return [one for one in await consequences(policy, *facts) if isinstance(one, Letter)]
