"""Whatever managers say, in whatever way: no byte of it tells a client who they are."""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, cycle

import pytest

from infrastructure.phones import NothingCame, Phones, button
from infrastructure.stage import Stage
from infrastructure.town import CHANNEL_SURFACE, FORUM_SURFACE, Company
from interfaces.sandbox import execution, people
from interfaces.sandbox.copying import forward_message
from tests.whole.relay import speech, withheld
from tests.whole.relay.canaries import canary
from tests.whole.relay.elsewhere import elsewhere
from tests.whole.relay.quiet import quiet
from tests.whole.relay.received import Received, canaries_of, receiving
from tests.whole.relay.spot import Saying, Spot

pytestmark = pytest.mark.asyncio(loop_scope="package")

SURFACES = (CHANNEL_SURFACE, FORUM_SURFACE)
CROWD = 2  # managers of a company, each with a client
KEPT = "Не отправлено: по этому сообщению видно, кто вы."


@dataclass
class Rehearsal:
    """Managers who talk, and what of it clients ought to get."""

    stage: Stage
    received: Received
    patience: float
    spots: list[Spot] = field(default_factory=list[Spot])
    owed: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    told: int = 0
    numbers: Iterator[int] = field(default_factory=count)

    async def open(self, *surfaces: str) -> None:
        """Companies with their managers, each of whom has a client."""
        for surface in surfaces:
            staff = [canary(self.stage.world) for _ in range(CROWD)]
            self.received.companies.append(await self.stage.found("Ромашка", staff, surface))
        self.spots += await asyncio.gather(
            *(self._spot(one, n) for one in self.received.companies for n in range(CROWD))
        )

    async def _spot(self, company: Company, number: int) -> Spot:
        """A manager has claimed the ticket of a client."""
        world, phones = self.stage.world, Phones(self.stage.world, self.patience)
        manager, colleague = company.managers[number], company.managers[number - 1]
        client = world.user(f"Клиент {number}")
        talk = world.private(company.clients_bot, client)
        people.say(world, client, talk, f"Вопрос клиента {number}")
        card = await phones.card(company, f"Вопрос клиента {number}")
        question = await phones.arrival(company.group, f"Вопрос клиента {number}")
        data = await phones.until(lambda: button(card, "claim"), "claim")
        press = people.click(world, manager, company.group, card.id, data=data)
        assert "ваше" in await phones.answer(press)
        await phones.until(lambda: manager.first_name in card.text or None, "the card")
        people.react(world, manager, company.group, question.id, "👍")
        place = elsewhere(world, manager)
        return Spot(world, company, manager, colleague, place, talk, question, card)

    async def say(self, messages: int) -> None:
        """Let all managers talk in turn until so many messages ought to reach clients."""
        spots, kept = cycle(self.spots), cycle([*TELLING, *NOTES])
        for n, saying in enumerate(cycle(RELAYED)):
            if self.owed.total() >= messages:
                return
            self.act(next(spots), saying, relayed=True)
            if n % 4 == 0:
                self.act(next(spots), next(kept), relayed=False)
            await asyncio.sleep(0)

    def act(self, spot: Spot, saying: Saying, *, relayed: bool) -> None:
        """Say one thing, that ought to reach the client or not."""
        mark = f"(письмо {next(self.numbers)})"
        saying.act(spot, mark)
        if relayed:
            self.owed[spot.talk.key, saying.comes_as or mark] += saying.pieces
        elif saying in TELLING:
            self.told += 1

    async def settle(self) -> None:
        """Wait until the clients have what they ought to get, and the managers their hints."""
        received = self.received
        with suppress(NothingCame):
            await Phones(self.stage.world, self.patience).until(
                lambda: (received.arrived >= self.owed and received.hints >= self.told) or None,
                "the last message",
            )
        await quiet(self.stage, received.companies, self.patience)
        await asyncio.sleep(0)  # what has come is heard
        assert (received.arrived - self.owed, self.owed - received.arrived) == ({}, {})
        assert received.hints == self.told


RELAYED = [*speech.words(), *speech.files(), *speech.forwards()]
TELLING, NOTES = withheld.telling(), withheld.notes()
PHOTO = next(one for one in RELAYED if one.name == "photo")


@asynccontextmanager
async def rehearsing(stage: Stage, patience: float, *surfaces: str) -> AsyncGenerator[Rehearsal]:
    """Companies on these surfaces, whose clients are listened to."""
    async with receiving(stage.world, KEPT) as received:
        rehearsal = Rehearsal(stage, received, patience)
        await rehearsal.open(*surfaces)
        yield rehearsal


async def rehearse(stage: Stage, messages: int, patience: float) -> None:
    """So many messages are relayed to clients, and some that must not be are not."""
    async with rehearsing(stage, patience, *SURFACES) as rehearsal:
        began = time.perf_counter()
        await rehearsal.say(messages)
        await rehearsal.settle()
        received, took = rehearsal.received, time.perf_counter() - began
        found = received.canaries()
        sys.stdout.write(
            f"\nrelayed {received.arrived.total()}, kept {rehearsal.told}, bytes"
            f" {received.size}, files {len(received.files)}, canaries {len(found)}, {took:.1f} s\n"
        )
        assert found == []
        assert received.arrived.total() >= messages


@pytest.mark.proves("S1-21", "S1-32", "P20")
async def test_nothing_that_a_client_receives_tells_who_a_manager_is(stage: Stage) -> None:
    await rehearse(stage, messages=150, patience=30)


@pytest.mark.long
@pytest.mark.timeout(1500)
@pytest.mark.proves("P20")
async def test_nothing_in_five_thousand_messages_tells_who_a_manager_is(stage: Stage) -> None:
    await rehearse(stage, messages=5000, patience=1200)


async def test_the_search_finds_who_is_forwarded_and_who_may_sign(stage: Stage) -> None:
    async with rehearsing(stage, 30, CHANNEL_SURFACE) as rehearsal:
        received, spot = rehearsal.received, rehearsal.spots[0]
        with pytest.MonkeyPatch.context() as mutant:
            mutant.setitem(execution.HANDLERS, "copymessage", forward_message)
            rehearsal.act(spot, PHOTO, relayed=True)
            await rehearsal.settle()
        assert received.canaries()

        await received.companies[0].graph.order("setSigning", allowed=True)
        for saying in [*speech.files(), *TELLING]:
            rehearsal.act(spot, saying, relayed=True)
        await rehearsal.settle()
        found = {one.name.rpartition(".")[2] for one in received.files.values() if canaries_of(one)}
        assert found >= speech.FILES.keys()
