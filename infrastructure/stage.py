"""The stage of a rehearsal: every role as a process of its own, and companies in a sandbox.

Postgres is an embedded one in a folder that goes with the stage, unless there is one. Real
aiogram bots talk over HTTP to the emulator, which runs in this process.
"""

import asyncio
import secrets
import shutil
import socket
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from pydantic import SecretStr

from infrastructure.embedded_postgres import EmbeddedPostgres
from infrastructure.roles import issue_key, prepared
from infrastructure.settings import Settings
from infrastructure.supervisor import Supervisor
from infrastructure.town import CHANNEL_SURFACE, Company, Graph, api_is_ready, found_company
from interfaces.sandbox.bots import Bot
from interfaces.sandbox.serving import served
from interfaces.sandbox.users import User
from interfaces.sandbox.world import Forwarding, World

PACE = 60.0  # an hour in a minute: Telegram's limits and our waits pass as much faster
OVERTAKING = Forwarding(early=0.3)  # so often the copy of a post comes before its confirmation
SETTINGS_BOT = "9001:demo-settings"
COMPANIES = ("Ромашка", "Домсеть", "Быстрые колёса")
MANAGERS = ("Анна", "Борис", "Вера", "Глеб", "Дарья")


@dataclass(repr=False)
class Stage:
    """Everything that runs; `root` is the API, `sandbox` the emulator with its page.

    `settings_bot` is the bot of the installation, with which owners set up companies; `operator`
    is the API for whoever runs the installation. More processes may run in the `environment`.
    """

    root: str
    sandbox: str
    dsn: str
    world: World
    settings_bot: Bot
    roles: Supervisor
    operator: Graph
    environment: Mapping[str, str]
    companies: list[Company] = field(default_factory=list[Company])

    async def found(
        self,
        name: str,
        managers: Sequence[User],
        surface: str = CHANNEL_SURFACE,
        executors: Sequence[User] = (),
    ) -> Company:
        """One more company, whose desk runs."""
        number = len(self.companies) + 1
        company = await found_company(
            self.world, self.operator, name, number, managers, surface, executors
        )
        self.companies.append(company)
        return company


async def set_stage(  # noqa: PLR0913 - what a stage is made of
    stack: AsyncExitStack,
    companies: tuple[str, ...] = COMPANIES,
    *,
    forwarding: Forwarding = OVERTAKING,
    pace: float = PACE,
    floods: bool = True,
    dsn: str | None = None,
    api_url: str = "",
) -> Stage:
    """Start everything and set up the companies; `stack` ends it all.

    `forwarding` says how the copy of a post comes into the group, `pace` how many times faster
    than usual time passes, `floods` whether Telegram has limits, `dsn` where a database is that
    nobody else uses, `api_url` where gateways find the API if something stands before it.
    """
    dsn = dsn or _new_database(stack)
    await asyncio.to_thread(prepared, dsn)

    port, sandbox_port = free_ports(2)
    environment = {
        "LEDGERDESK_DATABASE_URL": dsn,
        "LEDGERDESK_SECRET_KEY": secrets.token_hex(32),
        "LEDGERDESK_PORT": str(port),
        "LEDGERDESK_API_URL": api_url,
        "LEDGERDESK_TELEGRAM_API": f"http://127.0.0.1:{sandbox_port}",
        "LEDGERDESK_SANDBOX_URL": f"http://127.0.0.1:{sandbox_port}/",
        "LEDGERDESK_TELEGRAM_PACE": str(pace),
        "LEDGERDESK_SETTINGS_BOT_TOKEN": SETTINGS_BOT,
        "LEDGERDESK_LOG_LEVEL": "WARNING",
    }
    roles = Supervisor(environment)
    roles.start()  # beside the emulator, which takes as long
    world = await asyncio.to_thread(
        lambda: World(seed=7, pace=pace, floods=floods, forwarding=forwarding)
    )
    settings_bot = world.bot(SETTINGS_BOT, "ledgerdesk_bot", "Ledgerdesk")
    sandbox = await stack.enter_async_context(served(world, port=sandbox_port))
    stack.push_async_callback(roles.stop)
    root = f"http://127.0.0.1:{port}"
    session = await stack.enter_async_context(aiohttp.ClientSession())
    await api_is_ready(session, root)

    settings = Settings(secret_key=SecretStr(environment["LEDGERDESK_SECRET_KEY"]))
    operator = Graph(session, f"{root}/graphql", await issue_key(dsn, None, settings))
    managers = [world.user(name, username=f"manager{n}") for n, name in enumerate(MANAGERS, 1)]
    stage = Stage(root, sandbox, dsn, world, settings_bot, roles, operator, environment)
    for name in companies:
        await stage.found(name, managers)
    return stage


def _new_database(stack: AsyncExitStack) -> str:
    """A Postgres in a new folder that its unprivileged owner can reach; `stack` ends both."""
    folder = Path(tempfile.mkdtemp(prefix="ledgerdesk-stage-"))
    folder.chmod(0o755)
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    return stack.enter_context(EmbeddedPostgres(folder / "pg")).dsn()


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody uses at the moment."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
