"""A process with a desk: `python -m tests.log.office DSN WORKSPACE NAME [stubborn]`.

Forty callers claim, note, close and reopen the same five tickets; the office "here" looks after
Anna's account, any other after that of Boris. It prints how often it was told what. `stubborn`
plants a mutant: a desk that keeps what turned out to be outdated.
"""

import asyncio
import json
import random
import sys
from collections import Counter
from uuid import UUID, uuid5

from application.claims import ClaimTicket
from application.cycles import CloseTicket, ReopenTicket
from application.desk import Command, Desk, Refused
from application.draft import Draft
from application.messages import AddNote
from application.staff import LinkTelegram
from tests.facts import ANNA, BORIS, HELLO
from tests.ledger import opened, order
from tests.log.processes import say
from tests.mutants import broken_class

TICKETS = [uuid5(ANNA, f"ticket {n}") for n in range(5)]
CALLERS, ORDERS = 40, 5


def orders(workspace_id: UUID, name: str, chance: random.Random) -> list[Command]:
    """What one caller orders, one after the other."""
    looked_after = ANNA if name.startswith("here") else BORIS
    made: list[Command] = []
    for n in range(ORDERS):
        by = chance.choice((ANNA, BORIS))
        told: dict[str, object] = {"ticket_id": chance.choice(TICKETS), "by": by}
        kind, told = chance.choice(
            [
                (ClaimTicket, told),
                (CloseTicket, told),
                (ReopenTicket, told),
                (AddNote, told | {"content": HELLO}),
                (LinkTelegram, {"person_id": looked_after, "telegram_id": chance.randrange(10**6)}),
            ]
        )
        made.append(order(kind, workspace_id, f"{name}:{n}", **told))
    return made


async def main(dsn: str, workspace_id: UUID, name: str, kind: type[Desk]) -> None:
    """Give all orders and print what was told."""
    told: Counter[str] = Counter()

    async def call(desk: Desk, n: int) -> None:
        chance = random.Random(n)
        for one in orders(workspace_id, f"{name}:{n}", chance):
            try:
                await desk.execute(one)
                told["done"] += 1
            except Refused as refusal:
                told[type(refusal).__name__] += 1

    async with opened(dsn) as (log, _):
        desk = kind(log)
        sys.stdin.readline()
        await asyncio.gather(*(call(desk, n) for n in range(CALLERS)))
    say(json.dumps(told))


if __name__ == "__main__":
    made = Desk
    if "stubborn" in sys.argv[4:]:
        outdated = ("self._shelf.forget(self._workspace_id, id)", "pass")
        made = broken_class(Desk, Draft=broken_class(Draft, outdated), ATTEMPTS=5)
    asyncio.run(main(sys.argv[1], UUID(sys.argv[2]), sys.argv[3], made))
