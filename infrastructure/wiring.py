"""Puts the parts together: the one place that knows how they are made."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from application.alarms import Alarms
from application.announcements import Announcements
from application.assignments import Assignments
from application.deal_news import DealNews
from application.desk import Desk
from application.linking import Linking
from application.moves import Moves
from application.policy import Policy
from application.publishing import Publishing
from application.relay import Relay
from application.releases import Releases
from infrastructure.event_log import PostgresLog
from infrastructure.postgres import Pool, Role, pool

SIMULTANEOUS_LOADS = 2_000  # commands that may wait for a connection to load an aggregate


@asynccontextmanager
async def desk_on(
    dsn: str, *, name: str, connections: int = 8
) -> AsyncGenerator[tuple[Desk, Pool]]:
    """A desk on this database, and the pool that it reads with, which may only read."""
    reads = pool(
        dsn,
        Role.DESK,
        name=f"ledgerdesk {name}",
        max_size=connections,
        max_waiting=SIMULTANEOUS_LOADS,
    )
    async with reads:
        log = PostgresLog(dsn, reads)
        await log.start()
        try:
            yield Desk(log), reads
        finally:
            await log.close()


def policies(settings_bot: int | None = None) -> tuple[Policy, ...]:
    """Every policy; `settings_bot` is the bot that speaks to owners, if there is one."""
    helpdesk = (Relay(), Releases(), Moves(), Assignments(), Alarms(settings_bot))
    return (*helpdesk, Linking(), Publishing(), Announcements(), DealNews())
