"""The relay: from a client's message to the managers' thread, against a bare aiogram bot."""

import asyncio
import re
import sys
import time
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, pairwise
from statistics import median, quantiles

from infrastructure.benchmarks.ground import Ground
from infrastructure.benchmarks.rounds import alternate, median_ratio
from infrastructure.benchmarks.rows import Better, Row
from infrastructure.stage import Stage, set_stage
from interfaces.sandbox import people
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.members import MEMBER
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.users import User
from interfaces.sandbox.world import Forwarding, World

AIM = 3.0
PER_SECOND = 12
PACE = 1_000.0  # our own token buckets are never empty
CLIENTS = 24  # none of whom writes more than twenty messages a minute
LOOK = 0.001  # seconds between two looks at the group
PATIENCE = 60.0
KILLED = ("gateway", "projector", "api")
NUMBER = re.compile(r"письмо (\d+)")


@dataclass
class Talk:
    """Clients of one bot, the group in which their words should appear, and when they did."""

    world: World
    bot: Bot
    group: Chat
    clients: Sequence[User]
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    written: dict[int, tuple[User, float]] = field(default_factory=dict[int, tuple[User, float]])
    came: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])
    looked_at: int = 0

    def write(self, author: User) -> None:
        """Let a client say something that can be recognised."""
        number = next(self.numbers)
        talk = self.world.private(self.bot, author)
        self.written[number] = author, time.perf_counter()
        people.say(self.world, author, talk, f"Где мой заказ? письмо {number}")

    def look(self) -> None:
        """Note what bots have said in the group since the last look."""
        last, now = self.group.numbers.last, time.perf_counter()
        for id in range(self.looked_at + 1, last + 1):
            message = self.group.messages.get(id)
            found = NUMBER.search(message.text) if message and message.by_bot else None
            if found is not None:
                self.came.append((int(found[1]), now))
        self.looked_at = last

    async def until_all_came(self) -> None:
        """Look until everything written is there, or patience ends."""
        until = time.perf_counter() + PATIENCE
        while time.perf_counter() < until:
            self.look()
            if len(set(dict(self.came))) == len(self.written):
                return
            await asyncio.sleep(LOOK)

    async def round(self, messages: int) -> list[float]:
        """Seconds from saying to arrival, at a steady rate whatever is slow."""
        first, began = len(self.came), time.perf_counter()
        for n in range(messages):
            while time.perf_counter() < began + n / PER_SECOND:
                self.look()
                await asyncio.sleep(LOOK)
            self.write(self.clients[n % len(self.clients)])
        await self.until_all_came()
        return [at - self.written[number][1] for number, at in self.came[first:]]

    def faults(self) -> tuple[int, int, int]:
        """How many messages were lost, came in a wrong order, and came more than once."""
        order = list(dict.fromkeys(number for number, _ in self.came))
        wrong = 0
        for client in self.clients:
            own = [number for number in order if self.written[number][0] is client]
            wrong += sum(earlier > later for earlier, later in pairwise(own))
        times = Counter(number for number, _ in self.came)
        lost = len(self.written) - len(times)
        return lost, wrong, sum(n - 1 for n in times.values())


async def measure(_: Ground, *, messages: int = 36, rounds: int = 3) -> list[Row]:
    """Messages in running conversations, both bots in one emulator, nobody near a flood limit.

    At last each of our processes is killed while clients go on writing.
    """
    async with AsyncExitStack() as stack:
        stage = await set_stage(
            stack, ("Ромашка",), forwarding=Forwarding(), pace=PACE, floods=False
        )
        company = stage.companies[0]
        world = stage.world
        clients = [world.user(f"Клиент {n}") for n in range(CLIENTS)]
        ours = Talk(world, company.clients_bot, company.group, clients)
        bare = await stack.enter_async_context(_bare(stage, clients))
        waits: dict[str, list[float]] = {"ours": [], "bare": []}

        async def play(name: str, talk: Talk) -> float:
            begun = bool(talk.written)  # first words open tickets, later ones run in conversations
            seconds = await talk.round(messages)
            waits[name] += seconds if begun else []
            return median(seconds)

        found = await alternate(
            rounds, ours=lambda: play("ours", ours), bare=lambda: play("bare", bare)
        )
        await asyncio.gather(ours.round(messages * 2), _kill(stage, messages * 2 / PER_SECOND))
        lost, reordered, duplicated = ours.faults()
    return [
        Row(
            name="relay",
            ratio=median_ratio(found["ours"], found["bare"]),
            aim=AIM,
            better=Better.LOWER,
            figures={
                "p50_ms": median(found["ours"]) * 1e3,
                "p95_ms": quantiles(waits["ours"], n=20)[-1] * 1e3,
                "bare_p50_ms": median(found["bare"]) * 1e3,
                "bare_p95_ms": quantiles(waits["bare"], n=20)[-1] * 1e3,
                "messages": len(ours.written),
                "kills": len(KILLED),
                "lost": lost,
                "reordered": reordered,
                "duplicated": duplicated,
                "rounds": rounds,
            },
        )
    ]


@asynccontextmanager
async def _bare(stage: Stage, clients: Sequence[User]) -> AsyncGenerator[Talk]:
    """The bare bot as a process of its own, in a group of its own."""
    world = stage.world
    bot = world.bot("9101:bare-relay", "bare_relay_bot")
    group = world.chat("Bare", owner=clients[0])
    set_member(world, group, bot.user, MEMBER)
    told = (bot.token, stage.sandbox, str(group.id))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "infrastructure.benchmarks.bare_relay", *told
    )
    try:
        yield Talk(world, bot, group, clients)
    finally:
        process.terminate()
        await process.wait()


async def _kill(stage: Stage, seconds: float) -> None:
    """Kill each role once within the time, as a power cut would."""
    stage.roles.longest_pause = 0.2
    for role in KILLED:
        await asyncio.sleep(seconds / (len(KILLED) + 1))
        stage.roles.kill(role)
