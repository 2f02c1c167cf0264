"""At a Telegram that enforces its limits and bans: nobody is banned, nobody waits for others."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from infrastructure.outbox import enqueue
from infrastructure.postgres import Role, connect
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.chats import Chat
from interfaces.sandbox.membership import set_member
from interfaces.sandbox.users import User
from interfaces.telegram.calls import Call
from tests.telegram.conftest import ACME, Desk, open_desk, standing

pytestmark = [pytest.mark.asyncio, pytest.mark.proves("P17")]
NUMBERS = count()
BETA = UUID(int=2)
P99 = """
SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM settled_at - created_at))
FROM ledger.outbox WHERE bot_id = %s AND key LIKE %s
"""


@dataclass
class Burst:
    """Letters to be written at once."""

    desk: Desk
    letters: list[Call] = field(default_factory=list[Call])

    def add(self, bot: Bot, chat: Chat | User, text: str, **about: Any) -> None:
        call = Call(
            workspace_id=about.pop("workspace_id", ACME),
            bot_id=bot.id,
            chat_id=chat.id,
            method=about.pop("method", "sendMessage"),
            params={"chat_id": chat.id, **about.pop("params", {"text": text})},
            key=f"{text}:{bot.id}:{next(NUMBERS)}",
        )
        self.letters.append(call)

    async def leave(self) -> None:
        policies = await connect(self.desk.dsn, Role.PROJECTOR, name="policies")
        async with policies, policies.transaction():
            await enqueue(policies, self.letters)


@asynccontextmanager
async def strict(dsn: str, pace: float) -> AsyncGenerator[Desk]:
    """The company at a Telegram with flood limits, so many times faster."""
    async with standing(dsn, pace=pace, floods=True) as desk, open_desk(desk):
        yield desk


def people(desk: Desk, bot: Bot, count: int) -> list[User]:
    """People who have started a bot."""
    found = [desk.world.user(f"Человек {n}") for n in range(count)]
    for person in found:
        desk.says(person, desk.world.private(bot, person), "/start")
    return found


@pytest.mark.timeout(60)
async def test_a_burst_over_many_chats_and_groups_bans_nobody(database: str) -> None:
    async with strict(database, 60.0) as desk:
        clients = people(desk, desk.clients, 12)
        burst = Burst(desk)
        groups = [desk.world.chat(f"Группа {n}", owner=desk.anna) for n in range(3)]
        for group in groups:
            set_member(desk.world, group, desk.clients.user, "administrator")
        said = [desk.says(desk.klim, desk.talk, f"снимок {n}") for n in range(5)]
        album = {"from_chat_id": desk.klim.id, "message_ids": [message.id for message in said]}
        for n in range(24):
            for group in groups:
                burst.add(desk.clients, group, f"{n:02}")
            burst.add(desk.managers, desk.channel, f"{n:02}")
            if n % 12 == 6:
                copy = {"method": "copyMessages", "params": album}
                burst.add(desk.clients, groups[0], "album", **copy)
        for n in range(5):
            for person in clients:
                burst.add(desk.clients, person, f"{n:02}")
        await burst.leave()
        outcomes = await desk.settled(seconds=30.0)
        floods = desk.world.floods
        exceeded = sum(floods.exceeded.values())
        print(f"{len(outcomes)} letters, {exceeded} 429s")  # noqa: T201 - the figure of the run
        assert {outcome for outcome, _ in outcomes} == {"sent"}
        assert (floods.bans.total(), floods.violations.total()) == (0, 0)
        for group in groups:
            told = [text for text in desk.texts(group) if text.isdecimal()]
            assert told == [f"{n:02}" for n in range(24)]


@pytest.mark.timeout(60)
async def test_what_handlers_say_counts_as_well(database: str) -> None:
    async with strict(database, 60.0) as desk:
        burst = Burst(desk)
        desk.says(desk.klim, desk.talk, "/start")
        await desk.hears(desk.talk, "Здравствуйте")
        for n in range(40):
            desk.says(desk.klim, desk.talk, "/start")
            burst.add(desk.clients, desk.klim, f"ответ {n}")
        await burst.leave()
        assert {outcome for outcome, _ in await desk.settled()} == {"sent"}
        await desk.settled("inbox")
        floods = desk.world.floods
        assert (floods.bans.total(), floods.violations.total()) == (0, 0)
        assert sum("Здравствуйте" in text for text in desk.texts(desk.talk)) == 41
        told = [text for text in desk.texts(desk.talk) if text.startswith("ответ ")]
        assert told == [f"ответ {n}" for n in range(40)]


async def p99_of_beta(desk: Desk, letters: int) -> tuple[float, float]:
    """Seconds that letters of a second company take: alone, and beside a burst of the first."""
    beta = desk.world.bot("50000009:beta-secret", "beta_bot")
    await desk.connect_bot(beta, "client", workspace_id=BETA)
    crowd, few = people(desk, desk.clients, letters // 5), people(desk, beta, 20)
    await desk.settled("inbox", 60.0)
    for name, noise in (("alone", 0), ("beside", letters)):
        loud = Burst(desk)
        for n in range(noise):
            loud.add(desk.clients, crowd[n % len(crowd)], "loud")
        await loud.leave()
        for n in range(20):
            quiet = Burst(desk)
            quiet.add(beta, few[n], name, workspace_id=BETA)
            await quiet.leave()
        await desk.settled(seconds=200.0)
    alone, beside = (
        float(desk.look(P99, beta.id, f"{name}:%")[0][0]) for name in ("alone", "beside")
    )
    told = f"{alone:.3f} s alone, {beside:.3f} s beside {letters} letters"
    print(f"p99 of another company: {told}")  # noqa: T201 - the figure of the run
    return alone, beside


@pytest.mark.timeout(60)
async def test_one_companys_burst_does_not_delay_another(database: str) -> None:
    async with strict(database, 120.0) as desk:
        alone, beside = await p99_of_beta(desk, 1_000)
        assert beside < alone + 1.0
        assert desk.world.floods.bans.total() == 0


@pytest.mark.long
@pytest.mark.timeout(300)
async def test_ten_thousand_letters_of_one_company_do_not_delay_another(database: str) -> None:
    async with strict(database, 120.0) as desk:
        alone, beside = await p99_of_beta(desk, 10_000)
        assert beside < alone + 1.0
        assert desk.world.floods.bans.total() == 0
