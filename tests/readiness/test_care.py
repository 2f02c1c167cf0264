"""Care: duties are done when they are due, and a failing one waits without hindering others."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from infrastructure import care
from infrastructure.bots import BotAccount
from infrastructure.care import Care, Duty
from tests.telegram.api import eventually
from tests.telegram.conftest import ACME

pytestmark = pytest.mark.asyncio
SEVEN = BotAccount(7, ACME, "manager", "seven", "hook", "7:a", "secret", "key")
EIGHT = replace(SEVEN, bot_id=8, token="8:a")


@asynccontextmanager
async def taking_care(
    duty: Duty, serving: dict[int, BotAccount], monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Care]:
    monkeypatch.setattr(care, "LOOK", 0.01)
    stop, caring = asyncio.Event(), Care("duty", duty)
    task = asyncio.create_task(caring.run(serving, stop))
    try:
        yield caring
    finally:
        stop.set()
        await asyncio.wait_for(task, 5)


async def test_a_duty_is_done_when_a_bot_joins_or_gets_another_token_and_when_it_is_due(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    serving = {7: SEVEN}

    async def duty(bot: BotAccount) -> float:
        done.append(bot.token)
        return 0.05 if bot.bot_id == 8 else 1000.0

    async with taking_care(duty, serving, monkeypatch) as caring:
        await eventually(lambda: done == ["7:a"])
        serving[7] = replace(SEVEN, token="7:b")
        await eventually(lambda: done == ["7:a", "7:b"])
        caring.soon(serving[7])
        await eventually(lambda: done == ["7:a", "7:b", "7:b"])
        del serving[7]
        serving[8] = EIGHT
        await eventually(lambda: done.count("8:a") == 3)
        serving[7] = SEVEN
        await eventually(lambda: done.count("7:a") == 2)
        caring.soon(replace(EIGHT, bot_id=9, token="9:gone"))
        await eventually(lambda: "9:gone" in done)


async def test_a_duty_that_fails_is_done_again_and_hinders_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(care, "FIRST_REST", 0.01)
    done: list[int] = []

    async def duty(bot: BotAccount) -> float:
        done.append(bot.bot_id)
        if bot.bot_id == 7 and done.count(7) < 3:
            raise OSError
        return 1000.0

    async with taking_care(duty, {7: SEVEN, 8: EIGHT}, monkeypatch):
        await eventually(lambda: (done.count(7), done.count(8)) == (3, 1))


async def test_asked_for_while_it_is_done_it_is_done_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    going_on, begun = asyncio.Event(), asyncio.Semaphore(0)

    async def duty(_: BotAccount) -> float:
        begun.release()
        await going_on.wait()
        return 1000.0

    async with taking_care(duty, {7: SEVEN}, monkeypatch) as caring:
        await begun.acquire()
        caring.soon(SEVEN)
        going_on.set()
        async with asyncio.timeout(5):
            await begun.acquire()
