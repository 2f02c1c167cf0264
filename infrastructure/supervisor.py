"""Runs the roles as processes of their own beside each other, and starts again what dies."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Self

import structlog

log = structlog.get_logger(__name__)

ROLES = ("api", "projector", "gateway", "clock")
HEALTHY_AFTER = 10.0  # seconds of life after which a death is no sign of a crash loop
LONGEST_PAUSE = 10.0
PATIENCE = 8.0  # seconds a role has to stop
PARENT = "LEDGERDESK_SUPERVISOR"  # names the supervisor's process to those whom it runs


async def orphaned() -> None:
    """Return when the supervisor that runs this process is gone; never, if there is none."""
    parent = os.environ.get(PARENT)
    while parent is None or os.getppid() == int(parent):  # noqa: ASYNC110 - no event tells it
        await asyncio.sleep(1.0)


class Supervisor:
    """One process a role; `env` is added to the environment of each."""

    def __init__(self, env: Mapping[str, str], roles: Sequence[str] = ROLES) -> None:
        self._env = {**os.environ, **env, PARENT: str(os.getpid())}
        self._roles = roles
        self._keepers: list[asyncio.Task[None]] = []
        self.running: dict[str, asyncio.subprocess.Process] = {}
        self.starts = dict.fromkeys(roles, 0)
        self.longest_pause = LONGEST_PAUSE

    async def __aenter__(self) -> Self:
        self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def start(self) -> None:
        """Begin to keep every role alive."""
        self._keepers = [
            asyncio.create_task(self._keep(role), name=f"keep {role}") for role in self._roles
        ]

    async def stop(self) -> None:
        """End every role, kindly at first."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)

    def kill(self, role: str) -> None:
        """End a role at once, as a power cut would; it is started again."""
        process = self.running.get(role)
        if process is not None and process.returncode is None:
            process.kill()

    async def _keep(self, role: str) -> None:
        pause = 0.1
        while True:
            started = time.monotonic()
            code = await self._live(role)
            pause = 0.1 if time.monotonic() - started > HEALTHY_AFTER else pause
            log.warning("role ended", role=role, code=code, again_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, self.longest_pause)

    async def _live(self, role: str) -> int:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "infrastructure", "serve", role, env=self._env
        )
        self.running[role] = process
        self.starts[role] += 1
        try:
            return await process.wait()
        finally:
            if process.returncode is None:
                await _stop(process)


async def _stop(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(PATIENCE):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
