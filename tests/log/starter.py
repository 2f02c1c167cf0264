"""A process that starts as a service does: `python -m tests.log.starter DSN NAME [unlocked]`.

It says "ready", waits for a line, migrates, gives its first orders and prints their positions.
`unlocked` plants a mutant: migrations without the lock that lets one process migrate at a time.
"""

import asyncio
import json
import sys
from contextlib import nullcontext
from uuid import UUID, uuid5

from application.desk import Desk
from application.workspaces import FoundWorkspace
from infrastructure import migrations
from tests.ledger import opened, order
from tests.log.processes import say

SHARED = UUID(int=1)


async def first_orders(dsn: str, name: str) -> list[int | None]:
    """Found a workspace of one's own and one that everybody founds."""
    async with opened(dsn) as (log, _):
        desk = Desk(log)
        own = await desk.execute(order(FoundWorkspace, uuid5(SHARED, name), "own", name=name))
        shared = await desk.execute(order(FoundWorkspace, SHARED, "shared", name="Acme"))
    return [own.position, shared.position]


if __name__ == "__main__":
    if "unlocked" in sys.argv[3:]:
        migrations._alone = nullcontext  # type: ignore[assignment]
    say("ready")
    sys.stdin.readline()
    migrations.migrate(sys.argv[1])
    say(json.dumps(asyncio.run(first_orders(sys.argv[1], sys.argv[2]))))
