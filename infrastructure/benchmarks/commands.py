"""Commands a second: load, decide, append; ours from callers at once, the library's in threads."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice
from random import Random
from statistics import median
from time import process_time
from uuid import UUID, uuid4

from application.claims import ClaimTicket
from application.desk import Desk
from domain.tickets import Ticket
from infrastructure.benchmarks import library
from infrastructure.benchmarks.ground import Ground
from infrastructure.benchmarks.library import THREADS, Library
from infrastructure.benchmarks.lives import NOON, held_ticket, keep, manager, news_of
from infrastructure.benchmarks.rounds import alternate, collecting_as_the_api, median_ratio, rate
from infrastructure.benchmarks.rows import Better, Row
from infrastructure.event_log import PostgresLog
from infrastructure.postgres import Role, pool

AIM = 30.0
CALLERS = 256
CONNECTIONS = 8
TOGETHER = 40  # tickets a save of the library: a pipeline of 1,000 events never comes back


async def measure(
    ground: Ground,
    *,
    tickets: int = 2_000,
    rounds: int = 5,
    ours: int = 8_000,
    theirs: int = 400,
) -> list[Row]:
    """Managers press Claim on held tickets of nine events: one event a command on both sides.

    The same command: the manager is looked at, the ticket decides, what it decided is appended.
    The Desk remembers aggregates as a server does; the library has its defaults. Python's collector
    is set alike for both.
    """
    dsn, other = ground.database(), ground.empty()
    chance = Random(7)  # noqa: S311 - which ticket is pressed is no secret
    workspace_id, numbers = uuid4(), count(1)
    holder, rival, holder_there, rival_there = (manager(workspace_id) for _ in range(4))
    ids = [[held_ticket(workspace_id, n, holder.id) for n in range(tickets)] for _ in range(2)]
    reads = pool(dsn, Role.DESK, name="bench", max_size=CONNECTIONS, max_waiting=CALLERS)
    with ThreadPoolExecutor(THREADS) as threads, Library(library.settings(other)) as peer:
        async with reads:
            log = PostgresLog(dsn, reads)
            await log.start()
            await keep(log, [holder, rival, *ids[0]])
            for first in range(0, tickets, TOGETHER):
                peer.save(*ids[1][first : first + TOGETHER])
            peer.save(holder_there, rival_there)
            desk = Desk(log)
            spent: list[float] = []

            async def pressed_here() -> float:
                work = list(_presses(chance, numbers, ids[0], rival.id, ours))
                began = process_time()
                with collecting_as_the_api():
                    reached = await rate(work, desk.execute, CALLERS)
                spent.append((process_time() - began) / ours)
                return reached

            async def pressed_there() -> float:
                work = [one.id for one in chance.sample(ids[1], theirs)]
                with collecting_as_the_api():
                    return await asyncio.to_thread(
                        library.rate, threads, work, lambda id: peer.claim(id, rival_there.id)
                    )

            figures = await alternate(rounds, desk=pressed_here, library=pressed_there)
            await log.close()
    return [
        Row(
            name="commands",
            ratio=median_ratio(figures["desk"], figures["library"]),
            aim=AIM,
            better=Better.HIGHER,
            figures={
                "commands_per_s": median(figures["desk"]),
                "library_per_s": median(figures["library"]),
                "client_cpu_us": median(spent) * 1e6,
                "callers": CALLERS,
                "threads": THREADS,
                "tickets": tickets,
                "events_a_ticket": len(news_of(held_ticket(workspace_id, 0, holder.id))),
                "rounds": rounds,
            },
        )
    ]


def _presses(
    chance: Random, numbers: Iterator[int], tickets: list[Ticket], by: UUID, amount: int
) -> Iterator[ClaimTicket]:
    for number in islice(numbers, amount):
        ticket = chance.choice(tickets)
        yield ClaimTicket(
            workspace_id=ticket.workspace_id,
            command_id=f"tg:8001:{number}",
            actor=f"person:{by}",
            at=NOON,
            ticket_id=ticket.id,
            by=by,
        )
