"""Claims: from a press of «Забрать заказ» to its answer, beside a bare aiogram bot."""

import asyncio
import sys
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice
from statistics import median, quantiles

from infrastructure.benchmarks.ground import Ground
from infrastructure.benchmarks.rounds import alternate, median_ratio
from infrastructure.benchmarks.rows import Better, Row
from infrastructure.fair import open_fair
from infrastructure.phones import Phones, button
from infrastructure.stage import Stage, set_stage
from interfaces.sandbox import people
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.members import MEMBER
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.messages import Message
from interfaces.sandbox.users import User
from interfaces.sandbox.world import World

AIM = 1.0
LIMIT = 0.030  # seconds, for one half of all presses
PER_SECOND = 20
PRESSING = 3  # executors for each card
PACE = 1_000.0  # cards leave at once
EXECUTORS = 24


@dataclass
class Chatroom:
    """Executors who press under the cards of one bot, and how long each waited for the answer."""

    world: World
    chat: Chat
    executors: Sequence[User]
    cards: Iterator[Message] = field(default_factory=lambda: iter(()))
    waits: list[float] = field(default_factory=list[float])

    async def shows(self, cards: int) -> None:
        """Wait until so many cards stand."""
        phones = Phones(self.world)
        await phones.until(lambda: len([*self._shown()]) == cards or None, f"{cards} cards")
        self.cards = iter([*self._shown()])

    def _shown(self) -> Iterator[Message]:
        return (one for one in self.chat.messages.values() if button(one, "claim"))

    async def round(self, cards: int) -> float:
        """The median of seconds from press to answer, at a steady rate whatever is slow."""
        began, presses = time.perf_counter(), list[people.Callback]()
        for card in islice(self.cards, cards):
            data = button(card, "claim")
            for person in range(PRESSING):
                await asyncio.sleep(began + len(presses) / PER_SECOND - time.perf_counter())
                presser = self.executors[(len(presses) + person) % len(self.executors)]
                press = people.click(self.world, presser, self.chat, card.id, data=data)
                presses.append(press)
        phones = Phones(self.world)
        for press in presses:
            await phones.answer(press)
        seconds = [press.answered_at - press.at for press in presses]
        self.waits += seconds
        return median(seconds)


async def measure(_: Ground, *, cards: int = 24, rounds: int = 3) -> list[Row]:
    """Presses on a stage that does nothing else; both bots in one emulator.

    A winner, then two losers for each card; ours asks Telegram whether they are in the chat, too.
    """
    everything = cards * (rounds + 1)
    async with AsyncExitStack() as stack:
        stage = await set_stage(stack, (), pace=PACE, floods=False)
        executors = [stage.world.user(f"Исполнитель {n}") for n in range(EXECUTORS)]
        ours = await _ours(stage, executors, everything)
        bare = await stack.enter_async_context(_bare(stage, executors, everything))
        found = await alternate(
            rounds, ours=lambda: ours.round(cards), bare=lambda: bare.round(cards)
        )
    return [
        Row(
            name="claims",
            ratio=median(found["ours"]) / LIMIT,
            aim=AIM,
            better=Better.LOWER,
            figures={
                "p50_ms": median(found["ours"]) * 1e3,
                "p99_ms": quantiles(ours.waits, n=100)[-1] * 1e3,
                "bare_p50_ms": median(found["bare"]) * 1e3,
                "bare_p99_ms": quantiles(bare.waits, n=100)[-1] * 1e3,
                "to_bare": median_ratio(found["ours"], found["bare"]),
                "presses": len(ours.waits),
                "rounds": rounds,
            },
        )
    ]


async def _ours(stage: Stage, executors: Sequence[User], cards: int) -> Chatroom:
    """A company with orders, whose executors have started its bot."""
    company = await stage.found("Ромашка", [stage.world.user("Анна")], executors=executors)
    for one in executors:
        people.start(stage.world, one, company.executors_bot)
    fair = await open_fair(company)
    for n in range(cards):
        await fair.deal(f"Заказ {n}", f"+7999{n:07}", work="Прихожая")
    room = Chatroom(stage.world, company.executors_chat, executors)
    await room.shows(cards)
    return room


@asynccontextmanager
async def _bare(stage: Stage, executors: Sequence[User], cards: int) -> AsyncGenerator[Chatroom]:
    """The bare bot as a process of its own, in a group of its own."""
    world = stage.world
    bot = world.bot("9102:bare-claims", "bare_claims_bot")
    group = world.chat("Bare", owner=executors[0])
    for member in (bot.user, *executors[1:]):
        set_member(world, group, member, MEMBER)
    told = (bot.token, stage.sandbox, str(group.id), str(cards))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "infrastructure.benchmarks.bare_claims", *told
    )
    try:
        room = Chatroom(world, group, executors)
        await room.shows(cards)
        yield room
    finally:
        process.terminate()
        await process.wait()
