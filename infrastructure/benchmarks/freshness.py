"""Freshness: how long what was recorded takes to be seen in the read models."""

import asyncio
import time
from collections import deque
from datetime import datetime, timedelta
from itertools import count
from statistics import median, quantiles
from typing import LiteralString, TypedDict
from uuid import UUID, uuid4

from application.clients import Profile
from application.desk import Desk
from application.receiving import ReceiveMessage
from application.workspaces import ConnectBot, FoundWorkspace, LinkChannel, StartDesk
from domain.bots import BotRole
from infrastructure.benchmarks.ground import Ground
from infrastructure.benchmarks.lives import NOON, QUESTION
from infrastructure.benchmarks.rows import Better, Row
from infrastructure.postgres import Connection, Role, connect
from infrastructure.supervisor import Supervisor
from infrastructure.wiring import desk_on

AIM = 1.0
LIMIT = 0.1  # seconds, at the 99th percentile
PER_SECOND = 200
CLIENTS = 100
LOOK = 0.002  # seconds between two looks
PATIENCE = 30.0
PERCENT = 100

VISIBLE: LiteralString = """SELECT min(b.position)
  FROM ledger.serving s JOIN ledger.bookmark b USING (build)"""


async def measure(ground: Ground, *, seconds: float = 6.0, rounds: int = 3) -> list[Row]:
    """Clients write at a steady rate, whatever is slow; a projector process follows the log.

    An event counts as seen when the last of all read models has it; looking every 2 ms makes the
    figures that much worse, never better.
    """
    dsn = ground.database()
    found: list[list[float]] = []
    async with (
        desk_on(dsn, name="bench") as (desk, _),
        Supervisor(_environment(dsn), ["projector"]),
        await connect(dsn, Role.DESK, name="bench") as looking,
    ):
        workspace_id, numbers = await _company(desk), count(1)
        for number in range(-1, rounds):
            waits = await _write(desk, looking, workspace_id, numbers, seconds)
            if number >= 0:
                found.append(waits)
    p99 = [quantiles(waits, n=PERCENT)[-1] for waits in found]
    return [
        Row(
            name="freshness",
            ratio=median(p99) / LIMIT,
            aim=AIM,
            better=Better.LOWER,
            figures={
                "p99_ms": median(p99) * 1e3,
                "p50_ms": median(median(waits) for waits in found) * 1e3,
                "worst_ms": max(map(max, found)) * 1e3,
                "limit_ms": LIMIT * 1e3,
                "events_per_s": PER_SECOND,
                "events": sum(map(len, found)),
                "rounds": rounds,
            },
        )
    ]


class Order(TypedDict):
    """What the commands have in common."""

    workspace_id: UUID
    actor: str
    at: datetime


def _environment(dsn: str) -> dict[str, str]:
    return {"LEDGERDESK_DATABASE_URL": dsn, "LEDGERDESK_LOG_LEVEL": "ERROR"}


async def _company(desk: Desk) -> UUID:
    """A workspace that takes tickets."""
    workspace_id = uuid4()
    order = Order(workspace_id=workspace_id, actor="bench", at=NOON)
    bots = ((7001, BotRole.CLIENT), (8001, BotRole.MANAGER))
    for command in (
        FoundWorkspace(**order, command_id="found", name="Bench"),
        *(
            ConnectBot(**order, command_id=role, bot_id=bot, role=role, username=f"{role}_bot")
            for bot, role in bots
        ),
        LinkChannel(**order, command_id="channel", channel_id=-100, group_id=-200),
        StartDesk(**order, command_id="start"),
    ):
        await desk.execute(command)
    return workspace_id


async def _write(
    desk: Desk, looking: Connection, workspace_id: UUID, numbers: "count[int]", seconds: float
) -> list[float]:
    """How long each event of a time of steady writing took to be seen, in seconds."""
    told: deque[tuple[int, float]] = deque()
    amount = int(seconds * PER_SECOND)

    async def message(number: int) -> None:
        profile = Profile(
            bot_id=7001, telegram_id=number % CLIENTS, name=f"Client {number % CLIENTS}"
        )
        done = await desk.execute(
            ReceiveMessage(
                workspace_id=workspace_id,
                command_id=f"tg:7001:{number}",
                actor="bench",
                at=NOON + timedelta(seconds=number),  # people write no faster
                profile=profile,
                content=QUESTION,
            )
        )
        told.append((done.position or 0, time.perf_counter()))

    seen = asyncio.create_task(_seen(looking, told, amount))
    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for n in range(amount):
            await asyncio.sleep(max(0.0, began + n / PER_SECOND - time.perf_counter()))
            group.create_task(message(next(numbers)))
    return await seen


async def _seen(looking: Connection, told: "deque[tuple[int, float]]", amount: int) -> list[float]:
    waits: list[float] = []
    async with asyncio.timeout(PATIENCE * 2):
        while len(waits) < amount:
            cursor = await looking.execute(VISIBLE, prepare=True)
            row = await cursor.fetchone()
            now, position = time.perf_counter(), row[0] if row else 0
            later = [one for one in told if one[0] > position]
            waits += [max(0.0, now - at) for reached, at in told if reached <= position]
            told.clear()
            told.extend(later)
            await asyncio.sleep(LOOK)
    return waits
