"""A company for which everything runs in this process: API, read models, gateway, emulator."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import aiohttp
from prometheus_client import CollectorRegistry

from infrastructure import clock, gateway, projector
from infrastructure.api import Api, api, listen, parts_on
from infrastructure.cancelling import cancel_all
from infrastructure.postgres import Role, connect
from infrastructure.settings import Settings
from infrastructure.token_box import TokenBox
from infrastructure.town import Company, Graph, api_is_ready, found_company
from interfaces.sandbox.serving import served
from interfaces.sandbox.world import Forwarding, World
from interfaces.telegram.documents import documents
from projections.models import MODELS
from projections.rebuilding import prepare
from projections.runner import Runner
from tests.graphql.conftest import free_port

SECRET = "ab" * 32
PACE = 200.0


@dataclass
class Living:
    """The emulator and its first company, whose desk runs; `operator` may found more."""

    world: World
    company: Company
    operator: Graph

    async def lacks(self) -> list[str]:
        told = await self.company.graph.ask("{ workspace { readiness { lack } } }")
        return [each["lack"] for each in told["workspace"]["readiness"]]

    async def until(self, lacks: list[str], seconds: float = 8.0) -> None:
        """Wait until the API tells exactly this."""
        async with asyncio.timeout(seconds):
            while await self.lacks() != lacks:
                await asyncio.sleep(0.02)


@asynccontextmanager
async def living(dsn: str, *, reacting: bool = False) -> AsyncGenerator[Living]:
    """Everything but policies and timers, and with `reacting` these too, while the block lasts."""
    async with await connect(dsn, Role.OWNER, name="prepare") as owner:
        await prepare(owner, MODELS.values())
    world = World(seed=5, pace=PACE, forwarding=Forwarding(delay=(0.001, 0.01)))
    stop = asyncio.Event()
    async with (
        served(world) as root,
        parts_on(dsn, TokenBox.of(SECRET), root) as (parts, keys),
        aiohttp.ClientSession() as session,
    ):
        port = free_port()
        settings = Settings(
            database_url=dsn,
            telegram_api=root,
            telegram_pace=PACE,
            port=port,
            secret_key=SECRET,
            _env_file=None,  # type: ignore[call-arg]
        )
        given = Api(
            parts=parts,
            authenticate=keys.key,
            documents=documents(),
            registry=CollectorRegistry(),
        )
        session_of = partial(connect, dsn, Role.PROJECTOR)
        models = MODELS.items() if not reacting else ()
        runners = [
            asyncio.create_task(Runner(parts.feed, model, partial(session_of, name=name)).run())
            for name, model in models
        ]
        roles = [projector.serve(dsn, stop), clock.serve(dsn, stop)] if reacting else []
        serving = [
            asyncio.create_task(listen(api(given), "127.0.0.1", port, stop)),
            asyncio.create_task(gateway.serve(dsn, settings, stop)),
            *map(asyncio.create_task, roles),
        ]
        operator = Graph(session, settings.graphql_url, await keys.operator("tests"))
        try:
            await api_is_ready(session, f"http://127.0.0.1:{port}")
            people = [world.user("Анна", username="anna"), world.user("Борис")]
            company = await found_company(world, operator, "ACME", 1, people)
            yield Living(world, company, operator)
        finally:
            stop.set()
            await asyncio.wait(serving, timeout=15)
            await cancel_all([*serving, *runners])
