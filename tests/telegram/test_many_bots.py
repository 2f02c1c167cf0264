"""Many bots in one gateway: each is heard, and they fit into a small machine."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tests.telegram.api import eventually
from tests.telegram.conftest import SECRET, Desk

BOTS = 200
MEGABYTES = 600


@asynccontextmanager
async def gateway(desk: Desk) -> AsyncGenerator[int]:
    """A gateway in a process of its own: its id."""
    env = {
        **os.environ,
        "LEDGERDESK_DATABASE_URL": desk.dsn,
        "LEDGERDESK_TELEGRAM_API": desk.root,
        "LEDGERDESK_API_URL": desk.api.url,
        "LEDGERDESK_SECRET_KEY": SECRET,
        "LEDGERDESK_LOG_LEVEL": "warning",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "infrastructure", "serve", "gateway", env=env
    )
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0


def memory(pid: int) -> float:
    """The most memory that a process has had, in megabytes."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


@pytest.mark.long
@pytest.mark.asyncio
@pytest.mark.timeout(300)
async def test_two_hundred_bots_poll_in_one_gateway(quiet_desk: Desk) -> None:
    desk = quiet_desk
    bots = [desk.world.bot(f"{60_000_000 + n}:bot-{n}", f"many_{n}_bot") for n in range(BOTS)]
    for bot in bots:
        await desk.connect_bot(bot, "client", workspace_id=uuid4())
    async with gateway(desk) as pid:
        for bot in bots:
            desk.says(desk.klim, desk.world.private(bot, desk.klim), "/start")
        heard = "SELECT count(DISTINCT bot_id) FROM ledger.inbox WHERE outcome = 'done'"
        await eventually(lambda: desk.look(heard) == [(BOTS,)], 120.0)
        used = memory(pid)
    print(f"{BOTS} bots in one gateway: {used:.0f} MB")  # noqa: T201 - the figure of the run
    assert used < MEGABYTES
