"""The demo: three companies work for an hour in the sandbox; everything is real but Telegram."""

import asyncio
import signal
import time
from contextlib import AsyncExitStack
from typing import cast

from rich.console import Console
from rich.table import Table

from infrastructure.race import Race, Scores
from infrastructure.rehearsal import Rehearsal, Tally
from infrastructure.stage import Stage, set_stage
from infrastructure.town import Company

CONTESTED = 20
BETWEEN_CLIENTS = 0.35  # seconds
ORDERS = 24
BETWEEN_ORDERS = 0.6  # seconds

QUEUE = """{ queue(first: 5) { nodes { number clientName waitingSince holder { name } } } }"""
CLAIMS = """{ claims(first: 8) { nodes { number by { name } outcome holder { name } seconds } } }"""
RACES = """{ offerClaims(first: 8)
  { nodes { number by { name } outcome reason winner { name } behind } } }"""
LOG = """query ($after: String) { events(first: 100, after: $after)
  { nodes { kind } pageInfo { hasNextPage endCursor } } }"""


async def play(*, once: bool, clients: int) -> int:
    """Play it and show what came of it; stays until interrupted unless `once`. Returns 0 or 1."""
    console = Console(highlight=False)
    console.print("[bold]Ledgerdesk[/] · simulation: no Telegram, no account, no token")
    started = time.monotonic()

    def say(where: str, what: str) -> None:
        console.print(f"[cyan]{where:<15}[/] {what}")

    async with AsyncExitStack() as stack:
        stage = await set_stage(stack)
        console.print(f"[dim]everything runs after {time.monotonic() - started:.1f} s[/]")
        rehearsal, race = Rehearsal(stage.world, say), Race(stage.world, say)
        tally, scores = await asyncio.gather(
            rehearsal.play(stage.companies, clients, min(CONTESTED, clients), BETWEEN_CLIENTS),
            race.play(stage.companies, ORDERS, BETWEEN_ORDERS),
        )
        events = await _events(stage.companies)
        await _show(console, stage.companies[0])
        _sum_up(console, tally, scores, events, time.monotonic() - started)
        if not once:
            _point(console, stage)
            await _until_interrupted()
    return 1 if tally.lost or tally.doubled or scores.doubled else 0


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
    races = (await company.graph.ask(RACES))["offerClaims"]["nodes"]
    console.print(_table(f"Claims of orders of {company.name}, by GraphQL", races))


def _table(title: str, rows: list[dict[str, object]]) -> Table:
    table = Table(title=title, title_justify="left")
    names = list(rows[0]) if rows else ["nothing"]
    for name in names:
        table.add_column(name)
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    return table


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return str(cast("dict[str, object]", value)["name"])
    if isinstance(value, float):
        return f"{value:.3g}"
    return "—" if value is None else str(value)


def _sum_up(console: Console, tally: Tally, scores: Scores, events: int, seconds: float) -> None:
    console.print(
        f"[bold]orders offered {scores.offered} · claims won {scores.won}, "
        f"lost {scores.lost} · phones told {scores.told} · double winners {len(scores.doubled)}[/]"
    )
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
    for text in scores.doubled:
        console.print(f"[red]won twice[/] {text}")


def _point(console: Console, stage: Stage) -> None:
    company = stage.companies[0]
    console.print(f"GraphiQL       {stage.root}/graphql")
    console.print(f"sandbox page   {stage.sandbox}/")
    replay = f"LEDGERDESK_DATABASE_URL='{stage.dsn}' .venv/bin/ledgerdesk replay"
    console.print(f"every event    {replay}", soft_wrap=True)
    console.print(f"admin key      {company.graph.key}   ({company.name})", soft_wrap=True)
    console.print("[dim]everything goes on; Ctrl-C ends it[/]")


async def _until_interrupted() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
