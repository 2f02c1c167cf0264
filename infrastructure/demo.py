"""The demo: three companies work for an hour in the sandbox; everything is real but Telegram.

Every role runs as a process of its own over an embedded Postgres; real aiogram bots talk over HTTP
to the emulator, which runs here, with people who press, write and rate.
"""

import asyncio
import secrets
import shutil
import signal
import socket
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from rich.console import Console
from rich.table import Table

from infrastructure.embedded_postgres import EmbeddedPostgres
from infrastructure.rehearsal import Rehearsal, Tally
from infrastructure.roles import box_of, issue_key, prepared
from infrastructure.settings import Settings
from infrastructure.supervisor import Supervisor
from infrastructure.town import Company, Graph, api_is_ready, found_company

PACE = 60.0  # an hour in a minute: Telegram's limits and our waits pass as much faster
COMPANIES = ("Ромашка", "Домсеть", "Быстрые колёса")
MANAGERS = ("Анна", "Борис", "Вера", "Глеб", "Дарья")
CONTESTED = 20
BETWEEN_CLIENTS = 0.35  # seconds

QUEUE = (
    """{ queue(first: 5) { position nodes { number clientName waitingSince holder { name } } } }"""
)
CLAIMS = """{ claims(first: 8) { nodes { number by { name } outcome holder { name } seconds } } }"""
LOG = """query ($after: String) { events(first: 100, after: $after)
  { nodes { kind } pageInfo { hasNextPage endCursor } } }"""


@dataclass
class Stage:
    """Everything that runs while the demo does."""

    root: str
    sandbox: str
    companies: list[Company]
    rehearsal: Rehearsal


async def play(*, once: bool, clients: int) -> int:
    """Play it and show what came of it; stays until interrupted unless `once`. Returns 0 or 1."""
    console = Console(highlight=False)
    started = time.monotonic()
    async with AsyncExitStack() as stack:
        stage = await _set(stack, console)
        console.print(f"[dim]everything runs after {time.monotonic() - started:.1f} s[/]")
        tally = await stage.rehearsal.play(
            stage.companies, clients, min(CONTESTED, clients), BETWEEN_CLIENTS
        )
        events = await _events(stage.companies)
        await _show(console, stage.companies[0])
        _sum_up(console, tally, events, time.monotonic() - started)
        _point(console, stage)
        if not once:
            await _until_interrupted()
    return 1 if tally.lost or tally.doubled else 0


async def _set(stack: AsyncExitStack, console: Console) -> Stage:
    from interfaces.sandbox.serving import served
    from interfaces.sandbox.world import Forwarding, World

    folder = _folder()
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    console.print("[bold]Ledgerdesk[/] · simulation: no Telegram, no account, no token")
    dsn = stack.enter_context(EmbeddedPostgres(folder / "pg")).dsn()
    await asyncio.to_thread(prepared, dsn)

    port, secret = _free_port(), secrets.token_hex(32)
    settings = Settings(port=port, secret_key=secret, database_url=dsn)
    environment = {
        "LEDGERDESK_DATABASE_URL": dsn,
        "LEDGERDESK_SECRET_KEY": secret,
        "LEDGERDESK_PORT": str(port),
        "LEDGERDESK_TELEGRAM_PACE": str(PACE),
        "LEDGERDESK_LOG_LEVEL": "WARNING",
    }
    sandbox_port = _free_port()
    environment["LEDGERDESK_TELEGRAM_API"] = f"http://127.0.0.1:{sandbox_port}"
    await stack.enter_async_context(Supervisor(environment))
    world = await asyncio.to_thread(
        World, seed=7, pace=PACE, floods=True, forwarding=Forwarding(early=0.3)
    )
    sandbox = await stack.enter_async_context(served(world, port=sandbox_port))
    root = f"http://127.0.0.1:{port}"
    session = await stack.enter_async_context(aiohttp.ClientSession())
    await api_is_ready(session, root)

    box_of(settings)
    operator = Graph(session, f"{root}/graphql", await issue_key(dsn, None, settings))
    managers = [world.user(name, username=f"manager{n}") for n, name in enumerate(MANAGERS, 1)]
    companies = [
        await found_company(world, operator, name, number, managers)
        for number, name in enumerate(COMPANIES, 1)
    ]

    def say(where: str, what: str) -> None:
        console.print(f"[cyan]{where:<15}[/] {what}")

    return Stage(root, sandbox, companies, Rehearsal(world, say))


async def _events(companies: list[Company]) -> int:
    """How many events the companies' logs hold, as the API tells them."""
    count = 0
    for company in companies:
        after, more = None, True
        while more:
            page = (await company.graph.ask(LOG, after=after))["events"]
            count += len(page["nodes"])
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    return count


async def _show(console: Console, company: Company) -> None:
    queue = (await company.graph.ask(QUEUE))["queue"]["nodes"]
    console.print(_table(f"Queue of {company.name}, by GraphQL", queue))
    claims = (await company.graph.ask(CLAIMS))["claims"]["nodes"]
    console.print(_table(f"Claims of {company.name}, by GraphQL", claims))


def _table(title: str, rows: list[dict[str, Any]]) -> Table:
    table = Table(title=title, title_justify="left")
    for name in rows[0] if rows else ("nothing",):
        table.add_column(name)
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    return table


def _cell(value: object) -> str:
    match value:
        case None:
            return "—"
        case {"name": name}:
            return str(name)
        case float():
            return f"{value:.2f}"
        case _:
            return str(value)


def _sum_up(console: Console, tally: Tally, events: int, seconds: float) -> None:
    console.print(
        f"[bold]events {events} · tickets {tally.asked} · claims won {tally.won}, "
        f"lost {tally.lost_claims} (contested {tally.contested}) · "
        f"messages relayed {tally.relayed} · rated {tally.rated} · still open {tally.open} · "
        f"lost {len(tally.lost)} · duplicated {len(tally.doubled)}[/] · {seconds:.0f} s"
    )
    for text in tally.lost:
        console.print(f"[red]lost[/] {text}")
    for text in tally.doubled:
        console.print(f"[red]duplicated[/] {text}")


def _point(console: Console, stage: Stage) -> None:
    company = stage.companies[0]
    console.print(f"GraphiQL       {stage.root}/graphql")
    console.print(f"sandbox page   {stage.sandbox}/")
    console.print(f"admin key      {company.graph.key}   ({company.name})")


async def _until_interrupted() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


def _folder() -> Path:
    """A new folder whose parents the unprivileged owner of the database can reach."""
    folder = Path(tempfile.mkdtemp(prefix="ledgerdesk-demo-"))
    folder.chmod(0o755)
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
