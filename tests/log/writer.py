"""A process that appends to the log: `python -m tests.log.writer DSN NAME SAVES [wrapped]`.

It has two writers with 32 callers each, every caller a stream of its own; SAVES is how many each
caller appends (0: until the process is ended). One save in ten is wrong on purpose. At the end
it prints, as JSON, how many saves and events it was told are stored, and the sum of the positions
it was told. `wrapped` plants a mutant: a transaction that is open between two round trips.
"""

import asyncio
import json
import sys
from collections import Counter
from itertools import count
from uuid import UUID, uuid4, uuid5

from application.ports import Conflict
from infrastructure.group_commit import GroupCommit
from tests.log.processes import say
from tests.log.saves import notes, writing
from tests.mutants import broken_class

WORKSPACE = UUID(int=17)
CALLERS = 32
WRAPPED = [
    (
        "cursor = await self._connection.execute(CALL",
        """await self._connection.execute('BEGIN')
            cursor = await self._connection.execute(CALL""",
    ),
    (
        "return await cursor.fetchall()",
        """rows = await cursor.fetchall()
            await asyncio.sleep(0.05)
            await self._connection.execute('COMMIT')
            return rows""",
    ),
]


async def call(group: GroupCommit, name: str, saves: int, told: Counter[str]) -> None:
    """Append notes of 1 to 5 events to a stream of one's own."""
    stream, version = uuid5(WORKSPACE, name), 1
    for n in range(saves) if saves else count():
        wrong = n % 10 == 9
        events = n % 5 + 1
        save = notes(WORKSPACE, f"{name}:{n}", stream, version + 7 * wrong, events)
        try:
            stored = await group.append(save)
        except Conflict:
            assert wrong
            continue
        assert not wrong
        version += events
        told["saves"] += 1
        told["events"] += events
        told["positions"] += stored.position or 0


async def main(dsn: str, name: str, saves: int, kind: type[GroupCommit]) -> None:
    """Write and tell what was told."""
    told: Counter[str] = Counter()
    async with writing(dsn, kind) as here, writing(dsn, kind) as there:
        say("writing")
        async with asyncio.TaskGroup() as tasks:
            for n in range(2 * CALLERS):
                group = (here, there)[n % 2]
                tasks.create_task(call(group, f"{name}:{n}", saves, told))
    say(json.dumps(told))


if __name__ == "__main__":
    broken = "wrapped" in sys.argv[4:]
    made = broken_class(GroupCommit, *WRAPPED) if broken else GroupCommit
    name = f"{sys.argv[2]}:{uuid4().hex[:6]}"
    asyncio.run(main(sys.argv[1], name, int(sys.argv[3]), made))
