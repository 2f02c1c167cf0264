"""A worker that begins every letter and ends none; it says so, and waits to be killed."""

import asyncio
import sys

from infrastructure.attempts import Attempt, End
from infrastructure.bell import Bell
from infrastructure.lanes import Lanes
from infrastructure.outbox import OUTBOX
from infrastructure.postgres import Role


async def main(dsn: str, bot_id: int) -> None:
    async def work(attempt: Attempt) -> End:
        sys.stdout.write(f"{attempt.content[3]}\n")
        sys.stdout.flush()
        await asyncio.sleep(3600)
        return End("sent")

    async with Bell(dsn, Role.GATEWAY, "outbox") as bell:
        lanes = Lanes(dsn, OUTBOX, work, lambda _: {bot_id: 16}, bell)
        await lanes.run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
