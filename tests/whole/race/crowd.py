"""Executors who press at the same moment, some of them twice, whatever becomes of the machines."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import inf
from random import Random

from interfaces.sandbox import people
from interfaces.sandbox.callbacks import Callback
from interfaces.sandbox.faults import DUPLICATE, LOSE, Fault
from interfaces.sandbox.users import User
from tests.whole.race.booths import Booth, Card
from tests.whole.race.looking import Look
from tests.whole.race.register import Press

DEADLINE = 15.0  # seconds: then a pressed button spins no longer, and Telegram takes no answer
AGAIN = 5  # how often somebody presses who is not told anything certain
LOST_ANSWERS, LOST_POLLS, TWICE = 0.05, 0.01, 0.05
LOOKED_AT = 0.1


@dataclass
class Crowd:
    """Those who press, and now and then look whose an order is.

    `progress` hears after each order which part of all is done. `waits` are seconds from press to
    answer, `late` are presses that were not answered in time.
    """

    booths: list[Booth]
    chance: Random
    look: Look
    progress: Callable[[float], None]
    presses: list[Press] = field(default_factory=list[Press])
    waits: list[float] = field(default_factory=list[float])
    late: int = 0
    duplicates: int = 0
    done: int = 0

    async def race(self, people_each: int, twice_each: int, at_once: int) -> None:
        """Each order is pressed by so many at once; in each company so many orders at a time."""
        total = sum(len(booth.cards) for booth in self.booths)

        async def work(booth: Booth, cards: Iterator[Card]) -> None:
            for card in cards:
                await self._contest(booth, card, people_each, twice_each)
                self.done += 1
                self.progress(self.done / total)

        await asyncio.gather(
            *(
                work(booth, cards)
                for booth in self.booths
                for cards in [iter(booth.cards)] * at_once
            )
        )

    async def _contest(self, booth: Booth, card: Card, people_each: int, twice: int) -> None:
        who = self.chance.sample(booth.executors, people_each)
        again = self.chance.sample(who, twice)
        self.duplicates += twice
        pressing = [*who, *again]
        self.chance.shuffle(pressing)
        await asyncio.gather(*(self._press(booth, card, one) for one in pressing))
        if self.chance.random() < LOOKED_AT:
            await self.look.meanwhile(booth, card.offer)

    async def _press(self, booth: Booth, card: Card, person: User) -> None:
        """Press until something certain is answered."""
        for _ in range(AGAIN):
            self._meddle(booth)
            press = self._click(booth, card, person)
            answer = await press.wait_for_answer(DEADLINE + 1)
            self.late += answer is None
            if self._note(booth, card, press):
                return

    def _click(self, booth: Booth, card: Card, person: User) -> Callback:
        world, chat = booth.stage.world, booth.company.executors_chat
        return people.click(world, person, chat, card.message.id, data=card.data)

    def _note(self, booth: Booth, card: Card, press: Callback) -> bool:
        answer = press.answer or {}
        told = booth.told(press.person, str(answer.get("text")))
        ended = press.answered_at if press.answer is not None else inf
        pressed = Press(
            command=booth.commands[press.id],
            person=press.person.id,
            offer=card.offer,
            began=press.at,
            ended=ended,
            told=told,
        )
        self.presses.append(pressed)
        if press.answer is not None:
            self.waits.append(ended - press.at)
        return told is not None

    def _meddle(self, booth: Booth) -> None:
        """Perhaps lose what Telegram replies to an answer or a poll, or deliver a press twice."""
        bot, faults = booth.company.executors_bot.id, booth.stage.world.faults
        for odd, kind, method in (
            (LOST_ANSWERS, LOSE, "answercallbackquery"),
            (LOST_POLLS, LOSE, "getupdates"),
            (TWICE, DUPLICATE, "callback_query"),
        ):
            waiting = any(one.matches(method, bot, None) for one in faults.planned)
            if self.chance.random() < odd and not waiting:
                faults.plan(Fault(kind, method, bot))
