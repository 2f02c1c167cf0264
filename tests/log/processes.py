"""Other processes of ours that a test starts and ends."""

import asyncio
import contextlib
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def started(module: str, *arguments: object) -> AsyncIterator[Process]:
    """`python -m module …`, ended at the latest when the block is left."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, cwd=ROOT)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


def say(text: str) -> None:
    """Print a line to whoever started this process."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


async def line(process: Process) -> str:
    """The next line that it prints."""
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()
