"""Serving a world over HTTP from the running event loop, on loopback, until it is left."""

import asyncio
import logging
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from interfaces.sandbox.app import sandbox
from interfaces.sandbox.world import World

LAST_SECONDS: Final = 2.0


class _CutOnPurpose(logging.Filter):
    """Lost answers are part of the simulation, not an error of the server."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything through but the complaint about an unfinished answer."""
        return "without completing response" not in record.getMessage()


CUT_ON_PURPOSE = _CutOnPurpose()


def listening(host: str = "127.0.0.1", port: int = 0) -> socket.socket:
    """A bound TCP socket; port 0 takes a free one.

    The protocol is named because asyncio switches Nagle off only then, and an answer in two
    writes would cost 40 ms otherwise.
    """
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((host, port))
    return bound


@asynccontextmanager
async def served(
    world: World, *, host: str = "127.0.0.1", port: int = 0, app: ASGIApp | None = None
) -> AsyncGenerator[str]:
    """The root address of a running emulator; closes the world when left."""
    bound = listening(host, port)
    config = uvicorn.Config(
        app or sandbox(world), log_level="warning", lifespan="off", timeout_graceful_shutdown=2
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    logging.getLogger("uvicorn.error").addFilter(CUT_ON_PURPOSE)
    await server.startup(sockets=[bound])
    try:
        yield f"http://{host}:{bound.getsockname()[1]}"
    finally:
        await world.close()
        await _stop(server)
        bound.close()


async def _stop(server: uvicorn.Server) -> None:
    """End the server as soon as its last answer is out; its own way takes a tenth of a second."""
    for each in server.servers:
        each.close()
    state = server.server_state
    for connection in list(state.connections):
        connection.shutdown()
    with suppress(TimeoutError):
        async with asyncio.timeout(LAST_SECONDS):
            while state.connections or state.tasks:  # noqa: ASYNC110 - uvicorn rings no bell
                await asyncio.sleep(0.002)
